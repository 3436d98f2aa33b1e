package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * `switch` statements: fall-through, strings, enums, boxes, arrows.
 *
 * <p>JLS 14.11.
 */
final class SwitchStatements {
  enum Color {
    RED,
    GREEN,
    BLUE {
      @Override
      int bonus() {
        return 5;
      }
    };

    int bonus() {
      return 0;
    }
  }

  @Coroutine
  static String fallThrough(Env env) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      switch (await(env.value("s" + i, i))) {
        case 0:
          out.append("zero");
        case 1:
          out.append(await(env.value("one" + i, "one")));
          break;
        case 3:
        case 2:
          out.append("two");
          if (i == 3) break;
        default:
          out.append("default");
        case 77:
          out.append(await(env.value("end" + i, ".")));
      }
    }
    return out.toString();
  }

  @Coroutine
  static String defaultInTheMiddle(Env env) {
    String out = "";
    for (int i = 0; i < 3; i++) {
      switch (i) {
        case 0:
          out += "a";
        default:
          out += await(env.value("d" + i, "d"));
        case 1:
          out += "b";
      }
    }
    return out;
  }

  @Coroutine
  static String onStrings(Env env) {
    String out = "";
    for (String s : new String[] {"Aa", "BB", "x", ""}) {
      switch (await(env.value(s, s))) {
        case "Aa":
          out += 1;
          break;
        case "BB":
          out += await(env.value("v", 2));
          break;
        case "":
          out += 3;
          break;
        default:
          out += "?";
      }
    }
    return out;
  }

  @Coroutine
  static int onNullStringFails(Env env) {
    try {
      switch (await(env.value("null", (String) null))) {
        case "a":
          return await(env.value("a", 1));
        default:
          return 2;
      }
    } catch (NullPointerException e) {
      env.caught(e);
      return 3;
    }
  }

  @Coroutine
  static int onEnums(Env env) {
    int n = 0;
    for (Color c : Color.values()) {
      switch (c) {
        case RED:
          n += await(env.value("r", 1));
          break;
        case BLUE:
          n += c.bonus() * await(env.value("b", 10));
        case GREEN:
          n += 100;
      }
    }
    return n;
  }

  @Coroutine
  static String onBoxesAndChars(Env env) {
    Character c = await(env.value("c", 'b'));
    Integer i = await(env.value("i", 2));
    byte b = 3;
    String out = "";
    switch (c) {
      case 'a':
        out += "a";
        break;
      case 'b':
        out += await(env.value("x", "b"));
    }
    switch (i) {
      case 2:
        out += await(env.value("y", "2"));
    }
    switch (b) {
      case 3 -> out += await(env.value("z", "3"));
      default -> out += "?";
    }
    return out;
  }

  @Coroutine
  static int arrowCases(Env env) {
    int n = 0;
    for (int i = 0; i < 5; i++) {
      switch (i) {
        case 0, 1 -> n += await(env.value("a" + i, 1));
        case 2 -> {
          n += 10;
          if (n > 5) break;
          n += 10000;
        }
        case 3 -> {
          try {
            throw env.boom("three");
          } catch (Boom e) {
            n += await(env.value("b", 100));
          }
        }
        default -> {}
      }
    }
    return n;
  }

  @Coroutine
  static int arrowThrows(Env env) {
    switch (await(env.value("s", "x"))) {
      case "y" -> env.trace("y");
      case "x" -> throw env.boom("x" + await(env.value("m", 1)));
      default -> {}
    }
    return 1;
  }

  @Coroutine
  static int localsOfCasesShareAScope(Env env) {
    int n = 0;
    for (int i = 0; i < 3; i++) {
      switch (i) {
        case 0:
          int x = await(env.value("x", 5));
          n += x;
          break;
        case 1:
          x = 7;
          n += x + await(env.value("y", 1));
          String s = "abc";
          n += s.length();
          break;
        case 2:
          s = "de";
          x = await(env.value("z", s.length()));
          n += x;
      }
    }
    return n;
  }

  @Coroutine
  static int emptyAndSingle(Env env) {
    switch (await(env.value("a", 1))) {
    }
    switch (await(env.value("b", 1))) {
      default:
        await(env.value("c", 1));
    }
    switch (env.i("d", 1)) {
      case 1:
    }
    return 1;
  }

  @Coroutine
  static int nestedSwitches(Env env) {
    int n = 0;
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        switch (i) {
          case 0:
            switch (j) {
              case 0:
                n += await(env.value("00", 1));
                break;
              default:
                n += 10;
            }
            n += 100;
            break;
          default:
            switch (await(env.value("j", j))) {
              case 1 -> n += 1000;
              default -> n += 10000;
            }
        }
      }
    }
    return n;
  }

  static final int K = 4;

  @Coroutine
  static int constantsAsLabels(Env env) {
    final int two = 2;
    switch (await(env.value("k", 4))) {
      case two:
        return 2;
      case K:
        return await(env.value("x", 40));
      case 'a' + 1:
        return 98;
      case Integer.MAX_VALUE:
        return 0;
    }
    return -1;
  }
}
