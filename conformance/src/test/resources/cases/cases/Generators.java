package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * Plain generators: by `for`, `stream()` and by hand.
 *
 * <p>JLS 14.14.2.
 */
final class Generators {
  @Coroutine
  static void count(Yielder<Integer> out, Env env, int n) {
    env.trace("begin");
    for (int i = 0; i < n; i++) {
      env.trace("yield " + i);
      out.yield(i);
    }
    env.trace("end");
  }

  @Coroutine
  static String lazy(Env env) {
    Generator<Integer> g = GeneratorsAsync.count(env, 3);
    env.trace("created");
    String s = "";
    while (g.hasNext()) {
      s += g.next() + await(env.value("v", ","));
    }
    try {
      g.next();
    } catch (NoSuchElementException e) {
      s += "end";
    }
    return s;
  }

  @Coroutine
  static int forLoop(Env env) {
    int sum = 0;
    for (int i : GeneratorsAsync.count(env, 4)) {
      sum = sum * 10 + i + await(env.value("v" + i, 1));
    }
    return sum;
  }

  @Coroutine
  static void withFinally(Yielder<String> out, Env env) {
    try {
      out.yield("a");
      out.yield("b");
      out.yield("c");
    } finally {
      env.trace("closed");
    }
  }

  @Coroutine
  static String earlyExitRunsFinally(Env env) {
    String r = "";
    outer:
    for (int i = 0; i < 2; i++) {
      for (String s : GeneratorsAsync.withFinally(env)) {
        r += s + await(env.value("v" + i, i));
        if (s.equals("b")) {
          if (i == 0) continue outer;
          break;
        }
      }
      env.trace("after");
    }
    return r;
  }

  @Coroutine
  static String returnFromTheLoop(Env env) {
    for (String s : GeneratorsAsync.withFinally(env)) {
      await(env.value("v", 0));
      return s;
    }
    return "none";
  }

  @Coroutine
  static String exceptionInTheLoop(Env env) {
    try {
      for (String s : GeneratorsAsync.withFinally(env)) {
        await(env.value("v", 0));
        throw env.boom(s);
      }
    } catch (Boom e) {
      env.caught(e);
    }
    return "after";
  }

  @Coroutine
  static void failing(Yielder<Integer> out, Env env) {
    out.yield(1);
    try {
      out.yield(2);
      throw env.boom("generator");
    } catch (Boom e) {
      out.yield(3);
      throw new IllegalStateException("end", e);
    }
  }

  @Coroutine
  static int exceptionComesOutAtTheConsumer(Env env) {
    int sum = 0;
    try {
      for (int i : GeneratorsAsync.failing(env)) {
        sum = sum * 10 + i + await(env.value("v" + i, 0));
      }
    } catch (IllegalStateException e) {
      env.caught(e);
    }
    return sum;
  }

  @Coroutine
  static void fibonacci(Yielder<Long> out) {
    long a = 0, b = 1;
    while (true) {
      out.yield(a);
      long next = a + b;
      a = b;
      b = next;
    }
  }

  @Coroutine
  static String stream(Env env) {
    try (Generator<Long> g = GeneratorsAsync.fibonacci()) {
      return g.stream().skip(await(env.value("skip", 5))).limit(4).map(n -> n + " ").reduce("", String::concat);
    }
  }

  @Coroutine
  static void delegating(Yielder<Object> out, Env env) {
    out.yield("first");
    out.yieldAll(List.of(1, 2));
    for (int i : GeneratorsAsync.count(env, 2)) {
      out.yield(i);
    }
    out.yieldAll(GeneratorsAsync.count(env, 1));
    out.yield(null);
  }

  @Coroutine
  static String delegation(Env env) {
    List<Object> all = new ArrayList<>();
    for (Object o : GeneratorsAsync.delegating(env)) {
      all.add(o);
      await(env.value("v", 0));
    }
    return all.toString();
  }

  final List<Integer> items = List.of(7, 8);

  @Coroutine
  <T> void pairs(Yielder<Map.Entry<Integer, T>> out, T with) {
    int n = 0;
    for (Integer i : items) {
      out.yield(Map.entry(i + n++, with));
    }
  }

  @Coroutine
  static String instanceAndGeneric(Env env) {
    String s = "";
    for (var e : GeneratorsAsync.pairs(new Generators(), "x")) {
      s += e.getKey() + e.getValue() + await(env.value("v", 0));
    }
    return s;
  }

  @Coroutine
  static void empty(Yielder<Integer> out) {}

  @Coroutine
  static int emptyGenerator(Env env) {
    int n = await(env.value("n", 1));
    for (int i : GeneratorsAsync.empty()) {
      n += 100 + await(env.value("never", i));
    }
    return n;
  }

  @Coroutine
  static void inSwitchAndTry(Yielder<String> out, Env env) {
    for (int i = 0; i < 4; i++) {
      try {
        switch (i) {
          case 0 -> out.yield("zero");
          case 1 -> {
            out.yield("one");
            continue;
          }
          case 2 -> throw env.boom("two");
          default -> {
            return;
          }
        }
        out.yield("after" + i);
      } catch (Boom e) {
        out.yield("caught");
      } finally {
        out.yield("finally" + i);
      }
    }
  }

  @Coroutine
  static String yieldInEveryPlace(Env env) {
    String s = "";
    for (String x : GeneratorsAsync.inSwitchAndTry(env)) {
      s += x + " ";
    }
    return s + await(env.value("end", "."));
  }

  @Coroutine
  static int generatorOverGenerator(Env env) {
    int n = 0;
    for (int a : GeneratorsAsync.count(env, 2)) {
      for (int b : GeneratorsAsync.count(env, 2)) {
        if (b == 1 && a == 0) break;
        n += a * 10 + b + await(env.value("v" + a + b, 100));
      }
    }
    return n;
  }

  @Coroutine
  static void level(Yielder<String> out, Env env, int n, boolean fails) {
    try {
      out.yield("in" + n);
      if (n > 0) {
        out.yieldAll(GeneratorsAsync.level(env, n - 1, fails));
      } else if (fails) {
        throw env.boom("bottom");
      }
      out.yield("out" + n);
    } catch (Boom e) {
      out.yield("caught" + n);
      if (n % 2 == 0) {
        throw e;
      }
    } finally {
      env.trace("finally " + n);
    }
    env.trace("end " + n);
  }

  static String elements(Env env, int n, boolean fails, int limit) {
    String s = "";
    try (Generator<String> g = GeneratorsAsync.level(env, n, fails)) {
      for (int i = 0; i < limit && g.hasNext(); i++) {
        s += g.next() + " ";
      }
    } catch (Boom e) {
      s += "boom ";
    }
    return s;
  }

  @Coroutine
  static String nested(Env env) {
    String s = "";
    for (int limit = 0; limit < 9; limit++) {
      s += elements(env, 3, false, limit) + elements(env, 3, true, limit) + elements(env, 2, true, limit);
      s += await(env.value("v" + limit, "; "));
    }
    return s;
  }

  @Coroutine
  static void several(Yielder<Object> out, Env env) {
    Generator<Integer> held = GeneratorsAsync.count(env, 4);
    out.yield(held.next());
    out.yieldAll(GeneratorsAsync.empty());
    out.yieldAll(List.of());
    out.yieldAll(held);
    out.yieldAll(held);
    out.yieldAll(Set.of("set"));
  }

  @Coroutine
  static String heldAndEmptySources(Env env) {
    String s = "";
    for (Object o : GeneratorsAsync.several(env)) {
      s += o + await(env.value("v", ","));
    }
    return s;
  }
}
