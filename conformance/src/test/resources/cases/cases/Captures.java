package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * What lambdas and classes capture, per iteration and across resume points.
 *
 * <p>JLS 8.1.3, 15.27.2.
 */
final class Captures {
  @Coroutine
  static String lambdasOfALoopHaveTheirOwnVariable(Env env) {
    List<Supplier<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int mine = i * await(env.value("v" + i, 10));
      all.add(() -> mine);
      await(env.value("w" + i, 0));
    }
    String out = "";
    for (Supplier<Integer> s : all) {
      out += s.get() + " ";
    }
    return out;
  }

  @Coroutine
  static String forEachVariableIsCaptured(Env env) {
    List<Supplier<String>> all = new ArrayList<>();
    for (String s : List.of("a", "b")) {
      for (int n : new int[] {1, 2}) {
        all.add(() -> s + n);
        await(env.value(s + n, 0));
        all.add(() -> n + s);
      }
    }
    StringBuilder out = new StringBuilder();
    all.forEach(x -> out.append(x.get()));
    return out.toString();
  }

  @Coroutine
  static int capturedBeforeAwaitUsedAfter(Env env) {
    int base = await(env.value("base", 3));
    IntUnaryOperator add = n -> n + base;
    int x = add.applyAsInt(await(env.value("n", 4)));
    IntUnaryOperator twice = n -> add.applyAsInt(add.applyAsInt(n));
    await(env.value("y", 0));
    return twice.applyAsInt(x);
  }

  @Coroutine
  static int parameterCaptured(Env env) {
    return await(CapturesAsync.scaled(env, 3, new int[] {1, 2}));
  }

  @Coroutine
  static int scaled(Env env, int factor, int... all) {
    IntUnaryOperator f = n -> n * factor + all.length;
    int sum = 0;
    for (int n : all) {
      sum += f.applyAsInt(await(env.value("n" + n, n)));
    }
    return sum;
  }

  @Coroutine
  static int assignedOnceAfterAwait(Env env) {
    final int x;
    if (await(env.value("c", true))) {
      x = await(env.value("x", 5));
    } else {
      x = 6;
    }
    Supplier<Integer> s = () -> x + 1;
    await(env.value("y", 0));
    return s.get();
  }

  @Coroutine
  static int anonymousClassCaptures(Env env) {
    int start = await(env.value("start", 10));
    Iterator<Integer> it =
        new Iterator<>() {
          int at = start;

          @Override
          public boolean hasNext() {
            return at < start + 3;
          }

          @Override
          public Integer next() {
            return at++;
          }
        };
    int sum = 0;
    while (it.hasNext()) {
      sum += it.next() * await(env.value("f", 1));
    }
    return sum;
  }

  @Coroutine
  static int localClassCaptures(Env env) {
    int k = await(env.value("k", 2));
    class Adder {
      int total = k;

      void add(int n) {
        total += n * k;
      }

      Adder copy() {
        Adder a = new Adder();
        a.total = total;
        return a;
      }
    }
    Adder a = new Adder();
    a.add(await(env.value("n", 3)));
    Adder b = a.copy();
    await(env.value("m", 0));
    b.add(1);
    return a.total * 100 + b.total;
  }

  @Coroutine
  static int lambdaInLambdaInLoop(Env env) {
    List<Function<Integer, Supplier<Integer>>> all = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      int outer = await(env.value("o" + i, i));
      all.add(
          a -> {
            int inner = a * outer;
            return () -> inner + outer + a;
          });
    }
    int sum = 0;
    for (var f : all) {
      sum = sum * 100 + f.apply(await(env.value("a", 3))).get();
    }
    return sum;
  }

  @Coroutine
  static String runnableChangesCapturedArray(Env env) {
    int[] cell = {0};
    Runnable bump = () -> cell[0]++;
    for (int i = 0; i < 3; i++) {
      bump.run();
      cell[0] += await(env.value("v" + i, 10));
    }
    return "" + cell[0];
  }

  @Coroutine
  static String shadowedByLambdaParameters(Env env) {
    String out = "";
    {
      String x = await(env.value("x", "x"));
      out += x;
    }
    Function<String, String> f = x -> x + x;
    out += f.apply(await(env.value("y", "y")));
    BiFunction<Integer, Integer, Integer> add = (a, b) -> {
      int sum = a + b;
      return sum;
    };
    int sum = add.apply(1, await(env.value("z", 2)));
    return out + sum;
  }

  @Coroutine
  static String patternBindingCaptured(Env env) {
    Object o = await(env.value("o", "text"));
    Supplier<Integer> s = () -> 0;
    if (o instanceof String t && await(env.value("c", true))) {
      s = () -> t.length();
      await(env.value("d", 0));
    }
    return "" + s.get();
  }

  @Coroutine
  static String catchParameterAndResourceCaptured(Env env) {
    List<Supplier<String>> all = new ArrayList<>();
    try (Resource r = env.resource("r")) {
      all.add(() -> r.name());
      await(env.value("a", 0));
      throw env.boom("b");
    } catch (Boom e) {
      await(env.value("c", 0));
      all.add(() -> e.getMessage());
    }
    return all.get(0).get() + all.get(1).get();
  }

  @Coroutine
  static int comparatorWithState(Env env) {
    List<Integer> list = new ArrayList<>(List.of(3, 1, 2));
    int sign = await(env.value("sign", -1));
    list.sort((a, b) -> sign * Integer.compare(a, b));
    await(env.value("x", 0));
    return list.stream().filter(n -> n * sign < -1).mapToInt(Integer::intValue).reduce(0, (a, b) -> a * 10 + b);
  }
}
