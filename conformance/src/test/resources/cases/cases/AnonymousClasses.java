package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import java.io.*;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

/**
 * Members that only an anonymous class has, used behind an await.
 *
 * <p>JLS 15.9.5, 14.4.1.
 */
final class AnonymousClasses {
  int count = 2;

  class Inner {
    final int kept;

    Inner(int kept) {
      this.kept = kept;
    }
  }

  static class Checked {
    Checked() throws IOException {}
  }

  static <T> T id(T value) {
    return value;
  }

  static <T> Supplier<T> supplier(Supplier<T> given) {
    return given;
  }

  @Coroutine
  static int createdAndCalled(Env env) {
    int r =
        new Object() {
          int z = 3;

          int f(int q) {
            return z + q;
          }
        }.f(await(env.value("q", 1)));
    return r
        + id(
                new Object() {
                  int g(int q) {
                    return 10 * q;
                  }
                })
            .g(await(env.value("g", 2)));
  }

  @Coroutine
  static int createdAndAssigned(Env env) {
    new Object() {
      int z = env.i("z", 1);
    }.z += await(env.value("q", 2));
    return new Object() {
          final int[] all = {1, 2, 3};
        }
        .all[await(env.value("i", 1))]++
        + (new Object() {
          int z = 5;
        }.z *= await(env.value("q", 3)));
  }

  @Coroutine
  int ofAnInstance(Env env) {
    int step = await(env.value("step", 3));
    var all =
        List.of(
            new Inner(step) {
              int sum(int q) {
                return q + kept + count + step;
              }
            });
    await(env.value("between", 0));
    return all.get(0).sum(await(env.value("q", 1)));
  }

  @Coroutine
  static int throughAnInstance(Env env) {
    return await(AnonymousClassesAsync.ofAnInstance(new AnonymousClasses(), env));
  }

  @Coroutine
  static <T extends Comparable<T>> T least(Env env, List<T> given) {
    var all =
        given.stream()
            .map(
                each ->
                    new Object() {
                      final T value = each;
                      int looks;
                    })
            .sorted((a, b) -> a.value.compareTo(b.value))
            .collect(Collectors.toList());
    await(env.value("between", 0));
    var least = all.get(0);
    least.looks += await(env.value("looks", 1));
    env.trace("looks", all.get(0).looks);
    return least.value;
  }

  @Coroutine
  static String ofAGenericMethod(Env env) {
    return await(AnonymousClassesAsync.least(env, List.of("b", "a", "c")));
  }

  @Coroutine
  static void ofAGenerator(Yielder<Integer> out, int n) {
    for (var each :
        List.of(
            new Object() {
              int z = n;
            })) {
      out.yield(each.z++);
      out.yield(each.z);
    }
  }

  @Coroutine
  static int throughAGenerator(Env env) {
    int sum = 0;
    for (int each : AnonymousClassesAsync.ofAGenerator(4)) {
      sum = 10 * sum + each + await(env.value("v", 1));
    }
    return sum;
  }

  @Coroutine
  static int ofACoroutineLambda(Env env) {
    int base = await(env.value("base", 2));
    var made =
        await(
            async(
                () -> {
                  int k = await(env.value("k", 3));
                  return new Object() {
                    int z = k + base;
                  };
                }));
    made.z++;
    return made.z + await(async(() -> made.z * await(env.value("f", 2))));
  }

  @Coroutine
  static int ofALambda(Env env) {
    int k = await(env.value("k", 2));
    var made =
        supplier(
            () -> {
              class Part {
                int y = k;
              }
              return new Object() {
                Part part = new Part();

                int z() {
                  return part.y + k;
                }
              };
            });
    await(env.value("between", 0));
    return made.get().z() + made.get().part.y;
  }

  @Coroutine
  static int inOneAnother(Env env) {
    var a =
        List.of(
            new Object() {
              int z = 1;
            });
    var b =
        List.of(
            new Object() {
              int y = a.get(0).z + 1;
              Object more =
                  new Object() {
                    @Override
                    public String toString() {
                      return "more " + y;
                    }
                  };
            });
    await(env.value("between", 0));
    env.trace(b.get(0).more.toString());
    return b.get(0).y + a.get(0).z;
  }

  @Coroutine
  static String constructorThatThrows(Env env) throws IOException {
    return new Checked() {
      String say(String q) {
        return "said " + q;
      }
    }.say(await(env.value("q", "x")));
  }

  @Coroutine
  static String onlyAsATypeArgument(Env env) {
    var all =
        List.of(
                new Object() {
                  @Override
                  public String toString() {
                    return "one";
                  }
                })
            .iterator();
    await(env.value("between", 0));
    return all.next().toString();
  }

  @Coroutine
  static int eachOfALoopHasItsOwn(Env env) {
    int sum = 0;
    for (int i = 0; i < 3; i++) {
      int mine = i;
      var holder =
          Optional.of(
              new Object() {
                int z = mine;
              });
      sum = 10 * sum + await(env.value("v" + i, 1)) + holder.get().z;
    }
    return sum;
  }
}
