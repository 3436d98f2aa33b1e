package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import java.lang.annotation.*;
import java.util.*;
import java.util.function.*;

/**
 * Coroutine lambdas in classes of a body: what they use of these classes and of their methods.
 *
 * <p>JLS 8.1.3, 14.3, 15.8.3, 15.9.5.
 */
final class LambdasInClasses {
  static Supplier<Coro<Integer>> same(Supplier<Coro<Integer>> s) {
    return s;
  }

  abstract static class Counting {
    final int from;

    Counting(int from) {
      this.from = from;
    }

    int inherited(int n) {
      return from + n;
    }

    abstract Coro<Integer> next();
  }

  @Coroutine
  static int fieldsOfAnonymousClass(Env env) {
    int step = await(env.value("step", 2));
    List<Coro<String>> all = new ArrayList<>();
    Runnable r =
        new Runnable() {
          int n = 10;

          @Override
          public void run() {
            all.add(
                async(
                    () -> {
                      n += step * await(env.value("x", 1));
                      return "" + n++;
                    }));
          }
        };
    r.run();
    r.run();
    return Integer.parseInt(await(all.get(0)) + await(all.get(1)));
  }

  @Coroutine
  static int anonymousAsArgument(Env env) {
    return await(
        same(
                new Supplier<>() {
                  private int seven = 7;

                  private int help(int n) {
                    return seven * n;
                  }

                  @Override
                  public Coro<Integer> get() {
                    return async(() -> help(await(env.value("n", 3))) + this.seven);
                  }
                })
            .get());
  }

  @Coroutine
  static int anonymousWithArguments(Env env) {
    int k = await(env.value("k", 4));
    Counting c =
        new Counting(k + await(env.value("from", 20))) {
          int times;

          @Override
          Coro<Integer> next() {
            times++;
            return async(() -> inherited(times) * 10 + from + await(env.value("t", k)));
          }
        };
    c.next().close();
    return await(c.next());
  }

  @Coroutine
  static int membersOfLocalClass(Env env) {
    int k = await(env.value("k", 2));
    class Adder extends Counting {
      private int total = k;

      static int twice(int n) {
        return 2 * n;
      }

      Adder(int from) {
        super(from);
      }

      class Part {
        int size = total + 1;

        Coro<Integer> all() {
          return async(() -> size * 100 + total + Adder.this.from + await(env.value("p", k)));
        }
      }

      private Adder other() {
        return this;
      }

      @Override
      Coro<Integer> next() {
        return async(
            () -> {
              Adder made = new Adder(from + await(env.value("a", 1)));
              made.total = twice(total++);
              Part part = new Part();
              Object seen = other();
              if (seen instanceof Adder a && a == this) {
                made.total += inherited(1000);
              }
              return made.total + made.from + part.size + await(part.all());
            });
      }
    }
    Adder adder = new Adder(await(env.value("from", 5)));
    return await(adder.next()) + adder.total;
  }

  @Coroutine
  static String typesOfMethodInAnonymousClass(Env env) {
    String end = await(env.value("end", "!"));
    Supplier<Coro<String>> s =
        () -> {
          record Pair(int a, String b) {
            Coro<String> shown(Env env) {
              return async(() -> b + a + await(env.value("shown", "s")));
            }
          }
          enum Side { LEFT, RIGHT }
          interface Named {
            String name();

            default Coro<String> twice(Env env) {
              return async(() -> name() + await(env.value("twice", "2")) + name());
            }
          }
          class Counter implements Named {
            int count;

            public String name() {
              return end + count++;
            }
          }
          Pair pair = new Pair(1, "b");
          Counter counter = new Counter();
          List<Pair> pairs = List.of(pair);
          return async(
              () -> {
                Object o = await(env.value("o", pair));
                String out = o instanceof Pair p ? p.a() + p.b() : "none";
                for (Pair each : pairs) {
                  out += each.equals(new Pair(1, await(env.value("again", "b"))));
                }
                counter.count += await(env.value("c", 3));
                out += await(counter.twice(env)) + await(pair.shown(env));
                Side side = out.isEmpty() ? Side.LEFT : Side.RIGHT;
                switch (side) {
                  case LEFT -> out += "left";
                  case RIGHT -> out += await(env.value("right", "right"));
                }
                return out + new Counter().name();
              });
        };
    return await(s.get());
  }

  @Coroutine
  static String typesInBlockWithoutAwait(Env env) {
    List<Coro<String>> all = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      record Line(int n) {}
      int round = i;
      class Sum {
        int total = round;
      }
      Line line = new Line(i);
      Sum sum = new Sum();
      all.add(async(() -> line.n() + "" + (sum.total += await(env.value("v", 5))) + new Sum().total));
    }
    return await(all.get(0)) + await(all.get(1));
  }

  @Coroutine
  static String twoDeep(Env env) {
    String name = await(env.value("name", "n"));
    Supplier<Supplier<Coro<String>>> outer =
        new Supplier<>() {
          String mine = "outer";

          @Override
          public Supplier<Coro<String>> get() {
            int k = mine.length();
            class Inner implements Supplier<Coro<String>> {
              String mine = "inner";

              @Override
              public Coro<String> get() {
                return async(() -> both() + mine + k + name + await(env.value("i", "i")));
              }
            }
            return new Inner();
          }

          private String both() {
            mine += "+";
            return mine;
          }
        };
    return await(outer.get().get()) + await(outer.get().get());
  }

  @Coroutine
  static int varOfAnonymousType(Env env) {
    int start = await(env.value("start", 1));
    Supplier<Coro<Integer>> s =
        () -> {
          var counter =
              new Object() {
                int n = start;

                Coro<Integer> add(int m) {
                  return async(() -> n += m + await(env.value("m", 1)));
                }
              };
          counter.n++;
          return async(() -> await(counter.add(10)) + counter.n);
        };
    return await(s.get());
  }

  final int field = 6;

  @Coroutine
  int withReceiver(Env env) {
    Supplier<Coro<Integer>> s =
        new Supplier<>() {
          int n = field;

          @Override
          public Coro<Integer> get() {
            return async(() -> n++ + field + LambdasInClasses.this.field + await(env.value("a", 1)));
          }
        };
    await(s.get());
    return await(s.get());
  }

  @Coroutine
  static int inInstanceMethod(Env env) {
    return await(LambdasInClassesAsync.withReceiver(new LambdasInClasses(), env));
  }

  @Coroutine
  static String typeParametersOfClassAndMethod(Env env) {
    class Box<T> {
      private final T value;

      Box(T value) {
        this.value = value;
      }

      Coro<List<T>> listed() {
        return async(
            () -> {
              T first = value;
              await(env.value("v", 1));
              return List.of(first, value);
            });
      }
    }
    Supplier<Coro<String>> s =
        new Supplier<>() {
          private <U extends Comparable<U>> Coro<U> max(U a, U b) {
            return async(
                () -> {
                  U most = a.compareTo(b) > 0 ? a : b;
                  await(env.value("m", 1));
                  return most;
                });
          }

          @Override
          public Coro<String> get() {
            return max("a", "b");
          }
        };
    return await(new Box<>("x").listed()) + await(s.get());
  }

  @Coroutine
  static <Q> String staticMembersSeeNoTypeParameters(Env env, Q q) {
    record Pair<T>(T a) {
      Coro<String> shown(Env env) {
        return async(() -> a + "!" + await(env.value("p", 1)));
      }
    }
    return await(new Pair<>(q).shown(env));
  }

  @Coroutine
  static String inGenericMethod(Env env) {
    return await(LambdasInClassesAsync.staticMembersSeeNoTypeParameters(env, 5));
  }

  @Coroutine
  static String anonymousExtendsLocalClass(Env env) {
    int k = await(env.value("k", 3));
    class Base {
      int n = k;

      int m() {
        return n;
      }
    }
    Base plain =
        new Base() {
          @Override
          int m() {
            return n * 2;
          }
        };
    class Adding extends Base {
      Coro<Integer> add() {
        return async(() -> n++ + m() + await(env.value("n", 1)));
      }
    }
    var last =
        new Adding() {
          @Override
          int m() {
            return n * 3;
          }
        };
    Supplier<Adding> made = Adding::new;
    return plain.m() + " " + await(last.add()) + " " + last.m() + " " + await(made.get().add());
  }

  class Inner {
    int all = field;

    Inner(Object... more) {
      all += more.length;
    }
  }

  @Coroutine
  int withInnerSuperclass(Env env) {
    class Named extends Inner {
      Named() {
        super(1);
      }
    }
    class Plain extends Inner {}
    Inner anonymous =
        new Inner(null, 2) {
          {
            Coro<Integer> never = async(() -> all + await(env.value("n", 1)));
            never.close();
          }
        };
    Inner other = new Inner() {};
    int more = await(env.value("more", 1));
    return more + anonymous.all + other.all + new Named().all * 10 + new Plain().all;
  }

  @Coroutine
  static int innerSuperclass(Env env) {
    return await(LambdasInClassesAsync.withInnerSuperclass(new LambdasInClasses(), env));
  }

  @Coroutine
  static String memberClassesOfMovedClass(Env env) {
    Supplier<Coro<String>> s =
        () -> {
          class Outer {
            class In {
              int z = 1;
            }

            static class Nested {}

            In in() {
              return new In();
            }
          }
          enum Level {
            LOW {
              @Override
              int value() {
                return 1;
              }
            };

            abstract int value();
          }
          return async(
              () -> {
                Supplier<Outer> made = Outer::new;
                Outer outer = made.get();
                Outer.In in = outer.new In();
                in.z += await(env.value("z", 2));
                Level level = Level.valueOf("LOW");
                return "" + in.z + outer.in().z + level.value() + new Outer.Nested().equals(in);
              });
        };
    return await(s.get());
  }

  @Coroutine
  static int counter(Env env) {
    int start = await(env.value("start", 5));
    class Counter {
      int n = start;

      Coro<Integer> next() {
        return async(() -> n++ + await(env.value("step", 1)));
      }
    }
    Counter counter = new Counter();
    return await(counter.next()) + counter.n;
  }

  @Coroutine
  static int pair(Env env) {
    record Pair(int a, int b) {}
    Pair pair = new Pair(1, await(env.value("b", 3)));
    await(env.value("between", 0));
    return pair.a() + pair.b();
  }

  @Target(ElementType.TYPE_PARAMETER)
  @interface Tag {
    String value();
  }

  @Coroutine
  static String hiddenTypeParameters(Env env) {
    return await(LambdasInClassesAsync.hiding("top", env));
  }

  @Coroutine
  static <T extends Comparable<T>> String hiding(T top, Env env) {
    class Box<@Tag("T") T extends Number> {
      T held;

      Box(T held) {
        this.held = held;
      }

      <T extends CharSequence> Coro<String> show(T other) {
        return async(
            () -> {
              T mine = other;
              Box<? extends Number> me = this;
              return "" + held.intValue() + mine.length() + await(env.value("n", 1)) + me.held;
            });
      }

      Coro<T> own() {
        return async(
            () -> {
              T mine = held;
              List<T> list = new ArrayList<>(List.of(mine));
              await(env.value("own", 2));
              return list.get(0);
            });
      }
    }
    Box<Integer> box = new Box<>(7);
    T before = top;
    return await(box.show("four")) + await(box.own()) + top.compareTo(before);
  }

  @Coroutine
  static String hiddenInRecord(Env env) {
    return await(LambdasInClassesAsync.inRecord("r", env));
  }

  @Coroutine
  static <T> T inRecord(T value, Env env) {
    record Pair<T>(T left, T right) {
      <U> Coro<String> with(U other, Env env) {
        return async(() -> "" + left + right() + other + await(env.value("with", 3)));
      }

      static <T> Coro<T> same(T it, Env env) {
        return async(() -> await(env.value("same", 4)) == 4 ? it : null);
      }
    }
    String text = await(new Pair<>(1, 2).with('c', env));
    env.trace(text + await(Pair.same("s", env)));
    return value;
  }
}
