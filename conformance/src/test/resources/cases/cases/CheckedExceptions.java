package cases;

import static io.fermata.Async.*;

import io.fermata.*;
import io.fermata.conformance.env.*;
import io.fermata.conformance.script.Boom;
import java.io.*;
import java.util.*;
import java.util.function.*;

/**
 * Checked exceptions at `await`, from twins, stages and generic `throws`.
 *
 * <p>JLS 11.2.
 */
final class CheckedExceptions {
  @Coroutine
  static String read(Env env, String name) throws IOException {
    String s = await(env.value(name, name));
    if (s.isEmpty()) {
      throw new FileNotFoundException("empty");
    }
    return s;
  }

  @Coroutine
  static String declaredByTheCallee(Env env) {
    try {
      return await(CheckedExceptionsAsync.read(env, "a")) + await(CheckedExceptionsAsync.read(env, ""));
    } catch (FileNotFoundException e) {
      env.caught(e);
      return "not found";
    } catch (IOException e) {
      return "io";
    }
  }

  @Coroutine
  static String passedOn(Env env) throws IOException {
    return await(CheckedExceptionsAsync.read(env, ""));
  }

  @Coroutine
  static int several(Env env, int n) throws IOException, java.util.concurrent.TimeoutException {
    await(env.value("n" + n, 0));
    switch (n) {
      case 0 -> throw new IOException("io");
      case 1 -> throw new java.util.concurrent.TimeoutException("timeout");
      default -> {
        return n;
      }
    }
  }

  @Coroutine
  static String severalHaveACommonSuperclass(Env env) {
    String out = "";
    for (int i = 0; i < 3; i++) {
      try {
        out += await(CheckedExceptionsAsync.several(env, i));
      } catch (Exception e) {
        env.caught(e);
      }
    }
    return out;
  }

  @Coroutine
  static <X extends Exception> int thrower(Env env, X x) throws X {
    if (await(env.value("t", true))) {
      throw x;
    }
    return 1;
  }

  @Coroutine
  static String genericThrows(Env env) {
    try {
      await(CheckedExceptionsAsync.thrower(env, new IOException("generic")));
    } catch (IOException e) {
      env.caught(e);
    }
    try {
      await(CheckedExceptionsAsync.thrower(env, new IllegalStateException("unchecked")));
    } catch (IllegalStateException e) {
      env.caught(e);
    }
    return "end";
  }

  @Coroutine
  static String awaitNamesTheException(Env env) {
    try {
      return await(env.file("f", "content"), IOException.class);
    } catch (IOException e) {
      env.caught(e);
      return "failed";
    }
  }

  @Coroutine
  static String awaitNamesTwoExceptions(Env env) {
    try {
      return await(env.file("f", "content"), IOException.class, InterruptedException.class);
    } catch (IOException | InterruptedException e) {
      env.caught(e);
      return "failed";
    }
  }

  @Coroutine
  static String stages(Env env) {
    try {
      return await(env.stage("s", "stage")) + await(env.stage("t", 1), IOException.class);
    } catch (IOException e) {
      return "never";
    } catch (Boom e) {
      env.caught(e);
      return "boom";
    }
  }

  static final class MyError extends Error {
    private static final long serialVersionUID = 1;

    MyError(String m) {
      super(m);
    }
  }

  @Coroutine
  static String errorsAndOwnExceptions(Env env) throws Exception {
    class Mine extends Exception {
      private static final long serialVersionUID = 1;
      final int code = 7;
    }
    try {
      await(env.value("a", 0));
      throw new Mine();
    } catch (Mine e) {
      env.trace("code " + e.code + await(env.value("b", 0)));
    }
    try {
      throw new MyError("e" + await(env.value("c", 0)));
    } catch (MyError e) {
      env.caught(e);
    }
    throw new Exception("checked", new MyError("cause"));
  }

  @Coroutine
  static int checkedFromPlainCall(Env env) throws IOException {
    int n = await(env.value("a", 1));
    new StringReader("x").close();
    try {
      plain(n);
    } catch (IOException e) {
      n += await(env.value("b", 10));
      throw e;
    } finally {
      env.trace("n", n);
    }
    return n;
  }

  static void plain(int n) throws IOException {
    if (n == 1) throw new IOException("plain");
  }
}
