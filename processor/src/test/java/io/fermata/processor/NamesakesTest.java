package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.Coro;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two versions of a class in two class loaders, as in a server that runs several applications: the
 * traces of each tell its own lines, however they call each other.
 */
class NamesakesTest {
  private static final String SOURCE =
      """
      package app;
      import static io.fermata.Async.*;
      import io.fermata.*;
      import java.time.Duration;
      import java.util.function.Supplier;
      public class Plugin {
        public static StackTraceElement[] seen = {};
        @Coroutine public static int fail(boolean later) {
          if (later) { await(sleep(Duration.ZERO)); }
          Supplier<Integer> failing = () -> { throw new IllegalStateException(); };
          return failing.get();
        }
        @Coroutine public static int call(Supplier<Coro<Integer>> other) {
          return await(other.get());
        }
        @Coroutine public static int caught(Supplier<Coro<Integer>> other) {
          try {
            return await(other.get());
          } catch (IllegalStateException e) {
            seen = e.getStackTrace();
            throw e;
          }
        }
      }
      """;

  @TempDir Path folder;

  /** One version: its lines come so many later. */
  private record Version(Class<?> plugin, Class<?> twins, int shift) {

    Coro<Integer> fail(boolean later) {
      return coro("fail", boolean.class, later);
    }

    Coro<Integer> call(Supplier<Coro<Integer>> other) {
      return coro("call", Supplier.class, other);
    }

    Coro<Integer> caught(Supplier<Coro<Integer>> other) {
      return coro("caught", Supplier.class, other);
    }

    StackTraceElement[] seen() {
      try {
        return (StackTraceElement[]) plugin.getField("seen").get(null);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }

    @SuppressWarnings("unchecked")
    private Coro<Integer> coro(String method, Class<?> type, Object argument) {
      try {
        return (Coro<Integer>) twins.getMethod(method, type).invoke(null, argument);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }

    List<String> failing() {
      return List.of("lambda$fail$0:" + (10 + shift), "fail:" + (11 + shift));
    }

    String calling() {
      return "call:" + (14 + shift);
    }

    String catching() {
      return "caught:" + (18 + shift);
    }
  }

  private Version version(int shift) throws IOException, ClassNotFoundException {
    Path place = folder.resolve("v" + shift);
    Javac.Result result =
        new Javac(place)
            .withRuntime()
            .source("app/Plugin.java", "\n".repeat(shift) + SOURCE)
            .processors(new CoroutineProcessor())
            .compile();
    assertTrue(result.ok(), () -> String.join("\n", result.messages()));
    URL[] path = {place.resolve("classes").toUri().toURL()};
    ClassLoader loader = new URLClassLoader(path, Async.class.getClassLoader());
    return new Version(loader.loadClass("app.Plugin"), loader.loadClass("app.PluginAsync"), shift);
  }

  private static List<String> failureOf(Coro<?> coroutine) {
    return told(
        assertThrows(IllegalStateException.class, () -> Async.run(coroutine)).getStackTrace());
  }

  private static List<String> told(StackTraceElement[] trace) {
    return Stream.of(trace)
        .filter(frame -> frame.getClassName().startsWith("app."))
        .map(
            frame -> {
              assertEquals("app.Plugin", frame.getClassName(), frame::toString);
              return frame.getMethodName() + ":" + frame.getLineNumber();
            })
        .toList();
  }

  private static List<String> lines(List<String> first, String... more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(more));
    return all;
  }

  @Test
  void each_version_tells_its_own_lines() throws Exception {
    Version one = version(0);
    Version two = version(100);
    for (boolean later : List.of(false, true)) {
      for (Version version : List.of(one, two, one)) {
        assertEquals(version.failing(), failureOf(version.fail(later)));
      }
    }
  }

  @Test
  void versions_that_call_each_other_tell_each_its_own_lines() throws Exception {
    Version one = version(0);
    Version two = version(100);
    for (boolean later : List.of(false, true)) {
      assertEquals(lines(two.failing(), one.calling()), failureOf(one.call(() -> two.fail(later))));
      assertEquals(
          lines(one.failing(), two.calling(), one.calling()),
          failureOf(one.call(() -> two.call(() -> one.fail(later)))));
      assertEquals(
          lines(two.failing(), one.catching(), two.calling()),
          failureOf(two.call(() -> one.caught(() -> two.fail(later)))));
      assertEquals(lines(two.failing(), one.catching(), two.calling()), told(one.seen()));
    }
  }

  @Test
  void what_is_awaited_as_a_task_tells_each_its_own_lines() throws Exception {
    Version one = version(0);
    Version two = version(100);
    assertEquals(
        lines(two.failing(), one.calling()),
        failureOf(
            one.call(
                () -> Async.waitFor(Async.createTask(two.fail(true)), Duration.ofSeconds(9)))));
  }

  @Test
  void a_version_that_nobody_uses_any_more_is_unloaded() throws Exception {
    Version stays = version(0);
    failureOf(stays.fail(true));
    WeakReference<ClassLoader> gone = usedUp();
    for (int i = 0; i < 50 && gone.get() != null; i++) {
      System.gc();
    }
    assertTrue(gone.refersTo(null), "the class loader is kept");
    assertEquals(stays.failing(), failureOf(stays.fail(false)));
  }

  private WeakReference<ClassLoader> usedUp() throws Exception {
    Version version = version(7);
    assertEquals(version.failing(), failureOf(version.fail(false)));
    return new WeakReference<>(version.plugin().getClassLoader());
  }
}
