package io.fermata.processor;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.testing.VirtualTimeLoop;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What saves much before a condition is evaluated loses and keeps nothing by it. */
class SavedOnTheWayTest {

  /** So many that they are saved on the way; all are read at the end. */
  private static final int LOCALS = 40;

  private static final String DECLARED = lines("String s%1$d = \"s\" + (n + %1$d);\n");
  private static final String READ = lines("sum += s%1$d.length();\n");
  private static final int LENGTHS = 10 * 2 + 30 * 3;

  @TempDir Path folder;

  @Test
  void whatTheConditionReads_isStillThere() throws Exception {
    String body = DECLARED + "if (text.length() == 4) { await(done(1)); sum = 1000; }\n" + READ;
    assertEquals(1000L + LENGTHS, result(body));
  }

  @Test
  void whatTheHandlerReads_isStillThereIfTheConditionThrows() throws Exception {
    String body =
        "String held = \"held\" + n;\nawait(done(1));\n"
            + DECLARED
            + "out: {\n"
            + "try { if (await(done(n)) / n == 0) { break out; } }\n"
            + "catch (ArithmeticException e) { await(done(2)); sum = held.length() * 1000; }\n"
            + "}\n"
            + READ;
    assertEquals(5000L + LENGTHS, result(body));
  }

  @Test
  void whatTheHandlerCannotUse_isNotKeptIfTheConditionThrows() throws Exception {
    String body =
        DECLARED
            + "out: {\n"
            + "String word = text;\n"
            + "try { word = \"word\" + await(done(n)); if (1 / n == 0) { break out; } }\n"
            + "catch (ArithmeticException e) { await(sleep(Duration.ofDays(1))); return -1; }\n"
            + "sum += word.length();\n"
            + "}\n"
            + READ;
    withBody(
        body,
        coroutine -> {
          List<Object> held = new ArrayList<>();
          VirtualTimeLoop loop = new VirtualTimeLoop();
          loop.createTask(coroutine);
          loop.runUntilComplete(Async.sleep(Duration.ofHours(1)));
          for (Field field : coroutine.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            held.add(String.valueOf(field.get(coroutine)));
          }
          assertFalse(held.contains("word0"), held::toString);
          assertFalse(held.contains("s0"), held::toString);
        });
  }

  private interface Action {
    void accept(Coro<?> coroutine) throws Exception;
  }

  private Object result(String body) throws Exception {
    List<Object> results = new ArrayList<>();
    withBody(body, coroutine -> results.add(Async.run(coroutine)));
    return results.get(0);
  }

  /** Calls the coroutine with 0 and a text. */
  private void withBody(String body, Action action) throws Exception {
    Javac.Result result =
        new Javac(folder)
            .withRuntime()
            .source("app/Much.java", source(body))
            .processors(new CoroutineProcessor())
            .compile();
    assertTrue(result.ok(), () -> String.join("\n", result.messages()));
    URL[] classPath = {folder.resolve("classes").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classPath)) {
      Class<?> twin = loader.loadClass("app.MuchAsync");
      action.accept(
          (Coro<?>) twin.getMethod("body", int.class, String.class).invoke(null, 0, "text"));
    }
  }

  private static String lines(String line) {
    return IntStream.range(0, LOCALS).mapToObj(line::formatted).collect(joining());
  }

  private static String source(String body) {
    return """
        package app;
        import static io.fermata.Async.*;
        import io.fermata.*;
        import java.time.Duration;
        public class Much {
          static Coro<Integer> done(int value) { return sleep(Duration.ZERO, value); }
          @Coroutine
          public static long body(int n, String text) {
            long sum = 0;
            %s
            return sum;
          }
        }
        """
        .formatted(body);
  }
}
