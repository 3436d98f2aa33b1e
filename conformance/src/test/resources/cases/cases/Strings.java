package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * Concatenation, text blocks, escapes.
 *
 * <p>JLS 15.18.1, 3.10.6.
 */
final class Strings {
  static final class Named {
    final Env env;
    final String name;

    Named(Env env, String name) {
      this.env = env;
      this.name = name;
    }

    @Override
    public String toString() {
      env.trace("toString " + name);
      return name;
    }
  }

  @Coroutine
  static String concatenation(Env env) {
    return "a" + await(env.value("x", 1)) + env.i("y", 2) + 'c' + await(env.value("z", 3L)) + 1.5f + null + true;
  }

  @Coroutine
  static String sumBeforeStringStarts(Env env) {
    return 1 + await(env.value("x", 2)) + "=" + 1 + await(env.value("y", 2)) + (1 + await(env.value("z", 2)));
  }

  @Coroutine
  static String charPlusInt(Env env) {
    return 'a' + await(env.value("x", 1)) + "" + 'a' + await(env.value("y", 1));
  }

  @Coroutine
  static String variableChangedBehind(Env env) {
    int i = 0;
    String s = "" + i + (i = 5) + await(env.value("x", i++)) + i;
    StringBuilder b = new StringBuilder("b");
    return s + b.length() + await(env.value("y", b.append("c").length())) + b.length();
  }

  @Coroutine
  static String textBlock(Env env) {
    String s =
        """
        line "one"
          \\two\tx
        """
            + await(env.value("x", "end"));
    return s.replace('\n', '|');
  }

  @Coroutine
  static String escapesSurvive(Env env) {
    char quote = '\'';
    String s = "\"\\\n\t\0\u0041" + await(env.value("x", "\u00e9")) + quote + '\\';
    return s;
  }

  @Coroutine
  static String toStringIsCalledInOrder(Env env) {
    Named a = new Named(env, "a");
    Named b = new Named(env, "b");
    String s = "x" + a;
    s += b + "" + await(env.value("v", new Named(env, "c")));
    return s;
  }

  @Coroutine
  static String stringSwitchOnConcatenation(Env env) {
    return switch ("a" + await(env.value("x", "b"))) {
      case "ab" -> "found";
      default -> "lost";
    };
  }
}
