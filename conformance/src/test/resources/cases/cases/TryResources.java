package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.concurrent.Callable;
import java.util.function.*;

/**
 * try-with-resources: several, failing, suppressed.
 *
 * <p>JLS 14.20.3.
 */
final class TryResources {
  @Coroutine
  static String plainResource(Env env) {
    try (Resource r = env.resource("r")) {
      return r.name() + await(env.value("a", 1));
    }
  }

  @Coroutine
  static String awaitInTheHeader(Env env) {
    try (Resource a = await(env.value("ra", env.resource("a")));
        Resource b = env.resource(a.name() + await(env.value("n", "b")))) {
      await(env.value("body", 1));
      return a.name() + b.name();
    }
  }

  @Coroutine
  static String secondResourceFails(Env env) {
    try (Resource a = env.resource("a");
        Resource b = await(env.failing("b", (Resource) null, new Boom("b")))) {
      return "never";
    } catch (Boom e) {
      env.caught(e);
      return "caught" + await(env.value("c", 1));
    } finally {
      await(env.value("f", 1));
      env.trace("finally");
    }
  }

  @Coroutine
  static String closeFailsAfterBody(Env env) {
    try (Resource a = env.badResource("a")) {
      await(env.value("x", 1));
      return "value is lost";
    } catch (Boom e) {
      env.caught(e);
      return "close failed";
    }
  }

  @Coroutine
  static String suppressed(Env env) {
    try (Resource a = env.badResource("a");
        Resource b = env.badResource("b");
        Resource c = env.resource("c")) {
      await(env.value("x", 1));
      throw env.boom("body");
    } catch (Boom e) {
      env.caught(e);
      return e.getMessage() + e.getSuppressed().length;
    }
  }

  @Coroutine
  static String nullResource(Env env) {
    try (Resource none = null;
        Resource r = env.resource("r")) {
      await(env.value("x", 1));
      return "" + none;
    }
  }

  @Coroutine
  static String variableAsResource(Env env) {
    Resource r = env.resource("r");
    final Resource s = env.resource("s");
    try (r;
        s) {
      await(env.value("x", 1));
    }
    return r.name();
  }

  @Coroutine
  static String jumpsCloseResources(Env env) {
    String out = "";
    for (int i = 0; i < 4; i++) {
      try (Resource r = env.resource("r" + i)) {
        if (await(env.value("c" + i, i)) == 1) continue;
        if (i == 3) break;
        out += i;
      }
      out += "after";
    }
    return out;
  }

  @Coroutine
  static int catchSeesClosedResource(Env env) {
    try (Resource r = env.resource("r")) {
      await(env.value("a", 1));
      throw env.boom("b");
    } catch (Boom e) {
      env.trace("in catch");
      return await(env.value("c", 1));
    } finally {
      env.trace("in finally");
    }
  }

  @Coroutine
  static int nestedResources(Env env) {
    int n = 0;
    try (Resource a = env.resource("a")) {
      n += await(env.value("x", 1));
      try (Resource b = env.resource("b")) {
        n += await(env.value("y", 10));
        return n;
      } finally {
        n += await(env.value("f", 100));
        env.trace("n", n);
      }
    }
  }

  @Coroutine
  static String lambdaResource(Env env) throws Exception {
    try (AutoCloseable c = () -> env.trace("closed")) {
      return await(env.value("x", "x"));
    }
  }

  @Coroutine
  static String checkedClose(Env env) throws IOException {
    try (StringReader reader = new StringReader("text")) {
      int first = reader.read();
      await(env.value("x", 1));
      return "" + (char) first + (char) reader.read();
    }
  }

  @Coroutine
  static int resourceInsideFinally(Env env) {
    try {
      return await(env.value("a", 1));
    } finally {
      try (Resource r = env.badResource("r")) {
        await(env.value("b", 1));
      } catch (Boom e) {
        env.caught(e);
      }
    }
  }

  @Coroutine
  static String variablesAsResourcesInPlainCode(Env env) throws Exception {
    int n = await(env.value("n", 1));
    Resource in = env.resource("in");
    Resource out = env.resource("out");
    Callable<String> c =
        () -> {
          try (in; out ; Resource third = env.resource("third")) {
            return "" + n;
          }
        };
    try (in /* one */; out;) {
      env.trace("both");
    }
    return c.call() + await(env.value("after", 2));
  }
}
