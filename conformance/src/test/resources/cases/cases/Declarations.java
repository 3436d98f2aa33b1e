package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * Classes, records, enums and interfaces declared in a body.
 *
 * <p>JLS 14.3.
 */
final class Declarations {
  @Coroutine
  static String localRecord(Env env) {
    record Point(int x, int y) {
      Point {
        if (x < 0) throw new IllegalArgumentException("negative");
      }

      static Point origin() {
        return new Point(0, 0);
      }

      int sum() {
        return x + y;
      }
    }
    Point p = new Point(await(env.value("x", 1)), await(env.value("y", 2)));
    List<Point> all = new ArrayList<>(List.of(p, Point.origin()));
    await(env.value("z", 0));
    all.add(new Point(p.sum(), await(env.value("w", 5))));
    return all.toString();
  }

  @Coroutine
  static String localEnum(Env env) {
    enum Level {
      LOW,
      HIGH {
        @Override
        int weight() {
          return 10;
        }
      };

      int weight() {
        return 1;
      }
    }
    int sum = 0;
    for (Level level : Level.values()) {
      sum += level.weight() * await(env.value(level.name(), 2));
      switch (level) {
        case LOW -> sum += await(env.value("low", 100));
        case HIGH -> sum += 1000;
      }
    }
    return Level.valueOf("HIGH").name() + sum;
  }

  @Coroutine
  static String localInterface(Env env) {
    interface Greeter {
      String greet(String name);

      default String twice(String name) {
        return greet(name) + greet(name);
      }
    }
    String hello = await(env.value("h", "hi "));
    Greeter g = name -> hello + name;
    String out = g.twice(await(env.value("n", "you")));
    Greeter h =
        new Greeter() {
          @Override
          public String greet(String name) {
            return g.greet(name) + "!";
          }
        };
    await(env.value("x", 0));
    return out + h.greet("me");
  }

  @Coroutine
  static String localGenericClass(Env env) {
    class Pair<A, B extends Comparable<B>> {
      final A a;
      final B b;

      Pair(A a, B b) {
        this.a = a;
        this.b = b;
      }

      <C> Pair<C, B> with(C c) {
        return new Pair<>(c, b);
      }

      boolean less(B other) {
        return b.compareTo(other) < 0;
      }
    }
    Pair<String, Integer> p = new Pair<>(await(env.value("a", "a")), await(env.value("b", 2)));
    Pair<Long, Integer> q = p.with(await(env.value("c", 3L)));
    return p.a + q.a + q.less(await(env.value("d", 5)));
  }

  @Coroutine
  static String localClassesInSiblingScopes(Env env) {
    String out = "";
    {
      class A {
        String s = "first";
      }
      A a = new A();
      await(env.value("x", 0));
      out += a.s;
    }
    for (int i = 0; i < 2; i++) {
      int k = i;
      class A {
        final int n = k;
      }
      A a = new A();
      out += await(env.value("y" + i, a.n)) + a.n;
    }
    return out;
  }

  @Coroutine
  static String localClassExtendsAnother(Env env) {
    int k = await(env.value("k", 4));
    abstract class Base {
      abstract int f();

      int g() {
        return f() * k;
      }
    }
    class Derived extends Base {
      @Override
      int f() {
        return k + 1;
      }
    }
    Base b = new Derived();
    await(env.value("x", 0));
    Object o = b;
    return b.g() + "" + (o instanceof Derived d ? d.f() : await(env.value("never", 0)));
  }

  @Coroutine
  static int anonymousWithArgumentsAndFields(Env env) {
    Thread t =
        new Thread(await(env.value("name", "n"))) {
          final int size = getName().length();

          @Override
          public String toString() {
            return getName() + size;
          }
        };
    await(env.value("x", 0));
    return t.toString().length();
  }

  @Coroutine
  static int varOfAnonymousType(Env env) {
    var counter =
        new Object() {
          int n;

          int next() {
            return n += 1;
          }
        };
    for (int i = 0; i < 3; i++) {
      counter.n += await(env.value("v" + i, counter.next()));
    }
    return counter.n;
  }

  @Coroutine
  static int recursiveLocalClass(Env env) {
    class Node {
      final int value;
      final Node next;

      Node(int value, Node next) {
        this.value = value;
        this.next = next;
      }

      int sum() {
        return value + (next == null ? 0 : next.sum());
      }
    }
    Node list = null;
    for (int i = 1; i < 4; i++) {
      list = new Node(await(env.value("n" + i, i)), list);
    }
    return list.sum();
  }

  @Coroutine
  static int declarationAsLastStatementOfALoop(Env env) {
    int n = 0;
    while (n < 2) {
      n += await(env.value("n", 1));
      final int unused = n;
    }
    if (n == 2) {
      int alsoUnused = await(env.value("m", 1));
    }
    return n;
  }

  @Coroutine
  static String sameNameInSiblingScopes(Env env) {
    String all = "";
    if (await(env.value("first", true))) {
      record Pair(int a, int b) {}
      all += new Pair(1, await(env.value("b", 2)));
      enum Kind {
        ONE
      }
      all += Kind.ONE;
    }
    {
      record Pair(String a) {}
      all += new Pair(await(env.value("a", "x")));
      enum Kind {
        TWO
      }
      all += Kind.valueOf("TWO");
    }
    return all;
  }

  @Coroutine
  static int inABlockWithoutAnAwait(Env env) {
    int sum = 0;
    switch (await(env.value("n", 1))) {
      case 1 -> {
        class Counter {
          int n = 4;
        }
        Counter counter = new Counter();
        sum += counter.n;
      }
      default -> sum += await(env.value("other", 2));
    }
    if (((Object) await(env.value("s", "s"))) instanceof String s) {
      record Length(String of) {}
      Length length = new Length(s);
      sum += length.of().length();
    }
    return sum;
  }

  @Coroutine
  static int inAReturnedValue(Env env) {
    int n = await(env.value("n", 1));
    synchronized (env) {
      if (n == 1) {
        return (int)
            switch (n) {
              case 1 -> {
                record Twice(int n) {}
                Twice twice = new Twice(n + n);
                yield twice.n();
              }
              default -> 0;
            };
      }
    }
    return await(env.value("m", 2));
  }

  @Coroutine
  static String classesThatCaptureNothing(Env env) {
    String out = "";
    for (int i = 0; i < 2; i++) {
      class Counter {
        int n;

        Counter up() {
          n++;
          return this;
        }
      }
      final class Box<T extends Comparable<T>> {
        final T value;

        Box(T value) {
          this.value = value;
        }

        <U extends Comparable<U>> Box<U> with(U other) {
          return new Box<>(other);
        }
      }
      Counter counter = new Counter().up();
      await(env.value("i" + i, 0));
      Box<String> box = new Box<>(await(env.value("b", 7))).with("s");
      Supplier<Counter> make = Counter::new;
      out += counter.up().n + box.value + make.get().up().n;
    }
    return out;
  }
}
