package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * `break`, `continue` and `return` out of and into statements that wait.
 *
 * <p>JLS 14.15-14.17.
 */
final class Jumps {
  @Coroutine
  static String labelledContinueAndBreak(Env env) {
    StringBuilder out = new StringBuilder();
    outer:
    for (int i = 0; i < 4; i++) {
      for (int j = 0; ; j++) {
        int v = await(env.value("v" + i + j, i * 10 + j));
        if (j == 2) {
          continue outer;
        }
        if (v == 21) {
          break outer;
        }
        out.append(v).append(' ');
      }
    }
    return out.toString();
  }

  @Coroutine
  static int labelledBlock(Env env) {
    int n = 0;
    done:
    {
      n += await(env.value("a", 1));
      if (n == 1) {
        n += 10;
        break done;
      }
      n += 100;
    }
    also:
    if (await(env.value("b", true))) {
      n++;
      if (n > await(env.value("c", 5))) break also;
      n += 1000;
    }
    return n;
  }

  @Coroutine
  static int severalLabels(Env env) {
    int n = 0;
    b:
    while (true) {
      c:
      do {
        n += await(env.value("n" + n, 1));
        if (n == 1) continue b;
        if (n == 2) continue c;
        if (n == 3) continue b; // again
        if (n == 4) break c;
        break b;
      } while (n < 3);
      env.trace("after c " + n);
    }
    return n;
  }

  @Coroutine
  static int jumpOutOfSwitchInLoop(Env env) {
    int n = 0;
    loop:
    for (int i = 0; i < 6; i++) {
      switch (i) {
        case 0:
          n += await(env.value("zero", 1));
          break;
        case 1:
          continue;
        case 2:
          continue loop;
        case 3:
          n += await(env.value("three", 10));
        case 4:
          n += 100;
          break;
        default:
          break loop;
      }
      n += 1000;
    }
    return n;
  }

  @Coroutine
  static int breakFromPlainLoopInsideAwaitingLoop(Env env) {
    int n = 0;
    outer:
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 5; j++) {
        if (j == 2) {
          break;
        }
        if (j == 1 && i == 1) {
          continue outer;
        }
        n += j + 1;
      }
      n += await(env.value("i" + i, 10));
    }
    return n;
  }

  @Coroutine
  static int jumpsOutOfPlainTryInsideAwaitingLoop(Env env) {
    int n = 0;
    outer:
    for (int i = 0; i < 5; i++) {
      try {
        if (i == 1) {
          continue;
        }
        if (i == 3) {
          break outer;
        }
        n++;
      } finally {
        n += 100;
      }
      n += await(env.value("i" + i, 10));
    }
    return n;
  }

  @Coroutine
  static String plainBodyWithReturnInsideAwaitingMethod(Env env) {
    int n = await(env.value("n", 3));
    for (int i = 0; i < 10; i++) {
      for (String s : List.of("a", "b")) {
        switch (s) {
          case "b":
            if (i == n) {
              return s + i;
            }
            break;
          default:
            continue;
        }
      }
    }
    return "none" + await(env.value("never", 0));
  }

  @Coroutine
  static int continueRunsTheUpdate(Env env) {
    int n = 0;
    for (int i = 0; i < 5; i += await(env.value("step" + i, 2))) {
      if (i == 2) continue;
      n += i;
    }
    return n;
  }

  @Coroutine
  static int returnFromDeep(Env env) {
    for (int i = 0; ; i++) {
      do {
        switch (i) {
          case 2:
            while (true) {
              synchronized (env) {
                return i + await0(env);
              }
            }
          default:
        }
      } while (await(env.value("again" + i, false)));
    }
  }

  static int await0(Env env) {
    env.trace("plain");
    return 5;
  }

  @Coroutine
  static int returnOfAVariableOfALoopThroughFinally(Env env) {
    try {
      if (await(env.value("a", true))) {
        for (int i = 0; i < 5; i++) {
          if (i > 5) {
            break;
          }
          if (env.b("now", i == 3)) {
            return i * 2;
          }
        }
      }
      await(env.value("b", 1));
    } finally {
      await(env.value("c", 1));
    }
    return -1;
  }
}
