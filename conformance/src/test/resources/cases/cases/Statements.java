package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * Empty bodies, `assert`, `synchronized`, `if`, unreachable ends.
 *
 * <p>JLS 14.
 */
final class Statements {
  @Coroutine
  static void empty(Env env) {}

  @Coroutine
  static int withoutAwait(Env env) {
    int n = 0;
    for (int i = 0; i < 3; i++) {
      n += i;
    }
    env.trace("n", n);
    return n;
  }

  @Coroutine
  static void onlyThrows(Env env) {
    throw env.boom("x");
  }

  @Coroutine
  static int synchronizedWithoutAwait(Env env) {
    int n = await(env.value("a", 1));
    synchronized (env) {
      n += 10;
      synchronized (Statements.class) {
        if (n == 11) {
          n++;
        }
      }
    }
    n += await(env.value("b", 100));
    synchronized (await(env.value("lock", new Object()))) {
      n++;
    }
    for (int i = 0; i < 3; i++) {
      synchronized (env) {
        if (i == 1) break;
        n += 1000;
      }
      await(env.value("c" + i, 0));
    }
    return n;
  }

  @Coroutine
  static int asserts(Env env) {
    int n = await(env.value("a", 1));
    assert n > 0 : "positive";
    assert await(env.value("b", true)) : "never";
    assert n == 1 : "n is " + await(env.value("c", 1));
    return n;
  }

  @Coroutine
  static int unreachableEnd(Env env) {
    while (true) {
      try {
        if (await(env.value("a", true))) return 1;
      } finally {
        env.trace("f");
      }
    }
  }

  @Coroutine
  static int deadCodeAfterConstantFalse(Env env) {
    final boolean off = false;
    if (off && await(env.value("never", true))) {
      return 1;
    }
    return await(env.value("a", 2));
  }

  @Coroutine
  static int ifElseChains(Env env) {
    int out = 0;
    for (int i = 0; i < 5; i++) {
      if (i == 0) out += 1;
      else if (i == await(env.value("one" + i, 1))) out += 10;
      else if (i == 2) {
        out += await(env.value("two", 100));
      } else if (await(env.value("no" + i, false))) ;
      else {
        if (i == 3) out += 1000;
        else out += await(env.value("four", 10000));
      }
    }
    return out;
  }

  @Coroutine
  static int expressionStatements(Env env) {
    int x = 0;
    await(env.value("a", 1));
    x++;
    --x;
    x = await(env.value("b", 2));
    new int[] {await(env.value("c", 3))}.clone();
    new ArrayList<>(await(env.value("d", List.of())));
    (await(env.value("e", "s"))).length();
    x += 1;
    return x;
  }

  @Coroutine
  static Void boxedVoid(Env env) {
    Void nothing = await(StatementsAsync.empty(env));
    await(env.value("a", 1));
    return nothing;
  }

  @Coroutine
  static boolean nestedBlocks(Env env) {
    {
      {
        int x = await(env.value("a", 1));
        {
          int y = x + await(env.value("b", 1));
          {
            return y == 2;
          }
        }
      }
    }
  }

  @Coroutine
  static int manyLocals(Env env) {
    int a = await(env.value("a", 1)), b = a + 1, c = b + 1, d = c + 1, e = d + 1, f = e + 1, g = f + 1, h = g + 1;
    long l = await(env.value("l", 1L));
    String s = await(env.value("s", "s")), t = s + s, u = t + s;
    double x = await(env.value("x", 1.0)), y = x * 2;
    return a + b + c + d + e + f + g + h + (int) l + s.length() + t.length() + u.length() + (int) (x + y) + await(env.value("end", 0));
  }

  @Coroutine
  static int deadBeforeAwait(Env env) {
    int[] big = new int[10];
    big[3] = 4;
    int n = big[3];
    big = null;
    await(env.value("a", 1));
    int m = n;
    n = 9;
    await(env.value("b", 1));
    return m * 10 + n;
  }

  @Coroutine
  static int hiddenControlFlow(Env env) {
    int i = 0;
    if (i++ == 0 && await(env.value("a", i)) == 1 || i++ > 5) i += 10;
    while (i-- > 8 && await(env.value("b" + i, i)) > 0) ;
    return i;
  }

  @Coroutine
  static String longChain(Env env) {
    StringBuilder b = new StringBuilder();
    b.append(await(env.value("a", 1))).append(await(env.value("b", 'b'))).append(env.l("l", 3)).append(await(env.value("d", "d")), 0, await(env.value("e", 1))).reverse().insert(await(env.value("f", 0)), (Object) await(env.value("g", true)));
    return b.toString();
  }

  @Coroutine
  static int annotatedAndFinalLocals(Env env) {
    @SuppressWarnings("unused")
    final int x = await(env.value("a", 1));
    final @Deprecated int y = x + await(env.value("b", 1));
    for (@SuppressWarnings("unused") final int z : new int[] {1, 2}) {
      await(env.value("c" + z, y));
    }
    return y;
  }
}
