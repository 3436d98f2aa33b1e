package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * `&&`, `||`, `?:` and boolean logic.
 *
 * <p>JLS 15.23-15.25.
 */
final class Conditionals {
  @Coroutine
  static boolean andEvaluatesRightOnlyIfNeeded(Env env) {
    return await(env.value("a", true)) && env.b("b", true) && await(env.value("c", false)) && await(env.value("never", true));
  }

  @Coroutine
  static boolean orEvaluatesRightOnlyIfNeeded(Env env) {
    return env.b("a", false) || await(env.value("b", false)) || await(env.value("c", true)) || await(env.value("never", true));
  }

  @Coroutine
  static String mixedConditions(Env env) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      boolean a = (i & 1) != 0;
      boolean b = (i & 2) != 0;
      boolean c = (i & 4) != 0;
      if (a && await(env.value("b" + i, b)) || !(c || await(env.value("a" + i, a)) && b)) {
        out.append(i);
      } else if (!await(env.value("c" + i, c))) {
        out.append('-');
      }
    }
    return out.toString();
  }

  @Coroutine
  static int conditionalWithAwaitEverywhere(Env env) {
    int x = await(env.value("c", true)) ? await(env.value("a", 1)) : await(env.value("b", 2));
    int y = env.b("d", false) ? await(env.value("e", 3)) : env.i("f", 4);
    return x * 10 + y + (x > await(env.value("g", 0)) ? x : y);
  }

  @Coroutine
  static String conditionalNumericPromotion(Env env) {
    Object a = await(env.value("c", true)) ? await(env.value("i", 1)) : 2.0;
    Object b = await(env.value("d", false)) ? 'a' : await(env.value("j", 98));
    Object c = await(env.value("e", true)) ? 'a' : 98;
    Object d = true ? (Integer) await(env.value("f", 7)) : (Object) "s";
    char e = await(env.value("g", true)) ? 'x' : 0;
    return a + " " + b + " " + c + " " + d + " " + e;
  }

  @Coroutine
  static int conditionalUnboxesNull(Env env) {
    Integer none = null;
    try {
      int x = await(env.value("c", true)) ? none : 3;
      return x;
    } catch (NullPointerException e) {
      env.caught(e);
    }
    Integer y = await(env.value("d", true)) ? none : Integer.valueOf(3);
    return y == null ? 1 : 2;
  }

  @Coroutine
  static int awaitUnboxesNull(Env env) {
    try {
      int x = await(env.value("n", (Integer) null));
      return x;
    } catch (NullPointerException e) {
      env.caught(e);
      return -1;
    }
  }

  @Coroutine
  static String nestedConditionals(Env env) {
    String out = "";
    for (int i = 0; i < 4; i++) {
      out += i == 0 ? "zero" : i == await(env.value("one", 1)) ? await(env.value("s", "one")) : i == 2 ? "two" : await(env.value("t", "more"));
    }
    return out;
  }

  @Coroutine
  static int conditionalAsReceiverAndArgument(Env env) {
    return (await(env.value("c", true)) ? "abc" : "z").substring(env.b("d", true) ? await(env.value("i", 1)) : 0).length();
  }

  @Coroutine
  static <T> int conditionalPolyExpression(Env env) {
    List<String> list = await(env.value("c", false)) ? new ArrayList<>() : List.of(await(env.value("s", "x")));
    Supplier<Integer> s = await(env.value("d", true)) ? () -> 5 : () -> 6;
    return list.size() + s.get();
  }

  @Coroutine
  static boolean definiteAssignmentThroughConditions(Env env) {
    int x;
    if (await(env.value("a", true)) && (x = await(env.value("b", 3))) > 2) {
      return x == await(env.value("c", 3));
    }
    boolean y;
    if (!(env.b("p", true) && (y = await(env.value("q", true))))) {
      return false;
    }
    return y;
  }

  @Coroutine
  static boolean logicalCompound(Env env) {
    boolean a = true;
    a &= await(env.value("a", false));
    a |= await(env.value("b", true));
    a ^= a && await(env.value("c", true));
    return a | await(env.value("d", true));
  }

  @Coroutine
  static boolean boxedBooleans(Env env) {
    Boolean t = await(env.value("t", true));
    Boolean f = !await(env.value("f", t));
    return t ? await(env.value("x", f)) || t : f;
  }
}
