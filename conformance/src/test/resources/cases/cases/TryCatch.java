package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * `catch`: order, multi-catch, rethrow, cancellation.
 *
 * <p>JLS 14.20.1.
 */
final class TryCatch {
  @Coroutine
  static String awaitInBody(Env env) {
    try {
      return "v" + await(env.value("a", 1));
    } catch (Boom e) {
      env.caught(e);
      return "boom";
    }
  }

  @Coroutine
  static String awaitInCatch(Env env) {
    String s = "";
    try {
      s += await(env.value("a", "a"));
      throw env.boom("b");
    } catch (Boom e) {
      s += await(env.value("c", "c")) + e.getMessage();
      s += await(env.value("d", "d")) + e.getMessage();
    }
    return s;
  }

  @Coroutine
  static String catchOrder(Env env) {
    try {
      if (await(env.value("a", true))) {
        throw new IllegalArgumentException("x");
      }
      return "none";
    } catch (NumberFormatException e) {
      return "wrong" + await(env.value("b", 1));
    } catch (IllegalArgumentException e) {
      return "right" + await(env.value("c", 1)) + e.getMessage();
    } catch (RuntimeException e) {
      return "late" + e.getMessage();
    }
  }

  @Coroutine
  static String multiCatch(Env env) {
    String out = "";
    for (int i = 0; i < 3; i++) {
      try {
        await(env.value("a" + i, 0));
        switch (i) {
          case 0 -> throw new IllegalStateException("s");
          case 1 -> throw new UnsupportedOperationException("u");
          default -> out += "-";
        }
      } catch (IllegalStateException | UnsupportedOperationException e) {
        out += await(env.value("c" + i, e.getMessage()));
        RuntimeException r = e;
        out += r.getClass().getSimpleName();
      }
    }
    return out;
  }

  @Coroutine
  static String exceptionInCatchIsNotCaughtBySiblings(Env env) {
    try {
      try {
        await(env.value("a", 0));
        throw new IllegalStateException("first");
      } catch (IllegalStateException e) {
        await(env.value("b", 0));
        throw new IllegalArgumentException("second", e);
      } catch (IllegalArgumentException e) {
        return "wrong";
      }
    } catch (IllegalArgumentException e) {
      env.caught(e);
      return "right";
    }
  }

  @Coroutine
  static String nested(Env env) {
    String out = "";
    try {
      out += 1;
      try {
        out += await(env.value("a", "a"));
        try {
          out += await(env.value("b", "b"));
          throw env.boom("x");
        } catch (IllegalStateException e) {
          out += "no";
        }
        out += "unreached";
      } catch (Boom e) {
        out += await(env.value("c", e.getMessage()));
        throw new IllegalStateException(out);
      }
    } catch (IllegalStateException e) {
      out += await(env.value("d", "d")) + e.getMessage();
    }
    return out;
  }

  @Coroutine
  static String caughtVariableIsAssignedAndCaptured(Env env) {
    Supplier<String> s;
    try {
      throw env.boom("a");
    } catch (RuntimeException e) {
      await(env.value("x", 0));
      s = () -> e.getMessage();
    }
    try {
      throw env.boom("b");
    } catch (RuntimeException e) {
      e = new IllegalStateException(await(env.value("y", "c")), e);
      env.caught(e);
      return s.get() + e.getMessage();
    }
  }

  @Coroutine
  static int preciseRethrow(Env env) throws IOException {
    try {
      if (await(env.value("a", 1)) == 2) {
        throw new IOException("never");
      }
      throw new FileNotFoundException("x");
    } catch (final Exception e) {
      env.trace("cleanup " + await(env.value("b", 1)));
      throw e;
    }
  }

  @Coroutine
  static int effectivelyFinalRethrowOfThrowable(Env env) {
    try {
      return await(env.value("a", 1));
    } catch (Throwable t) {
      env.caught(t);
      await(env.value("b", 1));
      throw t;
    }
  }

  @Coroutine
  static String catchesCancellation(Env env) {
    try {
      await(env.value("a", 1));
      return "done";
    } catch (CancelledError e) {
      env.caught(e);
      return "cancelled" + await(env.value("b", 2));
    }
  }

  @Coroutine
  static String exceptionDoesNotSwallowCancellation(Env env) {
    try {
      return "v" + await(env.value("a", 1));
    } catch (Exception e) {
      env.caught(e);
      return "exception";
    }
  }

  @Coroutine
  static int localsAssignedInTry(Env env) {
    int x = 0;
    int y = 10;
    try {
      x = 1;
      y = await(env.value("a", 20));
      x = 2;
      await(env.value("b", 0));
      x = 3;
      throw env.boom("c");
    } catch (Boom e) {
      return x * 100 + y;
    }
  }

  @Coroutine
  static int assignmentDoesNotHappenWhenAwaitFails(Env env) {
    int x = 1;
    int[] a = {5};
    try {
      a[0] = x = await(env.value("a", 2));
    } catch (Boom e) {
      env.trace("x", x);
    }
    try {
      x += await(env.value("b", 3));
    } catch (Boom e) {
      env.trace("x", x);
    }
    return x * 10 + a[0];
  }

  @Coroutine
  static String runtimeFaultsBetweenAwaits(Env env) {
    String out = "";
    for (int i = 0; i < 5; i++) {
      try {
        int z = await(env.value("z" + i, 0));
        Object o = "s";
        switch (i) {
          case 0 -> out += 1 / z;
          case 1 -> out += new int[z][z].length + ((int[]) null)[z];
          case 2 -> out += (Integer) o;
          case 3 -> out += "abc".substring(5);
          default -> throw new StackOverflowError("mine");
        }
      } catch (ArithmeticException | NullPointerException e) {
        out += "A";
      } catch (RuntimeException e) {
        out += "R" + await(env.value("r" + i, i));
      } catch (StackOverflowError e) {
        out += "E";
      }
    }
    return out;
  }

  @Coroutine
  static int plainTryInsideAwaitingOne(Env env) {
    int n = 0;
    try {
      n += await(env.value("a", 1));
      try {
        n += Integer.parseInt("x");
      } catch (NumberFormatException e) {
        n += 10;
      } finally {
        n += 100;
      }
      n += await(env.value("b", 1000));
      Integer.parseInt("y");
    } catch (NumberFormatException e) {
      n += 10000;
    }
    return n;
  }

  @Coroutine
  static String sameExceptionObjectComesOut(Env env) {
    Boom mine = new Boom("mine");
    try {
      await(TryCatchAsync.failing(env, mine));
    } catch (Boom e) {
      return "" + (e == mine);
    }
    return "lost";
  }

  @Coroutine
  static void failing(Env env, RuntimeException e) {
    await(env.value("a", 1));
    throw e;
  }

  @Coroutine
  static int handlerOfALoop(Env env) {
    int n = 0;
    for (int i = 0; i < 4; i++) {
      try {
        n += await(env.value("v" + i, 1));
        if (i == 1) throw env.boom("one");
        if (i == 2) continue;
        n += 10;
      } catch (Boom e) {
        n += 100;
        continue;
      }
      n += await(env.value("w" + i, 1000));
    }
    return n;
  }

  @Coroutine
  static int failingArgumentsAreNotCalled(Env env) {
    int[] a = {1};
    try {
      a[env.i("i", 0)] = Math.max(env.i("l", 5), await(env.failing("f", 1, new Boom("f"))));
    } catch (Boom e) {
      env.caught(e);
    }
    return a[0];
  }
}
