package io.fermata.processor;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.processor.emit.CodeLengths;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** HotSpot never compiles a method above 8,000 bytes: large bodies are cut, and do the same. */
class LargeBodiesTest {

  private static final int HOTSPOT_LIMIT = 8_000;

  /** A line that tells that C2 has compiled a method. */
  private static final Pattern BY_C2 = Pattern.compile(" 4 +app\\.HotAsync\\$Body::(resume\\d*)");

  private static final String HOT_LINES =
      "n = n * 31 + (int) sum;\nif (n % 7 == 0) { sum++; }\ntrace ^= n;\n";

  private static final String MAIN =
      """
      package app;
      import static io.fermata.Async.*;
      import io.fermata.*;
      public class Main {
        @Coroutine
        static long work(int times) {
          long sum = 0;
          for (int i = 0; i < times; i++) {
            sum += await(HotAsync.body(i));
          }
          return sum;
        }
        public static void main(String[] arguments) {
          System.out.println("done: " + run(MainAsync.work(8000)));
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void a_huge_try_with_catch_and_finally_is_cut() throws Exception {
    String body =
        "try {\n"
            + lines(
                250,
                i ->
                    "sum += await(done(%1$d));\n%2$s"
                        .formatted(i, i % 50 == 0 ? "if (n == " + i + ") { return sum; }\n" : ""))
            + "if (n == -1) { throw new IllegalStateException(); }\n"
            + "} catch (IllegalStateException e) {\n"
            + lines(50, i -> "sum -= await(done(1));\n")
            + "} finally {\n"
            + lines(200, i -> "trace += await(done(1));\n")
            + "}\n";
    assertEquals("31125 200", run(body, 1000));
    assertEquals("1275 200", run(body, 50, "Again"));
    assertEquals("31075 200", run(body, -1, "Failing"));
  }

  @Test
  void a_huge_switch_is_cut() throws Exception {
    String body =
        "switch (n) {\n"
            + "default: sum = -1; break;\n"
            + lines(500, i -> "case %1$d: sum += await(done(%1$d)); break;\n".formatted(i))
            + "}\n";
    assertEquals("499 0", run(body, 499));
    assertEquals("-1 0", run(body, 500, "Again"));
  }

  @Test
  void a_huge_switch_on_strings_is_cut() throws Exception {
    String body =
        "sum = switch (\"key\" + n) {\n"
            + lines(500, i -> "case \"key%1$d\" -> await(done(%1$d));\n".formatted(i))
            + "default -> -1;\n};\n";
    assertEquals("0 0", run(body, 0));
    assertEquals("321 0", run(body, 321, "Again"));
    assertEquals("-1 0", run(body, 500, "Missing"));
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void a_huge_switch_on_patterns_with_null_is_cut() throws Exception {
    String body =
        "Object o = n < 0 ? null : n % 2 == 0 ? (Object) n : \"text\" + n;\n"
            + "switch (o) {\n"
            + lines(
                300,
                i ->
                    """
                    case Integer v when v == %1$d -> sum += await(done(%1$d));
                    case String s when await(done(s.length())) == 4 + %1$d -> sum -= %1$d;
                    """
                        .formatted(i))
            + "case null -> sum = await(done(-1));\n"
            + "case Object rest -> sum = await(done(-2));\n"
            + "}\n";
    assertEquals("298 0", run(body, 298));
    assertEquals("-3 0", run(body, 101, "Text"));
    assertEquals("-1 0", run(body, -5, "Null"));
    assertEquals("-2 0", run(body, 300, "Rest"));
  }

  @Test
  void a_huge_line_of_plain_statements_between_resume_points_is_cut() throws Exception {
    String body =
        "sum += await(done(1));\n"
            + lines(2000, i -> "sum += Math.max(n, %d) %% 7;\n".formatted(i))
            + "sum += await(done(2));\n";
    int plain = IntStream.range(0, 2000).map(i -> Math.max(5, i) % 7).sum();
    assertEquals(plain + 3 + " 0", run(body, 5));
  }

  @Test
  void locals_that_are_live_to_the_end_do_not_make_methods_too_large() throws Exception {
    String body =
        lines(200, i -> "long v%1$d = await(done(%1$d));\n".formatted(i))
            + lines(200, i -> "sum += v%d + await(done(1));\n".formatted(i));
    assertEquals("20100 0", run(body, 0));
  }

  @Test
  void hotspot_compiles_each_method_of_500_resume_points_and_2000_lines() throws Exception {
    assumeTrue(System.getProperty("java.vm.name").matches(".*(HotSpot|OpenJDK).*"));
    Path place = folder.resolve("Hot");
    Javac.Result result =
        new Javac(place)
            .withRuntime()
            .source("app/Hot.java", source("Hot", lines(500, i -> step(i) + HOT_LINES)))
            .source("app/Main.java", MAIN)
            .processors(new CoroutineProcessor())
            .compile();
    assertTrue(result.ok(), () -> String.join("\n", result.messages()));
    List<String> compilations = compilationsOf(place.resolve("classes"));
    assertEquals(
        List.of(), compilations.stream().filter(each -> each.contains("SKIPPED")).toList());
    Set<String> optimised =
        compilations.stream()
            .map(BY_C2::matcher)
            .filter(Matcher::find)
            .map(method -> method.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> generated =
        CodeLengths.of(Objects.requireNonNull(result.classFiles().get("app/HotAsync$Body.class")))
            .keySet()
            .stream()
            .filter(method -> method.startsWith("resume"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(generated.size() > 5, generated::toString);
    assertEquals(generated, optimised);
  }

  private static String step(int number) {
    return "sum += await(done(%d));\n".formatted(number);
  }

  private static List<String> compilationsOf(Path classes) throws IOException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xbatch",
                "-XX:+PrintCompilation",
                "-cp",
                classes + File.pathSeparator + Javac.placeOf("io.fermata.Coroutine"),
                "app.Main")
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(output.contains("done: "), output);
    return output.lines().filter(line -> line.contains("app.HotAsync$Body::")).toList();
  }

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(joining());
  }

  private String run(String body, int n) throws Exception {
    return run(body, n, "Large");
  }

  /** Compiles and runs the body; gives what it returns and what its finally has traced. */
  private String run(String body, int n, String name) throws Exception {
    Path place = folder.resolve(name);
    Javac.Result result =
        new Javac(place)
            .withRuntime()
            .source("app/" + name + ".java", source(name, body))
            .processors(new CoroutineProcessor())
            .compile();
    assertTrue(result.ok(), () -> String.join("\n", result.messages()));
    assertEquals(Map.of(), tooLong(result));
    URL[] classPath = {place.resolve("classes").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classPath)) {
      Method twin = loader.loadClass("app." + name + "Async").getMethod("body", int.class);
      Object sum = Async.run((Coro<?>) twin.invoke(null, n));
      return sum + " " + loader.loadClass("app." + name).getField("trace").get(null);
    }
  }

  private static Map<String, Integer> tooLong(Javac.Result result) {
    Map<String, Integer> tooLong = new TreeMap<>();
    result
        .classFiles()
        .forEach(
            (file, bytes) ->
                CodeLengths.of(bytes)
                    .forEach(
                        (method, length) -> {
                          if (file.contains("Async") && length >= HOTSPOT_LIMIT) {
                            tooLong.put(file + " " + method, length);
                          }
                        }));
    return tooLong;
  }

  private static String source(String name, String body) throws IOException {
    return """
        package app;
        import static io.fermata.Async.*;
        import io.fermata.*;
        import java.time.Duration;
        public class %s {
          public static int trace;
          static Coro<Integer> done(int value) { return sleep(Duration.ZERO, value); }
          @Coroutine
          public static long body(int n) {
            long sum = 0;
            %s
            return sum;
          }
        }
        """
        .formatted(name, body);
  }
}
