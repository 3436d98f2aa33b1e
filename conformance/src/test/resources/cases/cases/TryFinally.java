package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * `finally`: left by every jump, failing, overriding, nested.
 *
 * <p>JLS 14.20.2.
 */
final class TryFinally {
  @Coroutine
  static String finallyRunsOnce(Env env) {
    String out = "";
    try {
      out += await(env.value("a", "a"));
      out += await(env.value("b", "b"));
    } finally {
      env.trace("finally " + out);
      out += "f";
    }
    return out;
  }

  @Coroutine
  static int awaitInFinally(Env env) {
    int n = 1;
    try {
      n += await(env.value("a", 10));
      return n;
    } finally {
      n += await(env.value("f", 100));
      env.trace("finally " + n);
    }
  }

  @Coroutine
  static int returnValueIsFixedBeforeFinally(Env env) {
    int n = 1;
    try {
      return n + await(env.value("a", 1));
    } finally {
      n = 50;
      await(env.value("f", 1));
      n++;
      env.trace("n", n);
    }
  }

  @Coroutine
  @SuppressWarnings("finally")
  static int finallyOverridesReturn(Env env) {
    try {
      return await(env.value("a", 1));
    } finally {
      await(env.value("f", 1));
      return 2;
    }
  }

  @Coroutine
  @SuppressWarnings("finally")
  static int finallyOverridesException(Env env) {
    for (int i = 0; ; i++) {
      try {
        await(env.value("a" + i, 1));
        throw env.boom("lost");
      } finally {
        if (i < 2) continue;
        if (await(env.value("f", true))) break;
      }
    }
    return 3;
  }

  @Coroutine
  static int exceptionInFinallyReplaces(Env env) {
    try {
      try {
        await(env.value("a", 1));
        throw env.boom("first");
      } finally {
        await(env.value("f", 1));
        throw0(env, "second");
      }
    } catch (Boom e) {
      env.caught(e);
      return 1;
    }
  }

  static void throw0(Env env, String name) {
    throw env.boom(name);
  }

  @Coroutine
  static String breakAndContinueThroughFinally(Env env) {
    String out = "";
    outer:
    for (int i = 0; i < 3; i++) {
      try {
        for (int j = 0; ; j++) {
          try {
            out += await(env.value("v" + i + j, i + "" + j + " "));
            if (j == 1) continue outer;
            if (i == 2) break outer;
          } finally {
            out += "[" + await(env.value("in" + i + j, "in")) + "]";
          }
        }
      } finally {
        out += "{" + await(env.value("out" + i, "out")) + "}";
      }
    }
    return out;
  }

  @Coroutine
  static int returnThroughTwoFinallys(Env env) {
    int[] n = {0};
    try {
      try {
        try {
          n[0] += await(env.value("a", 1));
          return n[0];
        } finally {
          n[0] += await(env.value("b", 10));
        }
      } finally {
        env.trace("middle " + n[0]);
      }
    } finally {
      n[0] += await(env.value("c", 100));
      env.trace("outer " + n[0]);
    }
  }

  @Coroutine
  static String catchAndFinally(Env env) {
    String out = "";
    for (int i = 0; i < 3; i++) {
      try {
        out += await(env.value("a" + i, i));
        if (i > 0) throw env.boom("b" + i);
      } catch (Boom e) {
        out += await(env.value("c" + i, "c"));
        if (i == 2) throw new IllegalStateException(out, e);
      } finally {
        out += await(env.value("f" + i, "f"));
        env.trace(out);
      }
    }
    return out;
  }

  @Coroutine
  static int tryInsideFinally(Env env) {
    int n = 0;
    try {
      n += await(env.value("a", 1));
    } finally {
      try {
        n += await(env.value("b", 10));
        throw env.boom("x");
      } catch (Boom e) {
        n += await(env.value("c", 100));
      } finally {
        n += await(env.value("d", 1000));
        env.trace("n", n);
      }
    }
    return n;
  }

  @Coroutine
  static int tryInsideCatchOfPending(Env env) {
    int n = 0;
    try {
      try {
        await(env.value("a", 1));
        throw env.boom("outer");
      } finally {
        for (int i = 0; i < 2; i++) {
          try {
            n += await(env.value("b" + i, 10));
            if (i == 0) throw env.boom("inner");
          } catch (Boom inner) {
            n += 100;
          } finally {
            n += await(env.value("c" + i, 1000));
          }
        }
      }
    } catch (Boom e) {
      env.caught(e);
    }
    return n;
  }

  @Coroutine
  static int finallyWithoutAwaitAroundAwait(Env env) {
    int depth = 0;
    try {
      depth++;
      try {
        depth++;
        await(env.value("a", 1));
      } finally {
        depth--;
        env.trace("inner " + depth);
      }
      await(env.value("b", 1));
    } finally {
      depth--;
      env.trace("outer " + depth);
    }
    return depth;
  }

  @Coroutine
  static int awaitOnlyInFinally(Env env) {
    int n = 0;
    try {
      n = Integer.parseInt("12");
      if (n == 12) return n;
    } finally {
      n += await(env.value("f", 1));
      env.trace("n", n);
    }
    return -1;
  }

  @Coroutine
  static int loopInFinally(Env env) {
    int n = 0;
    try {
      n += await(env.value("a", 1));
      if (n == 1) return n;
      n = 50;
    } finally {
      for (int i = 0; i < 3; i++) {
        if (i == 1) continue;
        n += await(env.value("f" + i, 10));
      }
      while (n < 100) {
        n += await(env.value("w", 60));
        if (n > 50) break;
      }
      env.trace("n", n);
    }
    return n;
  }

  @Coroutine
  static int returnInsideCatchThroughFinally(Env env) {
    int n = 0;
    try {
      await(env.value("a", 0));
      throw env.boom("x");
    } catch (Boom e) {
      n = await(env.value("b", 5));
      return n++;
    } finally {
      n += await(env.value("f", 100));
      env.trace("n", n);
    }
  }

  @Coroutine
  @SuppressWarnings("finally")
  static int returnInFinallyAfterBreak(Env env) {
    int n = 0;
    loop:
    while (true) {
      try {
        n += await(env.value("a", 1));
        break loop;
      } finally {
        try {
          if (n < 3) continue loop;
        } finally {
          n += await(env.value("f" + n, 1));
        }
      }
    }
    return n;
  }

  @Coroutine
  static String variableAssignedInTryReadInFinally(Env env) {
    String s = null;
    List<String> log = new ArrayList<>();
    try {
      s = "one";
      await(env.value("a", 1));
      s = await(env.value("b", "two"));
    } finally {
      log.add(s);
      await(env.value("c", 1));
      log.add(s);
      env.trace(log.toString());
    }
    return log.toString();
  }

  @Coroutine
  static int finallyInSwitchInLoop(Env env) {
    int n = 0;
    for (int i = 0; i < 4; i++) {
      try {
        switch (i) {
          case 0:
            n += await(env.value("a", 1));
            break;
          case 1:
            continue;
          case 2:
            try {
              n += await(env.value("b", 10));
            } finally {
              n += 100;
            }
          default:
            n += 1000;
        }
        n += 10000;
      } finally {
        n += await(env.value("f" + i, 100000));
      }
    }
    return n;
  }

  @Coroutine
  static int labelledBlockLeftThroughFinally(Env env) {
    int n = 0;
    block:
    {
      try {
        n += await(env.value("a", 1));
        if (n == 1) break block;
        n += 10;
      } finally {
        n += await(env.value("f", 100));
      }
      n += 1000;
    }
    return n;
  }

  @Coroutine
  static int emptyTryAndEmptyFinally(Env env) {
    try {
    } finally {
      await(env.value("a", 1));
    }
    try {
      await(env.value("b", 1));
    } finally {
    }
    try {
      await(env.value("c", 1));
    } catch (IllegalStateException e) {
    } finally {
      ;
    }
    return 1;
  }

  @Coroutine
  static int cleanupAfterCancellationMayAwait(Env env) {
    try {
      return await(env.value("a", 1));
    } finally {
      env.trace("cleanup");
      int x = await(env.value("b", 2));
      env.trace("cleaned " + x);
    }
  }

  @Coroutine
  static int fourLevels(Env env) {
    int n = 0;
    try {
      try {
        try {
          try {
            n += await(env.value("a", 1));
            throw env.boom("0");
          } finally {
            n += await(env.value("f1", 1));
            env.trace("1 " + n);
          }
        } catch (IllegalStateException e) {
          n += 1000000;
        } finally {
          n += await(env.value("f2", 1));
          env.trace("2 " + n);
        }
      } catch (Boom e) {
        n += await(env.value("c3", 10));
        throw new IllegalStateException("3", e);
      } finally {
        n += await(env.value("f3", 1));
        env.trace("3 " + n);
      }
    } catch (IllegalStateException e) {
      env.caught(e);
      return n;
    } finally {
      n += await(env.value("f4", 1));
      env.trace("4 " + n);
    }
    return -n;
  }

  @Coroutine
  static void voidReturnThroughFinally(Env env) {
    for (int i = 0; ; i++) {
      try {
        if (await(env.value("a" + i, i)) == 2) return;
      } finally {
        await(env.value("f" + i, 0));
      }
    }
  }
}
