package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * `while`, `do`, `for` and for-each, with resume points in every part.
 *
 * <p>JLS 14.12-14.14.
 */
final class Loops {
  @Coroutine
  static int whileCondition(Env env) {
    int i = 0;
    while (await(env.value("c" + i, i)) < 3) {
      i++;
    }
    return i;
  }

  @Coroutine
  static int doWhile(Env env) {
    int i = 0;
    do {
      if (i == 1) {
        i += 2;
        continue;
      }
      i += await(env.value("b" + i, 1));
    } while (await(env.value("c" + i, i < 4)));
    return i;
  }

  @Coroutine
  static int forAllParts(Env env) {
    int sum = 0;
    for (int i = await(env.value("init", 0)), j = 10;
        i < await(env.value("cond" + i, 3));
        i += await(env.value("step" + i, 1)), j--) {
      if (i == 1) {
        continue;
      }
      sum += i * 10 + j;
    }
    return sum;
  }

  @Coroutine
  static int forWithoutParts(Env env) {
    int i = 0;
    for (; ; ) {
      if (await(env.value("x" + i, i)) > 2) {
        break;
      }
      i++;
    }
    for (; i < 6; ) {
      i += await(env.value("y", 2));
    }
    return i;
  }

  @Coroutine
  static int forInitIsExpressions(Env env) {
    int i, j;
    for (i = 1, j = await(env.value("j", 2)); i < j; i++, await(env.value("u", 0)), env.trace("update")) {
      env.trace("body " + i);
    }
    return i;
  }

  @Coroutine
  static int forEachArray(Env env) {
    int sum = 0;
    int[] a = {1, 2, 3};
    for (int x : a) {
      a = new int[] {9};
      sum += x * await(env.value("x" + x, 10));
    }
    for (long y : new int[] {4, await(env.value("five", 5))}) {
      sum += (int) y;
    }
    for (Object o : new String[] {"p"}) {
      sum += await(env.value("o", o.toString().length()));
    }
    return sum;
  }

  @Coroutine
  static int forEachIterable(Env env) {
    List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
    int sum = 0;
    for (int x : list) {
      sum += await(env.value("x" + x, x));
    }
    for (final var e : new TreeMap<>(Map.of("a", 1, "b", 2)).entrySet()) {
      sum += e.getValue() * await(env.value(e.getKey(), 10));
    }
    try {
      for (Integer x : list) {
        list.add(await(env.value("add", x)));
      }
    } catch (ConcurrentModificationException e) {
      env.caught(e);
    }
    return sum + list.size();
  }

  @Coroutine
  static int forEachOverAwait(Env env) {
    int sum = 0;
    for (var x : await(env.value("list", List.of(1, 2)))) {
      for (char c : await(env.value("chars", "ab")).toCharArray()) {
        sum += x * (c - 'a' + 1) + await(env.value("z", 0));
      }
    }
    return sum;
  }

  @Coroutine
  static int forEachVariableAssigned(Env env) {
    int sum = 0;
    for (int x : new int[] {1, 2}) {
      x += await(env.value("x", 5));
      x++;
      sum += x;
    }
    return sum;
  }

  @Coroutine
  static int forEachOfNullFails(Env env) {
    List<String> none = null;
    int[] nothing = null;
    int n = 0;
    try {
      for (String s : none) {
        n += await(env.value("never", s.length()));
      }
    } catch (NullPointerException e) {
      n++;
    }
    try {
      for (int i : nothing) {
        n += await(env.value("never", i));
      }
    } catch (NullPointerException e) {
      n++;
    }
    return n;
  }

  @Coroutine
  static <T extends Comparable<T>> int forEachOverWildcards(Env env) {
    List<? extends Collection<? super Integer>> lists = List.of(new ArrayList<>(), new HashSet<>());
    int n = 0;
    for (var list : lists) {
      list.add(await(env.value("n", n)));
      n += list.size();
    }
    for (Collection<? super Integer> list : lists) {
      await(env.value("m", n));
      for (Object o : list) {
        n += o.hashCode();
      }
    }
    return n;
  }

  @Coroutine
  static int infiniteLoopWithReturn(Env env) {
    int n = 0;
    while (true) {
      n += await(env.value("n", 2));
      if (n > 5) {
        return n;
      }
    }
  }

  @Coroutine
  static void infiniteLoopWithThrow(Env env) {
    for (int i = 0; ; i++) {
      if (await(env.value("i", i)) == 3) {
        throw env.boom("three");
      }
    }
  }

  @Coroutine
  static int loopNeverEntered(Env env) {
    int n = 0;
    while (n > 0) {
      n += await(env.value("never", 1));
    }
    for (int i = 5; i < 5; i++) {
      await(env.value("never", 1));
    }
    do {
      n++;
    } while (n > await(env.value("big", 100)));
    return n;
  }

  @Coroutine
  static int nestedLoops(Env env) {
    int n = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = i; j < 3; j++) {
        int k = j;
        while (k-- > 0) {
          n += await(env.value("v" + i + j + k, 1));
        }
      }
    }
    return n;
  }

  @Coroutine
  static int emptyBodies(Env env) {
    int i = 0;
    while (await(env.value("w", i++)) < 2)
      ;
    for (; await(env.value("f", i++)) < 5; )
      ;
    do {} while (await(env.value("d", i++)) < 6);
    {
      ;
    }
    return i;
  }

  @Coroutine
  static long manyRounds(Env env) {
    long sum = 0;
    for (int i = 0; i < 2000; i++) {
      sum += await(completed(i));
    }
    return sum + await(env.value("x", 1));
  }

  @Coroutine
  static int loopWithConstantConditions(Env env) {
    int n = 0;
    do {
      n += await(env.value("once", 1));
    } while (false);
    if (true) {
      n += await(env.value("always", 1));
    }
    final boolean debug = false;
    if (debug) {
      n += await(env.value("never", 100));
    }
    while (true) {
      if (n++ > await(env.value("three", 3))) break;
    }
    return n;
  }

  @Coroutine
  @SuppressWarnings("unchecked")
  static String forEachOverExpressions(Env env) {
    Object o = List.of("a", "b");
    List<String> assigned;
    StringBuilder out = new StringBuilder();
    for (String s : (List<String>) o) {
      out.append(s).append(await(env.value(s, 1)));
    }
    for (String s : (Collection<String>) await(env.value("awaited", o))) {
      out.append(s).append(await(env.value(s, 2)));
    }
    for (String s : assigned = await(env.value("assigned", List.of("c")))) {
      out.append(s).append(await(env.value(s, 3)));
    }
    for (String s : out.isEmpty() ? assigned : List.of("d", await(env.value("e", "f")))) {
      out.append(s).append(await(env.value(s, 4)));
    }
    return out + "" + assigned;
  }
}
