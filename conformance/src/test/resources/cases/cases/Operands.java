package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * Order of evaluation: receivers, arguments, arrays, creations.
 *
 * <p>JLS 15.7, 15.9, 15.10, 15.12.
 */
final class Operands {
  static int calls;

  static int f(Env env, String name, int... all) {
    env.trace("f " + name + Arrays.toString(all));
    return all.length;
  }

  static int three(Env env, int a, long b, Object c) {
    env.trace("three " + a + b + c);
    return a;
  }

  static class Box {
    final Env env;
    int value;
    Box next;

    Box(Env env, int value) {
      this.env = env;
      this.value = value;
      env.trace("new Box " + value);
    }

    Box add(int n) {
      env.trace("add " + n);
      value += n;
      return this;
    }

    Box self(String name) {
      env.trace("self " + name);
      return this;
    }

    class Inner {
      final int x;

      Inner(int x) {
        this.x = x + value;
      }
    }
  }

  static Box box(Env env, String name) {
    env.trace("box " + name);
    return new Box(env, 1);
  }

  @Coroutine
  static int leftOperandReadBeforeAwait(Env env) {
    int x = 1;
    return x + (x = 5) + await(env.value("a", x++)) + x;
  }

  @Coroutine
  static int localChangedInsideLaterOperand(Env env) {
    int x = 1;
    int y = x + await(env.value("a", x = 10)) * x;
    return y + x++ + await(env.value("b", ++x)) - x--;
  }

  @Coroutine
  static int argumentsLeftToRight(Env env) {
    int x = 1;
    return three(env, x, x = 2, await(env.value("c", x++))) + three(env, env.i("p", 1), await(env.value("q", 2L)), env.tag("r", "r")) + x;
  }

  @Coroutine
  static int receiverBeforeArguments(Env env) {
    return box(env, "a").add(await(env.value("n", 3))).self("m").add(env.i("k", 1)).add(await(env.value("o", 4))).value;
  }

  @Coroutine
  static int nullReceiverFailsAfterArguments(Env env) {
    Box none = null;
    try {
      none.add(await(env.value("n", 3)));
    } catch (NullPointerException e) {
      env.caught(e);
    }
    return 1;
  }

  @Coroutine
  static int receiverReassignedInArgument(Env env) {
    Box b = new Box(env, 1);
    Box old = b;
    b.add((b = new Box(env, 100)).value + await(env.value("x", 1))).add(1);
    return old.value * 1000 + b.value;
  }

  @Coroutine
  static int varargs(Env env) {
    return f(env, "none")
        + f(env, "one", await(env.value("a", 1)))
        + f(env, "many", env.i("x", 1), await(env.value("b", 2)), env.i("y", 3), await(env.value("c", 4)))
        + f(env, "array", new int[] {await(env.value("d", 5))});
  }

  @Coroutine
  static int constructorArguments(Env env) {
    Box b = new Box(env, env.i("l", 1) + await(env.value("a", 2)));
    b.next = new Box(env, await(env.value("b", 3))) {
      @Override
      Box add(int n) {
        env.trace("overridden");
        return super.add(n * 2);
      }
    };
    return b.next.add(await(env.value("c", 4))).value + b.value;
  }

  @Coroutine
  static int innerCreation(Env env) {
    Box b = new Box(env, 10);
    int x = box(env, "outer").new Inner(await(env.value("a", 2))).x;
    Box none = null;
    try {
      none.new Inner(await(env.value("b", 2)));
    } catch (NullPointerException e) {
      env.caught(e);
    }
    return x + b.new Inner(await(env.value("c", 3))).x;
  }

  @Coroutine
  static String arrayInitialisers(Env env) {
    int[][] a = {{1, await(env.value("a", 2))}, {}, {await(env.value("b", 3))}};
    Object[] o = {env.tag("x", "x"), await(env.value("c", 'c')), null, new int[] {await(env.value("d", 4))}.length};
    String[] s = new String[] {await(env.value("e", "e")), "f"};
    return a[0][1] + a[2][0] + Arrays.toString(o) + s[0] + s[1];
  }

  @Coroutine
  static String arrayDimensions(Env env) {
    int[][][] a = new int[env.i("x", 2)][await(env.value("a", 3))][];
    long[] b = new long[await(env.value("b", 4))];
    try {
      int[][] bad = new int[env.i("y", -1)][await(env.value("c", 2))];
    } catch (NegativeArraySizeException e) {
      env.caught(e);
    }
    return a.length + "" + a[1].length + b.length;
  }

  @Coroutine
  static int arrayAccess(Env env) {
    int[] a = {1, 2, 3};
    int[] b = a;
    int x = (b = new int[] {7, 8, 9})[await(env.value("i", 1))];
    int y = a[await(env.value("j", 2))] + b[await(env.value("k", 0))];
    try {
      env.trace("never " + a[await(env.value("l", 3))]);
    } catch (ArrayIndexOutOfBoundsException e) {
      env.caught(e);
    }
    int[] none = null;
    try {
      env.trace("never " + none[await(env.value("m", 0))]);
    } catch (NullPointerException e) {
      env.caught(e);
    }
    return x * 100 + y;
  }

  @Coroutine
  static int arrayStoreOrder(Env env) {
    int[] a = {1, 2, 3};
    int i = 0;
    a[i] = i = await(env.value("v", 2));
    a[i++] = a[i = 0] + await(env.value("w", 5));
    int[] none = null;
    try {
      none[env.i("index", 9)] = await(env.value("x", 3));
    } catch (NullPointerException e) {
      env.caught(e);
    }
    try {
      a[env.i("index", 9)] = await(env.value("y", 3));
    } catch (ArrayIndexOutOfBoundsException e) {
      env.caught(e);
    }
    Object[] strings = new String[1];
    try {
      strings[0] = await(env.value("z", (Object) 3));
    } catch (ArrayStoreException e) {
      env.trace("store");
    }
    return a[0] * 100 + a[1] * 10 + a[2] + i;
  }

  @Coroutine
  static int fieldStoreOrder(Env env) {
    Box b = new Box(env, 1);
    Box old = b;
    b.value = (b = new Box(env, 2)).value + await(env.value("x", 3));
    box(env, "target").value = await(env.value("y", 4));
    Box none = null;
    try {
      none.value = await(env.value("z", 5));
    } catch (NullPointerException e) {
      env.caught(e);
    }
    b.next = b;
    b.next.next.value += await(env.value("w", 6));
    return old.value * 100 + b.value;
  }

  @Coroutine
  static int chainedAssignment(Env env) {
    int a, b;
    int[] c = new int[2];
    a = b = c[a = 1] = await(env.value("x", 4));
    b += a -= c[0] = await(env.value("y", 2));
    return a * 100 + b * 10 + c[0] + c[1];
  }

  @Coroutine
  static boolean comparisons(Env env) {
    int x = 3;
    boolean a = x < await(env.value("a", x = 4));
    boolean b = x == await(env.value("b", 4)) ^ await(env.value("c", true));
    Object o = "s";
    boolean c = o == await(env.value("d", o)) & o != await(env.value("e", (Object) "t")) | b;
    return a & !await(env.value("f", b)) | -await(env.value("g", 1)) < ~await(env.value("h", 1)) & c;
  }

  @Coroutine
  static int divisionByZeroAfterOperands(Env env) {
    try {
      return env.i("left", 1) / await(env.value("zero", 0)) + await(env.value("never", 1));
    } catch (ArithmeticException e) {
      env.caught(e);
      return 10 % await(env.value("three", 3));
    }
  }

  @Coroutine
  static String nestedAwaits(Env env) {
    return await(env.value("a" + await(env.value("b", await(env.value("c", 1)) + 1)), await(env.value("d", "e")) + "f"));
  }

  @Coroutine
  static int awaitOfAwait(Env env) {
    Awaitable<Awaitable<Integer>> outer = env.value("outer", env.value("inner", 5));
    return await(await(outer)) + await(await(completed(env.value("x", 2))));
  }

  @Coroutine
  static int staticFieldReadBeforeAwait(Env env) {
    calls = 1;
    return calls + await(OperandsAsync.bump(env)) + calls;
  }

  @Coroutine
  static int bump(Env env) {
    calls += 10;
    int x = await(env.value("bump", 100));
    calls += 1000;
    return x;
  }

  @Coroutine
  static int lambdaBesideAwait(Env env) {
    int base = await(env.value("base", 2));
    return apply(n -> n * base, await(env.value("n", 5)), Integer::sum) + apply(Integer.valueOf(3)::compareTo, await(env.value("m", 1)), Math::max);
  }

  static int apply(IntUnaryOperator f, int n, IntBinaryOperator g) {
    return g.applyAsInt(f.applyAsInt(n), 1);
  }
}
