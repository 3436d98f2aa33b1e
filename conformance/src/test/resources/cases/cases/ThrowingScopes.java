package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * `ThrowingScope`: checked exceptions of entering and leaving, which javac sees.
 *
 * <p>JLS 11.2.
 */
final class ThrowingScopes {
  @Coroutine
  static int declared(Env env) throws IOException {
    try (FileScope s = env.fileScope("s")) {
      return await(env.value("a", 1)) + s.name().length();
    }
  }

  @Coroutine
  static String enterFails(Env env) {
    try (FileScope s = env.fileScope("s", FileScope.Fault.ENTER)) {
      return "entered" + await(env.value("a", 1));
    } catch (FileNotFoundException e) {
      env.caught(e);
      return "not found" + await(env.value("c", 1));
    } catch (IOException e) {
      env.caught(e);
      return "io";
    }
  }

  @Coroutine
  static String exitFails(Env env) {
    try (FileScope s = env.fileScope("s", FileScope.Fault.EXIT)) {
      await(env.value("a", 1));
    } catch (IOException e) {
      env.caught(e);
      return "io";
    } finally {
      env.trace("finally");
    }
    return "end";
  }

  @Coroutine
  static int exitFailsBehindAFailure(Env env) {
    try {
      try (FileScope s = env.fileScope("s", FileScope.Fault.EXIT)) {
        await(env.value("a", 1));
        throw env.boom("body");
      }
    } catch (IOException e) {
      env.caught(e);
      return e.getSuppressed().length;
    }
  }

  @Coroutine
  static String exitReplaces(Env env) {
    try (FileScope s = env.fileScope("s", FileScope.Fault.REPLACES)) {
      throw env.boom("body");
    } catch (IOException e) {
      env.caught(e);
      return "replaced";
    }
  }

  @Coroutine
  static int severalMixed(Env env) throws IOException {
    try (FileScope s = env.fileScope("s");
        Scope t = env.scope("t");
        Resource r = env.resource("r");
        FileScope u = env.fileScope("u", FileScope.Fault.EXIT)) {
      return await(env.value("a", 1));
    }
  }

  @Coroutine
  static int heldAsItsSupertype(Env env) throws IOException {
    ThrowingScope<IOException> heldScope = env.fileScope("s");
    try (heldScope) {
      return await(env.value("a", 1));
    }
  }

  @Coroutine
  static int inALambda(Env env) throws IOException {
    return await(
        async(
            () -> {
              try (FileScope s = env.fileScope("s")) {
                return await(env.value("a", 1));
              }
            }));
  }

  @Coroutine
  static int inALoop(Env env) {
    int failures = 0;
    for (int i = 0; i < 3; i++) {
      try (FileScope s =
          env.fileScope("s" + i, i == 1 ? FileScope.Fault.EXIT : FileScope.Fault.NONE)) {
        if (i == 2) {
          break;
        }
        await(env.value("a" + i, i));
      } catch (IOException e) {
        failures++;
      }
    }
    return failures;
  }
}
