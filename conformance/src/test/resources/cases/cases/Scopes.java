package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * `AsyncScope`: entered, left, failing, replacing, swallowing, mixed with resources.
 *
 * <p>JLS 14.20.3.
 */
final class Scopes {
  @Coroutine
  static int enteredAndLeft(Env env) {
    try (Scope s = env.scope("s")) {
      return await(env.value("a", 1)) + s.name().length();
    }
  }

  @Coroutine
  static int severalMixed(Env env) {
    try (Scope s = env.scope("s");
        Resource r = env.resource("r");
        Scope t = env.scope("t")) {
      return await(env.value("a", 1));
    }
  }

  @Coroutine
  static String catchAndFinallySeeTheScopeLeft(Env env) {
    try (Scope s = env.scope("s")) {
      await(env.value("a", 1));
      throw env.boom("body");
    } catch (Boom e) {
      env.caught(e);
      return "caught" + await(env.value("c", 1));
    } finally {
      env.trace("finally");
    }
  }

  @Coroutine
  static String bodyThrows(Env env) {
    try (Scope s = env.scope("s")) {
      throw env.boom("body");
    }
  }

  @Coroutine
  static int exitReplaces(Env env) {
    try (Scope s = env.scope("s", Scope.Manner.REPLACES)) {
      await(env.value("a", 1));
    }
    return 1;
  }

  @Coroutine
  static int exitFails(Env env) {
    try (Scope s = env.scope("s", Scope.Manner.FAILS)) {
      await(env.value("a", 1));
    }
    return 1;
  }

  @Coroutine
  static int exitFailsAfterFailure(Env env) {
    try {
      try (Scope s = env.scope("s", Scope.Manner.FAILS);
          Scope t = env.scope("t")) {
        await(env.value("a", 1));
        throw env.boom("body");
      }
    } catch (Boom e) {
      env.caught(e);
      return e.getSuppressed().length;
    }
  }

  @Coroutine
  static int exitSwallows(Env env) {
    int n = 0;
    try (Scope s = env.scope("s", Scope.Manner.SWALLOWS)) {
      n += await(env.value("a", 1));
      if (n > 0) throw env.boom("swallowed");
      n += 10;
    }
    n += await(env.value("b", 100));
    return n;
  }

  @Coroutine
  static int swallowInALoop(Env env) {
    int n = 0;
    for (int i = 0; i < 3; i++) {
      try (Scope s = env.scope("s" + i, Scope.Manner.SWALLOWS)) {
        if (i == 1) throw env.boom("x");
        n += await(env.value("v" + i, 1));
        if (i == 2) continue;
      }
      n += 10;
    }
    return n;
  }

  @Coroutine
  static String jumpsLeaveScopes(Env env) {
    String out = "";
    outer:
    for (int i = 0; ; i++) {
      try (Scope s = env.scope("s" + i)) {
        for (int j = 0; j < 2; j++) {
          try (Scope t = env.scope("t" + j)) {
            out += await(env.value("v" + i + j, i + "" + j));
            if (i == 0 && j == 1) continue outer;
            if (i == 1) break outer;
          }
        }
      }
    }
    return out;
  }

  @Coroutine
  static int scopeHeldInAVariable(Env env) {
    Scope heldScope = env.scope("held");
    int x = await(env.value("x", 1));
    try (heldScope) {
      return x + await(env.value("y", 2));
    }
  }

  @Coroutine
  static int scopeInFinally(Env env) {
    try {
      return await(env.value("a", 1));
    } finally {
      try (Scope s = env.scope("s")) {
        await(env.value("b", 2));
      }
    }
  }

  @Coroutine
  static int scopeWithoutAwaitInside(Env env) {
    try (Scope s = env.scope("s")) {
      env.trace("inside");
    }
    try (Scope t = env.scope("t")) {}
    return 1;
  }

  @Coroutine
  static int awaitInTheHeader(Env env) {
    try (Scope s = await(env.value("made", env.scope("s")))) {
      return await(env.value("a", 1));
    }
  }

  @Coroutine
  static int scopeInsideResourceFailure(Env env) {
    try (Resource r = env.badResource("r");
        Scope s = env.scope("s", Scope.Manner.REPLACES)) {
      await(env.value("a", 1));
    } catch (Boom e) {
      env.caught(e);
    }
    return 1;
  }

  @Coroutine
  static int taskGroup(Env env) {
    int sum;
    try (TaskGroup group = TaskGroup.open()) {
      Task<Integer> a = group.createTask(ScopesAsync.child(2));
      Task<Integer> b = group.createTask(async(() -> await(completed(3)) + 1));
      sum = await(a) * 10 + await(b);
    }
    return sum;
  }

  @Coroutine
  static int child(int n) {
    return await(completed(n)) + 1;
  }
}
