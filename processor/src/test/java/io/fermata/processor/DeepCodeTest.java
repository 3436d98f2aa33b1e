package io.fermata.processor;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Code that is nested deep: what javac's stack takes compiles, and of the rest the place is told.
 */
class DeepCodeTest {

  /** The line of the source that {@link #source} puts the statement on. */
  private static final String PLACE = "Deep.java:8: error: [fermata:too-large]";

  @TempDir Path folder;

  @Test
  void as_many_calls_in_a_row_as_javac_takes() throws Exception {
    assertEquals(600 + 3, run("sum = new StringBuilder()" + calls(600, "'x'") + ".length();"));
  }

  @Test
  void as_many_calls_with_awaits_as_javac_takes() throws Exception {
    String call = "await(done(\"x\"))";
    assertEquals(600 + 3, run("sum = new StringBuilder()" + calls(600, call) + ".length();"));
  }

  @Test
  void as_many_operands_as_javac_takes() throws Exception {
    assertEquals(700 + 3, run("sum = " + operands(700, "await(done(1))") + ";"));
    assertEquals(1200 + 3, run("sum = " + operands(1200, "one") + " + await(done(0));"));
    assertEquals(
        1200 + 3, run("sum = (\"\" + " + operands(1200, "one") + ").length() + await(done(0));"));
  }

  @Test
  void branches_nested_in_each_other() throws Exception {
    String branches =
        IntStream.range(0, 400)
            .mapToObj(i -> "if (one == " + (i + 2) + ") { sum = await(done(" + i + ")); } else ")
            .collect(joining());
    assertEquals(7 + 3, run(branches + "{ sum = 7; }"));
    String conditions =
        IntStream.range(0, 200)
            .mapToObj(i -> "one == " + (i + 2) + " ? await(done(" + i + ")) : ")
            .collect(joining());
    assertEquals(7 + 3, run("sum = " + conditions + "7;"));
    String tests =
        IntStream.range(0, 200)
            .mapToObj(i -> "one == " + (i + 2) + " || await(done(" + i + ")) < 0")
            .collect(joining(" || "));
    assertEquals(3, run("if (" + tests + ") { sum = 1; }"));
  }

  @Test
  void with_a_larger_stack_javac_goes_deeper_and_so_do_the_passes() throws Exception {
    String statement = "sum = new StringBuilder()" + calls(4_000, "'x'") + ".length();";
    assertEquals(4_000 + 3, run(statement, "-J-Xss64m"));
  }

  @Test
  void where_javac_ends_in_a_class_the_statement_is_told() {
    String statement = "sum = new StringBuilder()" + calls(700, "'x'") + ".length();";
    assertEndsAtPlace(compile(statement, "-J-Xss512k"));
  }

  @Test
  void where_javac_ends_between_rounds_the_statement_is_told() {
    String statement = "sum = new StringBuilder()" + calls(5_000, "'x'") + ".length();";
    assertEndsAtPlace(compile(statement, "-J-Xss1m"));
  }

  private static void assertEndsAtPlace(String output) {
    assertTrue(output.contains(PLACE), output);
    assertFalse(output.contains("at io.fermata"), output);
    assertFalse(output.contains("internal-error"), output);
  }

  private static String calls(int count, String argument) {
    return (".append(" + argument + ")").repeat(count);
  }

  private static String operands(int count, String operand) {
    return IntStream.range(0, count).mapToObj(i -> operand).collect(joining(" + "));
  }

  private int run(String statement, String... options) throws Exception {
    String output = compile(statement, options);
    assertTrue(
        Files.exists(folder.resolve("classes/app/Deep.class")),
        () -> output.substring(0, Math.min(output.length(), 2_000)));
    URL[] classPath = {folder.resolve("classes").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classPath)) {
      Method main = loader.loadClass("app.Deep").getMethod("result");
      return (Integer) main.invoke(null);
    }
  }

  /** By the command, whose main thread has the stack that users' builds have. */
  private String compile(String statement, String... options) {
    return new Javac(folder)
        .withRuntime()
        .options("-processorpath", System.getProperty("java.class.path"))
        .options("-processor", CoroutineProcessor.class.getName())
        .options(options)
        .source("app/Deep.java", source(statement))
        .compileInProcess();
  }

  private static String source(String statement) {
    return """
        package app;
        import static io.fermata.Async.*;
        import io.fermata.*;
        public class Deep {
          static <T> Coro<T> done(T value) { return sleep(java.time.Duration.ZERO, value); }
          @Coroutine static int body(int one) {
            int sum = 0;
            %s
            return sum + 3;
          }
          public static int result() { return run(DeepAsync.body(1)); }
        }
        """
        .formatted(statement);
  }
}
