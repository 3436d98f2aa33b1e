package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What stands around a coroutine's class, and what looks at its twin when a library is released.
 */
class ReleaseToolsTest {

  private static final String IMPORTS =
      """
      import static io.fermata.Async.*;
      import io.fermata.Coroutine;
      import java.time.Duration;
      """;

  @TempDir Path folder;

  private Javac javac() {
    return new Javac(folder)
        .withRuntime()
        .options("-s", folder.resolve("generated").toString())
        .processors(new CoroutineProcessor(), new OwnAnnotationsProcessor());
  }

  private Javac.Result compile(Javac javac) throws IOException {
    Files.createDirectories(folder.resolve("generated"));
    return javac.compile();
  }

  private String twin(String name) throws IOException {
    return Files.readString(folder.resolve("generated").resolve(name));
  }

  // Names

  @ParameterizedTest
  @ValueSource(strings = {"r", ""})
  void classes_of_the_package_may_be_called_like_what_twins_use(String packageName)
      throws IOException {
    String header = packageName.isEmpty() ? "" : "package " + packageName + ";\n";
    Javac javac = javac();
    for (String name :
        List.of("Object", "Throwable", "Override", "RuntimeException", "SuppressWarnings")) {
      javac.source(name + ".java", header + "class " + name + " { int n = 1; }");
    }
    for (String name :
        List.of("AssertionError", "Void", "Integer", "Objects", "Thread", "Generated")) {
      javac.source(name + ".java", header + "class " + name + " { int n = 1; }");
    }
    for (String name : List.of("Task", "Coro", "Continuation", "LineTable", "ThrowingCoro")) {
      javac.source(name + ".java", header + "class " + name + " { int n = 1; }");
    }
    javac.source(
        "Drawing.java",
        header
            + IMPORTS
            + """
            class Drawing {
              int size = 3;
              @Coroutine int draw(Object shape, Override how, Throwable ball, Task task) {
                await(sleep(Duration.ZERO));
                assert size > 0;
                assert size > 1 : "small";
                return size + shape.n + how.n + ball.n + task.n + new Coro().n;
              }
              @Coroutine void handle(RuntimeException e, Void none) {
                try {
                  await(sleep(Duration.ZERO));
                } catch (java.lang.RuntimeException caught) {
                  await(sleep(Duration.ZERO));
                } finally {
                  await(sleep(Duration.ZERO));
                }
              }
              @Coroutine java.lang.Thread thread(Thread mine) throws java.io.IOException {
                java.lang.Thread other = java.lang.Thread.currentThread();
                java.lang.Thread.State state = other.getState();
                await(sleep(Duration.ZERO));
                System.out.println(state);
                return other;
              }
            }
            """);
    assertEquals(List.of(), compile(javac).messages());
  }

  @Test
  void names_that_differ_in_case_alone_give_class_files_that_do_not() throws IOException {
    Javac.Result result =
        compile(
            javac()
                .source(
                    "Site.java",
                    IMPORTS
                        + """
                        class Site {
                          @Coroutine static void getURL(int id) { await(async(() -> id)); }
                          @Coroutine static void getUrl(String id) { await(async(() -> id)); }
                          @Coroutine static void geturlLambda(int id) { await(async(() -> id)); }
                        }
                        """));
    assertEquals(List.of(), result.messages());
    List<String> names = List.copyOf(result.classFiles().keySet());
    assertEquals(
        names.size(), names.stream().map(each -> each.toLowerCase(Locale.ROOT)).distinct().count());
    assertTrue(names.size() >= 8, names::toString);
  }

  @Test
  void a_package_that_is_opened_to_the_compile_may_be_named_without_an_import() throws IOException {
    Javac.Result result =
        compile(
            javac()
                .source(
                    "A.java",
                    """
                    class A {
                      @io.fermata.Coroutine static Object one() {
                        return new Object[] {sun.nio.ch.IOUtil.class, B.channel()};
                      }
                    }
                    """)
                .source(
                    "B.java",
                    "class B { static sun.nio.ch.FileChannelImpl channel() { return null; } }")
                .options("--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED"));
    assertEquals(List.of(), result.messages(Kind.ERROR));
    assertTrue(result.ok());
  }

  // Lints

  @Test
  void no_lint_warns_of_the_processors_or_of_the_twin() throws IOException {
    Javac.Result result =
        compile(
            javac()
                .source("p/A.java", "package p;\n" + IMPORTS + coroutines("A"))
                .source("p/B.java", "package p;\nimport io.fermata.*;\nclass B {}")
                .options("-Xlint:all,-try", "-Werror"));
    assertEquals(List.of(), result.messages());
    assertTrue(result.ok());
  }

  @Test
  void an_error_of_types_brings_no_warning_of_the_processor() throws IOException {
    Javac.Result result =
        compile(
            javac()
                .source(
                    "p/A.java",
                    "package p;\n"
                        + IMPORTS
                        + """
                        class A {
                          @Coroutine static int one() { int n = "text"; return n; }
                          @Coroutine static int two() { return await(AAsync.one()) + mising; }
                          @Coroutine static int three() { return await(AAsync.four()); }
                        }
                        """)
                .options("-Xlint:all,-try"));
    assertEquals(
        List.of(
            "A.java:6 incompatible types: java.lang.String cannot be converted to int",
            "A.java:7 cannot find symbol",
            "A.java:8 cannot find symbol"),
        result.messages());
  }

  private static String coroutines(String name) {
    return """
        class %s {
          @Coroutine static int one() { await(sleep(Duration.ZERO)); return 1; }
          @Coroutine int two() throws java.io.IOException { return await(%sAsync.one()); }
        }
        """
        .formatted(name, name);
  }

  // Annotations

  private static final String ANNOTATED =
      """
      package p;
      import io.fermata.Coroutine;
      import java.lang.annotation.*;
      class A {
        @Retention(RetentionPolicy.RUNTIME) @interface Checked { String[] value(); int n() default 0; }
        @Target(ElementType.TYPE_USE) @interface Email {}
        @Target(ElementType.TYPE_USE) @interface Nullable {}
        @Checked(value = {"a", "b,c"}, n = 2) @Deprecated
        @Coroutine static @Email String one(@Email String a, java.util.List<@Nullable String> b) {
          return a;
        }
      }
      """;

  @Test
  void only_what_tells_callers_something_goes_to_the_twin() throws IOException {
    assertEquals(List.of(), compile(javac().source("p/A.java", ANNOTATED)).messages());
    assertTrue(twin("p/AAsync.java").contains("@Deprecated"), twin("p/AAsync.java"));
    assertTrue(twin("p/AAsync.java").contains("List<@A.Nullable String>"), twin("p/AAsync.java"));
    assertFalse(twin("p/AAsync.java").contains("Checked"), twin("p/AAsync.java"));
    assertFalse(twin("p/AAsync.java").contains("Email"), twin("p/AAsync.java"));
  }

  @Test
  void annotations_that_the_user_names_go_to_the_twin() throws IOException {
    Javac.Result result =
        compile(
            javac()
                .source("p/A.java", ANNOTATED)
                .options("-Afermata.annotations=p.A.Checked, p.A.Email"));
    assertEquals(List.of(), result.messages());
    String twin = twin("p/AAsync.java").replaceAll("\\s+", " ");
    assertTrue(twin.contains("@A.Checked( value = {\"a\", \"b,c\"}, n = 2 )"), twin);
    assertTrue(twin.contains("Coro<@A.Email String> one(@A.Email String a,"), twin);
  }

  // Javadoc

  private static final String DOCUMENTED =
      """
      package doc;
      import static io.fermata.Async.*;
      import io.fermata.Coroutine;
      import io.fermata.Emitter;
      import java.io.IOException;
      import java.time.Duration;
      import java.util.List;
      /**
       * A class with complete Javadoc.
       *
       * @param <E> what it is of
       */
      public class Documented<E> {
        /** A limit. */
        public static final int LIMIT = 3;

        /** Makes one. */
        public Documented() {}

        /**
         * Gives its argument back, as {@link #take} does not; at most {@value #LIMIT} times, in a
         * {@link List list} of {@link List}, {@linkplain #give(Object, List) itself}, {@code {a}}.
         *
         * <ul><li>{@link java.util.Map.Entry#getKey()}</ul>
         *
         * @param <T> a type
         * @param t the argument
         * @param all {@link List#size()} of them
         * @return the argument,
         *     or null
         * @throws IOException if {@link #LIMIT} is reached
         * @throws IllegalStateException never
         * @see #take
         * @see List
         * @since 1
         */
        @Coroutine public <T> T give(T t, List<T> all) throws IOException {
          await(sleep(Duration.ZERO));
          return t;
        }

        /**
         * Takes something.
         *
         * @param e the thing, as in {@link #give}
         */
        @Coroutine public void take(E e) { await(sleep(Duration.ZERO)); }

        /**
         * Emits.
         *
         * @param out takes all
         * @param n how many
         */
        @Coroutine public static void emitting(Emitter<String> out, int n) { out.emit("a"); }

        /** One inside. */
        public static class In {
          /** Makes one. */
          public In() {}

          /** Does nothing. */
          @Coroutine public void nothing() { await(sleep(Duration.ZERO)); }
        }
      }
      """;

  @Test
  void javadoc_finds_nothing_in_the_twin_of_what_is_documented() throws IOException {
    Javac.Result result = compile(javac().source("doc/Documented.java", DOCUMENTED));
    assertEquals(List.of(), result.messages());
    List<String> arguments = new ArrayList<>(List.of("-quiet", "-Xdoclint:all", "-Werror"));
    arguments.addAll(List.of("-d", folder.resolve("doc").toString()));
    arguments.addAll(List.of("-cp", Javac.placeOf("io.fermata.Coroutine").toString()));
    Stream.of("sources", "generated")
        .flatMap(each -> Javac.filesIn(folder.resolve(each), ".java").stream())
        .map(Path::toString)
        .forEach(arguments::add);
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    ToolProvider javadoc = ToolProvider.findFirst("javadoc").orElseThrow();
    int exit = javadoc.run(writer, writer, arguments.toArray(String[]::new));
    assertEquals("", output.toString().strip());
    assertEquals(0, exit);
    String twin = twin("doc/DocumentedAsync.java");
    assertTrue(twin.contains("@return the coroutine, which gives the argument,"), twin);
    assertTrue(twin.contains("<p>Awaiting it throws {@code IOException}: if"), twin);
    assertTrue(twin.contains("{@link Documented#take take}"), twin);
    assertTrue(twin.contains("@since 1"), twin);
  }
}
