package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * Coroutine lambdas: nested, capturing, as arguments, in plain lambdas and in classes of a body.
 *
 * <p>JLS 15.27.
 */
final class AsyncLambdas {
  int field = 5;

  @Coroutine
  static int valueLambda(Env env) {
    return await(async(() -> await(env.value("a", 1)) + 1)) * 10 + await(env.value("b", 3));
  }

  @Coroutine
  static int blockLambda(Env env) {
    int base = await(env.value("base", 10));
    int r =
        await(
            async(
                () -> {
                  int sum = base;
                  for (int i = 0; i < 3; i++) {
                    sum += await(env.value("i" + i, i));
                  }
                  return sum;
                }));
    return r + base;
  }

  @Coroutine
  static String voidLambda(Env env) {
    StringBuilder out = new StringBuilder();
    await(
        async(
            () -> {
              out.append(await(env.value("a", "a")));
              if (out.length() > 0) return;
              out.append("never");
            }));
    await(async(() -> env.trace("expression")));
    await(async(() -> {}));
    return out.toString();
  }

  @Coroutine
  static int nestedLambdas(Env env) {
    int a = await(env.value("a", 1));
    return await(
        async(
            () -> {
              int b = a + await(env.value("b", 2));
              return await(
                      async(
                          () -> {
                            int c = a + b + await(env.value("c", 3));
                            return await(async(() -> a + b + c + await(env.value("d", 4))));
                          }))
                  + b;
            }));
  }

  @Coroutine
  static int loopVariablesAreCapturedPerRound(Env env) {
    List<Coro<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int mine = i + await(env.value("m" + i, 10));
      all.add(async(() -> mine * await(env.value("n" + mine, 1))));
    }
    int sum = 0;
    for (Coro<Integer> c : all) {
      sum = sum * 100 + await(c);
    }
    return sum;
  }

  @Coroutine
  static int createdIsNotStarted(Env env) {
    Coro<Integer> c =
        async(
            () -> {
              env.trace("started");
              return await(env.value("a", 1));
            });
    env.trace("created");
    await(env.value("b", 1));
    return await(c);
  }

  @Coroutine
  static int insidePlainLambda(Env env) {
    List<Coro<Integer>> all =
        List.of(1, 2).stream()
            .<Coro<Integer>>map(n -> async(() -> n * await(env.value("v" + n, 10))))
            .toList();
    int sum = 0;
    for (Coro<Integer> c : all) {
      sum += await(c);
    }
    return sum;
  }

  @Coroutine
  static String exceptionsComeOut(Env env) {
    try {
      await(
          async(
              () -> {
                try {
                  await(env.value("a", 1));
                  throw env.boom("inner");
                } finally {
                  await(env.value("f", 1));
                  env.trace("finally");
                }
              }));
      return "never";
    } catch (Boom e) {
      env.caught(e);
      return "caught";
    }
  }

  @Coroutine
  static int checkedExceptionIsDeclared(Env env) throws IOException {
    try {
      return await(
          async(
              () -> {
                if (await(env.value("a", true))) {
                  throw new IOException("io");
                }
                return 1;
              }));
    } catch (IOException e) {
      env.caught(e);
      return 2;
    }
  }

  @Coroutine
  int instance(Env env) {
    int local = await(env.value("l", 2));
    return await(
        async(
            () -> {
              field += await(env.value("f", local));
              return this.field + times(2) + AsyncLambdas.this.field;
            }));
  }

  int times(int n) {
    return field * n;
  }

  @Coroutine
  static int capturesThis(Env env) {
    AsyncLambdas a = new AsyncLambdas();
    return await(AsyncLambdasAsync.instance(a, env)) * 100 + a.field;
  }

  @Coroutine
  static <T extends Comparable<T>> T generic(Env env, T a, T b) {
    return await(async(() -> a.compareTo(await(env.value("b", b))) > 0 ? a : b));
  }

  @Coroutine
  static String capturesTypeVariables(Env env) {
    return await(AsyncLambdasAsync.generic(env, "x", "y"));
  }

  @Coroutine
  static int asTaskAndInGather(Env env) {
    Task<Integer> t = createTask(async(() -> await(completed(5)) + 1));
    List<Integer> all = await(gather(async(() -> 1), async(() -> await(completed(2)))));
    return await(t) * 100 + all.get(0) * 10 + all.get(1);
  }

  @Coroutine
  static String patternsSwitchesAndLabelsInside(Env env) {
    Object o = await(env.value("o", "text"));
    return await(
        async(
            () -> {
              if (!(o instanceof String s)) return "none";
              outer:
              for (int i = 0; ; i++) {
                switch (i) {
                  case 0:
                    continue outer;
                  case 1:
                    await(env.value("one", 1));
                    break;
                  default:
                    break outer;
                }
              }
              return switch (await(env.value("n", s.length()))) {
                case 4 -> s + "4";
                default -> "?";
              };
            }));
  }

  @Coroutine
  static int sameNameInsideAndOutsideInSequence(Env env) {
    int sum = 0;
    for (int i = 0; i < 2; i++) {
      sum += await(async(() -> { int x = await(env.value("x", 1)); return x; }));
      int x = 10;
      sum += x + await(env.value("y", 0));
    }
    return sum;
  }

  @Coroutine
  static int insideAnonymousAndLocalClasses(Env env) {
    int k = await(env.value("k", 3));
    class Maker {
      int mine = 4;

      Coro<Integer> make(int n) {
        Maker self = this;
        return async(() -> n * k + self.mine + await(env.value("m" + n, 1)));
      }
    }
    Supplier<Coro<Integer>> s =
        new Supplier<>() {
          final int seven = 7;

          @Override
          public Coro<Integer> get() {
            int own = seven;
            return async(() -> own + await(env.value("own", k)));
          }
        };
    return await(new Maker().make(2)) * 100 + await(s.get());
  }

  @Coroutine
  static int awaitInArgumentsOfAsync(Env env) {
    return await(twice(env, await(env.value("f", async(() -> await(env.value("g", 2)))))));
  }

  static Coro<Integer> twice(Env env, Coro<Integer> c) {
    env.trace("twice");
    return c;
  }

  @Coroutine
  static int scopeInside(Env env) {
    return await(
        async(
            () -> {
              try (Scope s = env.scope("s")) {
                return await(env.value("a", 1));
              } finally {
                env.trace("left");
              }
            }));
  }

  interface Loader<T> extends AsyncCallable<List<T>, IOException>, Serializable {}

  @Coroutine
  static String castLambdas(Env env) {
    int sum = await(async((AsyncCallable<Integer, RuntimeException>) () -> await(env.value("a", 6))));
    sum += await(async(((() -> await(env.value("b", 7))))));
    sum +=
        await(
            async(
                // A comment, and lines.
                (AsyncCallable<Integer, RuntimeException> & Serializable)
                    () -> {
                      int c = await(env.value("c", 8)); // here, too
                      return c;
                    } /* behind */
                ));
    await(async((AsyncRunnable<RuntimeException>) () -> await(env.value("d", 9))));
    await(Async.<RuntimeException>async((AsyncRunnable<RuntimeException>) (() -> env.trace("e"))));
    String text = "";
    try {
      text += await(async((Loader<Integer>) () -> List.of(await(env.value("f", 1))))).get(0);
      text += await(async((Loader<Integer>) () -> {
        if (await(env.value("g", true))) {
          throw new IOException("io");
        }
        return List.of();
      }));
    } catch (IOException e) {
      text += e.getMessage();
    }
    return text + sum;
  }

  @Coroutine
  static String chosenLambdas(Env env) {
    boolean yes = await(env.value("yes", true));
    int n = await(env.value("n", 2));
    String text = "" + await(async(yes ? () -> await(env.value("a", 1)) : () -> 2));
    text += await(async(!yes ? () -> 3 : (AsyncCallable<Integer, RuntimeException>) (() -> n + await(env.value("b", 4)))));
    await(async(yes ? () -> { await(env.value("c", 5)); } : () -> {}));
    text += await(async(switch (n) {
      case 1 -> () -> {
        return await(env.value("one", "one"));
      };
      case 2 -> {
        int k = n + 1;
        yield () -> {
          return await(env.value("two", "k" + k));
        };
      }
      default -> throw env.boom("never");
    }));
    text += await(async(switch (n) {
      case 2:
        int k = n + 3;
        yield yes ? () -> await(env.value("three", "k" + k)) : (() -> "no");
      default:
        yield () -> "default";
    }));
    Coro<Integer> coro = async(yes ? () -> n : () -> await(env.value("never", 0)));
    List<Coro<Integer>> all = new ArrayList<>(List.of(coro, async((AsyncCallable<Integer, RuntimeException>) () -> 5)));
    Supplier<Coro<Integer>> inLambda = () -> async(yes ? () -> await(env.value("d", 6)) : () -> 7);
    all.add(inLambda.get());
    for (Coro<Integer> each : all) {
      text += await(each);
    }
    async(yes ? () -> n : () -> 0).close();
    return text;
  }

  @Coroutine
  static String chosenByWhatIsAwaited(Env env) {
    int n = await(env.value("n", 2));
    String text = "" + await(async(await(env.value("a", true)) ? () -> await(env.value("b", 1)) : () -> 2));
    text +=
        await(
            async(
                await(env.value("c", false))
                    ? () -> await(env.value("never", 3))
                    : await(env.value("d", true))
                        ? (() -> 4 + await(async((AsyncCallable<Integer, RuntimeException>) () -> await(env.value("e", 5)))))
                        : (AsyncCallable<Integer, RuntimeException>) () -> 6));
    text += await(async(switch (await(env.value("f", n))) {
      case 1 -> () -> "one";
      case 2 -> {
        int k = await(env.value("g", n + 1));
        yield () -> {
          return await(env.value("h", "k" + k));
        };
      }
      default -> throw env.boom("never");
    }));
    text += await(async(switch (n) {
      case 2 -> await(env.value("i", false))
          ? () -> 7
          : (await(env.value("j", true)) ? () -> await(env.value("k", 8)) : (AsyncCallable<Integer, RuntimeException>) () -> 9);
      default -> () -> 10;
    }));
    Coro<Integer> created = async(await(env.value("l", true)) ? () -> await(env.value("m", 11)) : () -> 12);
    env.trace("created");
    return text + await(created) + await(AsyncLambdasAsync.chosenInInstance(new AsyncLambdas(), env, "t"));
  }

  @Coroutine
  <T> int chosenInInstance(Env env, T t) {
    int n = await(env.value("n", 3));
    return await(async(t != null ? () -> field + n + await(env.value("t", 1)) : () -> this.field));
  }
}
