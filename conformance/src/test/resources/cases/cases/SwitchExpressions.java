package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * `switch` expressions, arrows and `yield`.
 *
 * <p>JLS 15.28.
 */
final class SwitchExpressions {
  enum Op {
    ADD,
    SUB
  }

  @Coroutine
  static int arrows(Env env) {
    int sum = 0;
    for (int i = 0; i < 4; i++) {
      sum +=
          switch (await(env.value("s" + i, i))) {
            case 0 -> 1;
            case 1, 2 -> await(env.value("a" + i, 10));
            default -> {
              int x = await(env.value("b" + i, 50));
              yield x + await(env.value("c" + i, 50));
            }
          };
    }
    return sum;
  }

  @Coroutine
  static String oldStyleYield(Env env) {
    String out = "";
    for (int i = 0; i < 3; i++) {
      out +=
          i
              + switch (i) {
                case 0:
                  env.trace("zero");
                case 1:
                  String s = await(env.value("s", "x"));
                  yield s + i;
                default:
                  yield "d";
              };
    }
    return out;
  }

  @Coroutine
  static int leftOperandsAreKept(Env env) {
    int x = 1;
    return x++
        + switch (await(env.value("s", "b"))) {
          case "a" -> 5;
          case "b" -> x = await(env.value("v", 7)) + x;
          default -> throw env.boom("no");
        }
        + x;
  }

  @Coroutine
  static int exhaustiveOnEnum(Env env) {
    int n = 0;
    for (Op op : Op.values()) {
      n =
          switch (op) {
            case ADD -> n + await(env.value("a", 5));
            case SUB -> n - await(env.value("b", 3));
          };
    }
    return n;
  }

  @Coroutine
  static int throwsInsideAnExpression(Env env) {
    try {
      return 1
          + switch (await(env.value("s", 1))) {
            case 0 -> 1;
            default -> throw env.boom("bad" + await(env.value("m", 1)));
          };
    } catch (Boom e) {
      env.caught(e);
      return -1;
    }
  }

  @Coroutine
  static int yieldFromLoopAndTry(Env env) {
    return switch (await(env.value("s", 2))) {
      case 2 -> {
        for (int i = 0; ; i++) {
          try {
            if (i == 2) {
              yield i * await(env.value("v", 10));
            }
            if (await(env.value("w" + i, i)) == 1) continue;
          } finally {
            env.trace("finally " + i);
            await(env.value("f" + i, 0));
          }
        }
      }
      default -> 0;
    };
  }

  @Coroutine
  static String nested(Env env) {
    String out = "";
    for (int i = 0; i < 4; i++) {
      int j = i;
      out +=
          switch (i / 2) {
            case 0 ->
                switch (i % 2) {
                  case 0 -> "00";
                  default -> {
                    String t = await(env.value("t", "01"));
                    yield t;
                  }
                };
            default -> switch (await(env.value("p", i % 2))) {
              case 0 -> await(env.value("q", "10"));
              default -> "11" + j;
            };
          };
    }
    return out;
  }

  @Coroutine
  static Object numericPromotion(Env env) {
    Object o =
        switch (await(env.value("s", 1))) {
          case 0 -> 1;
          case 1 -> 'a';
          default -> 2.0;
        };
    long l =
        switch (await(env.value("t", 1))) {
          case 0 -> 1L;
          default -> await(env.value("u", 3));
        };
    return o + " " + l;
  }

  @Coroutine
  static int asConditionAndArgument(Env env) {
    if (switch (await(env.value("s", 1))) {
      case 1 -> await(env.value("t", true));
      default -> false;
    }) {
      return Math.max(
          env.i("left", 3),
          switch (env.i("mid", 2)) {
            case 2 -> await(env.value("u", 9));
            default -> 0;
          });
    }
    return 0;
  }

  @Coroutine
  static int inReturnOfLambdaFreeMethod(Env env) {
    Supplier<Integer> plain = () -> switch (env.i("p", 1)) { case 1 -> 5; default -> { yield 6; } };
    return switch (plain.get()) {
      case 5 -> {
        if (await(env.value("c", true))) {
          yield plain.get() + 1;
        } else {
          yield 2;
        }
      }
      default -> 3;
    };
  }

  @Coroutine
  static int missingEnumConstantCannotBe(Env env) {
    Op none = null;
    try {
      return switch (none) {
        case ADD -> await(env.value("never", 1));
        case SUB -> 2;
      };
    } catch (NullPointerException e) {
      return 3 + await(env.value("x", 1));
    }
  }

  @Coroutine
  static String polyResult(Env env) {
    List<String> list =
        switch (await(env.value("s", 0))) {
          case 0 -> new ArrayList<>();
          default -> List.of();
        };
    list.add(await(env.value("x", "x")));
    Function<String, String> f =
        switch (await(env.value("t", 1))) {
          case 0 -> String::trim;
          default -> s -> s + list.size();
        };
    return f.apply("r");
  }
}
