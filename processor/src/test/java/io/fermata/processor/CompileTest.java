package io.fermata.processor;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compiles as builds do: with other processors, on the module path, with what options there are.
 */
class CompileTest {

  private static final String HELLO =
      """
      package app;
      import static io.fermata.Async.*;
      import io.fermata.Coroutine;
      import java.time.Duration;
      public class Hello {
        @Coroutine
        static String say(String what) {
          await(sleep(Duration.ZERO));
          return what;
        }
      }
      """;

  private final RecordingPasses passes = new RecordingPasses();

  @TempDir Path folder;

  private Javac javac() {
    return new Javac(folder).withRuntime();
  }

  /** A later compile, with the classes of the first one on the class path. */
  private Javac javacAgain() {
    return new Javac(folder.resolve("again"))
        .options(
            "-cp",
            Javac.placeOf("io.fermata.Coroutine") + File.pathSeparator + folder.resolve("classes"));
  }

  // Rounds

  @Test
  void a_body_may_use_classes_that_another_processor_generates_rounds_later() {
    Javac.Result result =
        javac()
            .source(
                "app/User.java",
                """
                package app;
                import io.fermata.Coroutine;
                class User {
                  @Coroutine static int use() {
                    var later = new Later();
                    return later.value() + Latest.VALUE;
                  }
                }
                """)
            .source("app/Hello.java", HELLO)
            .processors(
                new CoroutineProcessor(dump -> passes),
                new GeneratingProcessor(
                    new java.util.LinkedHashMap<>(
                        Map.of(
                            "app.Later",
                            "package app; class Later { int value() { return 1; } }"))),
                new GeneratingProcessor(
                    ordered(
                        "app.Other", "package app; class Other {}",
                        "app.Latest", "package app; class Latest { static final int VALUE = 1; }")))
            .compile();
    assertEquals(List.of(), result.messages());
    assertTrue(result.classFiles().containsKey("app/UserAsync.class"));
    assertTrue(passes.typed.contains("use: later.value() -> int"), passes.typed::toString);
  }

  @Test
  void a_signature_may_name_a_class_that_another_processor_generates() {
    Javac.Result result =
        javac()
            .source(
                "app/User.java",
                """
                package app;
                import static io.fermata.Async.await;
                import io.fermata.Coroutine;
                class User {
                  @Coroutine static Later use(Later later) { return later; }
                  @Coroutine static Later twice(Later later) { return await(UserAsync.use(later)); }
                }
                """)
            .processors(
                new CoroutineProcessor(),
                new GeneratingProcessor(Map.of("app.Later", "package app; class Later {}")))
            .compile();
    assertEquals(List.of(), result.messages());
  }

  @Test
  void a_generated_class_may_hold_coroutines() {
    Javac.Result result =
        javac()
            .source("app/Empty.java", "package app; class Empty {}")
            .processors(
                new CoroutineProcessor(), new GeneratingProcessor(Map.of("app.Hello", HELLO)))
            .compile();
    assertEquals(List.of(), result.messages());
    assertTrue(result.classFiles().containsKey("app/HelloAsync.class"));
  }

  private static Map<String, String> ordered(String a, String b, String c, String d) {
    Map<String, String> map = new java.util.LinkedHashMap<>();
    map.put(a, b);
    map.put(c, d);
    return map;
  }

  // javac's own errors

  @Test
  void errors_in_a_body_are_told_by_javac_once_and_the_twin_is_not_missed() {
    Javac.Result result =
        javac()
            .source(
                "app/Wrong.java",
                """
                package app;
                import static io.fermata.Async.await;
                import io.fermata.Coroutine;
                class Wrong {
                  @Coroutine static int one() { return missing(); }
                  @Coroutine static int two() { int n = "text"; return await(WrongAsync.one()); }
                  @Coroutine static int three() { }
                }
                """)
            .source(
                "app/Caller.java",
                """
                package app;
                import static io.fermata.Async.await;
                import io.fermata.Coroutine;
                class Caller {
                  @Coroutine static int call() { return await(WrongAsync.two()); }
                }
                """)
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(
        List.of(
            "Wrong.java:5 cannot find symbol",
            "Wrong.java:6 incompatible types: java.lang.String cannot be converted to int"),
        result.messages(Kind.ERROR));
  }

  @Test
  void an_error_of_control_flow_is_told_by_javac_once() {
    Javac.Result result =
        javac()
            .source(
                "app/Wrong.java",
                """
                package app;
                import static io.fermata.Async.*;
                import io.fermata.Coroutine;
                import java.time.Duration;
                class Wrong {
                  @Coroutine static int noReturn() { await(sleep(Duration.ZERO)); }
                  @Coroutine static int unassigned(boolean b) {
                    int n;
                    if (b) { n = 1; }
                    await(sleep(Duration.ZERO));
                    return n;
                  }
                  @Coroutine static int unreachable() {
                    return 1;
                    System.out.println();
                  }
                  @Coroutine static void checked() {
                    throw new Exception();
                  }
                }
                """)
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(
        List.of("Wrong.java:11", "Wrong.java:15", "Wrong.java:18", "Wrong.java:6"),
        result.messages(Kind.ERROR).stream()
            .map(each -> each.substring(0, each.indexOf(' ')))
            .sorted()
            .toList(),
        () -> String.join("\n", result.messages()));
  }

  @Test
  void a_missing_type_in_a_signature_is_one_error_however_often_the_twin_is_called() {
    Javac.Result result =
        javac()
            .source(
                "app/Wrong.java",
                """
                package app;
                import static io.fermata.Async.await;
                import io.fermata.Coroutine;
                import java.util.List;
                class Wrong {
                  @Coroutine static List<Missing> load(int id) { return null; }
                }
                """)
            .source(
                "app/Caller.java",
                """
                package app;
                import static io.fermata.Async.await;
                import io.fermata.Coroutine;
                class Caller {
                  @Coroutine static int call() { return await(WrongAsync.load(1)).size(); }
                }
                """)
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(List.of("Wrong.java:6 cannot find symbol"), result.messages(Kind.ERROR));
  }

  @Test
  void all_faults_of_a_compile_are_told_with_the_errors_of_javac() {
    Javac.Result result =
        javac()
            .source(
                "app/A.java",
                """
                package app;
                import static io.fermata.Async.*;
                import io.fermata.Coroutine;
                class A {
                  @Coroutine synchronized void one() {}
                  void two() { await(sleep(null)); }
                }
                """)
            .source("app/B.java", "package app; class B { int n = missing; }")
            .source(
                "app/C.java",
                """
                package app;
                import static io.fermata.Async.*;
                class C {
                  void two() { await(sleep(null)); }
                }
                """)
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(
        List.of("A.java:5", "A.java:6", "B.java:1", "C.java:4"),
        result.messages(Kind.ERROR).stream()
            .map(each -> each.substring(0, each.indexOf(' ')))
            .sorted()
            .toList());
  }

  @Test
  void a_call_that_blocks_is_told_with_what_to_write_for_it() {
    Javac.Result result =
        javac()
            .source(
                "app/A.java",
                """
                package app;
                import io.fermata.Coroutine;
                import java.nio.file.*;
                import java.util.concurrent.*;
                class A {
                  @Coroutine static void a(Process p, CompletableFuture<String> page, Path file)
                      throws Exception {
                    page.join();
                    p.waitFor();
                    Files.readString(file);
                    Thread.sleep(1);
                  }
                }
                """)
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(
        List.of(
            "Use await(page).",
            "Use await(p.onExit()).",
            "Use await(toThread(() -> Files.readString(…))).",
            "Use await(sleep(…))."),
        result.diagnostics().stream()
            .map(each -> each.getMessage(null).lines().skip(1).findFirst().orElse("").strip())
            .toList());
  }

  // Options

  @Test
  void proc_only_reports_what_declarations_show() {
    Javac.Result result =
        javac()
            .source(
                "app/A.java",
                "package app; class A { @io.fermata.Coroutine synchronized void one() {} }")
            .options("-proc:only")
            .processors(new CoroutineProcessor())
            .compile();
    assertTrue(result.messages(Kind.ERROR).toString().contains("fermata:unsupported-method"));
  }

  @Test
  void warnings_are_errors_if_asked_for() {
    Javac.Result result =
        javac()
            .source("app/A.java", dropping("a", ""))
            .options("-Afermata.werror=true")
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(1, result.messages(Kind.ERROR).size());
    assertTrue(!result.ok());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@SuppressWarnings(\"fermata:never-awaited\")",
        "@SuppressWarnings({\"x\", A.CODE})",
        "@SuppressWarnings(value = \"fermata:\" + \"never-awaited\")"
      })
  void a_warning_is_silenced(String annotation) {
    Javac.Result result =
        javac()
            .source("app/A.java", dropping("a", annotation))
            .options("-Afermata.werror=true")
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(List.of(), result.messages());
  }

  private static String dropping(String method, String annotation) {
    return """
        package app;
        class A {
          static final String CODE = "fermata:never-awaited";
          %s void %s() { io.fermata.Async.sleep(null); }
        }
        """
        .formatted(annotation, method);
  }

  @Test
  void an_internal_package_that_the_compile_opens_is_open_to_bodies() {
    Javac.Result result =
        javac()
            .source("app/A.java", internal("import sun.nio.ch.IOUtil;", "IOUtil.class"))
            .options("--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED")
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(List.of(), result.messages(Kind.ERROR));
    assertTrue(result.ok());
  }

  @Test
  void a_body_that_only_javac_can_read_is_an_error_and_never_a_twin_without_its_coroutines() {
    Path patch = folder.resolve("patch");
    new Javac(patch)
        .source("java/util/Patched.java", "package java.util; public class Patched {}")
        .options("--patch-module", "java.base=" + patch.resolve("sources"))
        .compile();
    Javac.Result result =
        javac()
            .source("app/A.java", internal("", "java.util.Patched.class"))
            .options("--patch-module", "java.base=" + patch.resolve("classes"))
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(1, result.messages(Kind.ERROR).size(), result.messages()::toString);
    assertTrue(result.messages(Kind.ERROR).get(0).startsWith("A.java:4 [fermata:internal-error]"));
  }

  private static String internal(String imports, String expression) {
    return """
        package app;
        %s
        class A {
          @io.fermata.Coroutine static int one() { return sun_(%s); }
          static int sun_(Object o) { return 1; }
        }
        """
        .formatted(imports, expression);
  }

  @Test
  void an_older_release_is_compiled_against_its_own_platform() {
    Javac.Result result =
        javac()
            .source(
                "app/A.java",
                """
                package app;
                import io.fermata.Coroutine;
                import java.util.*;
                abstract class A extends AbstractList<String> implements Deque<String> {
                  static void f(Object o) {}
                  // In Java 21 List and Deque both have a default method reversed().
                  @Coroutine static void one(A a) { f(a.size()); }
                }
                """)
            .options("--release", "17")
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(List.of(), result.messages(Kind.ERROR));
    assertTrue(result.ok());
  }

  @Test
  void preview_features_are_on_where_the_compile_has_them_on() {
    int feature = Runtime.version().feature();
    Javac.Result result =
        javac()
            .source(
                "app/A.java",
                """
                package app;
                class A {
                  @io.fermata.Coroutine static int one(Object o) {
                    return switch (o) {
                      case String s -> s.length();
                      default -> 0;
                    };
                  }
                }
                """)
            .options("--enable-preview", "--release", String.valueOf(feature))
            .processors(new CoroutineProcessor(dump -> passes))
            .compile();
    assertEquals(List.of(), result.messages(Kind.ERROR));
    assertTrue(passes.typed.contains("one: s.length() -> int"));
  }

  @Test
  @EnabledForJreRange(minVersion = 25)
  void an_implicitly_declared_class_without_a_coroutine_is_left_alone() {
    Javac.Result result =
        javac()
            .source("Main.java", "void main() { IO.println(\"hello\"); }")
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(List.of(), result.messages());
    assertEquals(Set.of("Main.class"), result.classFiles().keySet());
  }

  // Modules

  @Test
  void a_module_is_compiled_on_the_module_path() {
    Javac lib = new Javac(folder.resolve("lib"));
    lib.source("module-info.java", "module lib { exports lib; }")
        .source(
            "lib/Lib.java",
            "package lib; public class Lib { public static class In { public int n; } }")
        .compile();
    Javac.Result result =
        new Javac(folder)
            .source("module-info.java", "module app { requires io.fermata; requires lib; }")
            .source(
                "app/A.java",
                """
                package app;
                import static io.fermata.Async.await;
                import io.fermata.Coroutine;
                import lib.Lib;
                class A {
                  @Coroutine static int one(Lib.In in) { return in.n; }
                  @Coroutine static int two() { return await(AAsync.one(new Lib.In())); }
                }
                """)
            .options("-p", modulePath(folder.resolve("lib/classes")))
            .processors(new CoroutineProcessor(dump -> passes))
            .compile();
    assertEquals(List.of(), result.messages(Kind.ERROR));
    assertTrue(passes.typed.contains("one: in.n -> int"), passes.typed::toString);
    assertTrue(result.classFiles().containsKey("app/AAsync.class"));
  }

  private static String modulePath(Path... more) {
    Stream<Path> runtime =
        Stream.of("io.fermata.Coroutine", "org.jspecify.annotations.Nullable").map(Javac::placeOf);
    return Stream.concat(runtime, Stream.of(more))
        .map(Path::toString)
        .collect(joining(File.pathSeparator));
  }

  // Other tools

  @Test
  void a_twin_of_an_earlier_build_on_the_class_path_is_replaced() {
    javac().source("app/Hello.java", HELLO).processors(new CoroutineProcessor()).compile();
    Javac.Result result =
        javacAgain()
            .source("app/Hello.java", HELLO.replace("String what)", "String what, int more)"))
            .source(
                "app/User.java",
                """
                package app;
                import static io.fermata.Async.await;
                class User {
                  @io.fermata.Coroutine static String use() { return await(HelloAsync.say("", 1)); }
                }
                """)
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(List.of(), result.messages());
  }

  @Test
  void what_is_not_recompiled_is_found_in_the_output() {
    javac().source("app/Hello.java", HELLO).processors(new CoroutineProcessor()).compile();
    Javac.Result result =
        javacAgain()
            .source(
                "app/User.java",
                """
                package app;
                import static io.fermata.Async.await;
                class User {
                  @io.fermata.Coroutine static String use() { return await(HelloAsync.say("")); }
                }
                """)
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(List.of(), result.messages());
  }

  @Test
  void what_is_not_recompiled_may_have_an_annotation_that_is() throws IOException {
    String marks =
        """
        package app;
        import java.lang.annotation.*;
        class Marks {
          @Target(ElementType.TYPE) @interface Mark { Level value(); }
          enum Level { LOW }
        }
        """;
    javac()
        .source("app/Marks.java", marks)
        .source("app/Marked.java", "package app; @Marks.Mark(Marks.Level.LOW) class Marked {}")
        .compile();
    for (Path each : Javac.filesIn(folder.resolve("classes/app"), ".class")) {
      if (each.getFileName().toString().startsWith("Marks")) {
        Files.delete(each);
      }
    }
    Javac.Result result =
        javacAgain()
            .source("app/Marks.java", marks)
            .source(
                "app/User.java",
                """
                package app;
                class User extends Marked {
                  @io.fermata.Coroutine static String use() { return "" + Marks.Level.LOW; }
                }
                """)
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(List.of(), result.messages());
    assertTrue(result.classFiles().containsKey("app/UserAsync.class"));
  }

  @Test
  void an_annotation_of_declarations_and_types_is_written_once() {
    Javac.Result result =
        javac()
            .source(
                "app/Nullable.java",
                """
                package app;
                import java.lang.annotation.*;
                @Retention(RetentionPolicy.RUNTIME)
                @Target({ElementType.PARAMETER, ElementType.TYPE_USE})
                @interface Nullable {}
                """)
            .source(
                "app/Hello.java",
                """
                package app;
                import io.fermata.Coroutine;
                class Hello {
                  @Coroutine static void say(
                      @Nullable String one, @Nullable String[][] two, @Nullable String... three) {}
                }
                """)
            .processors(new CoroutineProcessor())
            .compile();
    assertEquals(List.of(), result.messages());
  }
}
