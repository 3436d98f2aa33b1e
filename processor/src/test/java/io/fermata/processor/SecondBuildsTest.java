package io.fermata.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic.Kind;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Builds that find what earlier ones have left: classes in the output, and generated sources on the
 * source path or among the sources. A build is up to date or an error; none lies.
 */
class SecondBuildsTest {

  private static final String A =
      """
      package p;
      import static io.fermata.Async.*;
      import io.fermata.Coroutine;
      class A {
        @Coroutine static int one() { await(sleep(java.time.Duration.ZERO)); return 1; }
        static class In {
          @Coroutine static int two() { await(sleep(java.time.Duration.ZERO)); return 20; }
        }
      }
      """;

  private static final String B =
      """
      package p;
      import static io.fermata.Async.*;
      import io.fermata.Coroutine;
      public class B {
        @Coroutine static int sum() {
          return await(AAsync.one()) + await(A_InAsync.two());
        }
        public static int result() { return run(BAsync.sum()); }
      }
      """;

  private static final String IN =
      A.substring(A.indexOf("  static class In"), A.lastIndexOf("}\n"));

  /** What is done between two builds, what the second one compiles, and what comes of it. */
  private record Step(String name, List<Edit> edits, List<String> compiled, String outcome) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The new text of a file; none if it is deleted with its classes. */
  private record Edit(String file, String text) {}

  private static Edit edit(String file, String text) {
    return new Edit(file, text);
  }

  private static Step step(String name, List<Edit> edits, List<String> compiled, String outcome) {
    return new Step(name, edits, compiled, outcome);
  }

  static Stream<Step> steps() {
    List<String> both = List.of("A", "B");
    String uno = A.replace("one()", "uno()");
    String plain = A.replaceAll("@Coroutine", "").replace("await(", "run(");
    return Stream.of(
        step("nothing", List.of(), both, "21"),
        step("a body is edited", List.of(edit("A", A.replace("1;", "3;"))), List.of("A"), "23"),
        step(
            "a signature is edited",
            List.of(
                edit("A", A.replace("one()", "one(int n)").replace("1;", "n;")),
                edit("B", B.replace("one()", "one(5)"))),
            both,
            "25"),
        step(
            "a coroutine is renamed",
            List.of(edit("A", uno), edit("B", B.replace("one()", "uno()"))),
            both,
            "21"),
        step(
            "a coroutine is renamed, but not its use",
            List.of(edit("A", uno)),
            both,
            "B.java:6 cannot find symbol"),
        step(
            "all coroutines of a class are gone",
            List.of(edit("A", plain), edit("B", B.replaceAll("return await.*", "return 7;"))),
            both,
            "7"),
        step(
            "all coroutines of a class are gone, but not their uses",
            List.of(edit("A", plain)),
            both,
            "B.java:6 stale-twin, B.java:6 stale-twin"),
        step(
            "a use of what is gone is compiled later",
            List.of(edit("A", plain)),
            List.of("A", "then", "B"),
            "B.java:6 stale-twin, B.java:6 stale-twin"),
        step(
            "a class inside is gone, but not its use",
            List.of(edit("A", A.replace(IN, ""))),
            both,
            "B.java:6 stale-twin"),
        step(
            "a class is renamed",
            List.of(
                edit("A", ""),
                edit("A2", A.replace("class A ", "class A2 ")),
                edit("B", B.replaceAll("A(Async|_)", "A2$1"))),
            List.of("A2", "B"),
            "21"),
        step(
            "a file is deleted, but not what uses it",
            List.of(edit("A", "")),
            List.of("B"),
            "B.java:6 stale-twin, B.java:6 stale-twin"),
        step(
            "a class moves to another file",
            List.of(
                edit("A", A.replace(IN, "")),
                edit("A_In", A.replace("class A ", "class A_In ").replace(IN, "")),
                edit("B", B.replace("A_InAsync.two", "A_InAsync.one"))),
            List.of("A", "A_In", "B"),
            "2"),
        step(
            "the file that is edited is not among those to compile",
            List.of(edit("A", A.replace("1;", "3;"))),
            List.of("B"),
            "A.java:6 stale-twin, A.java:4 stale-twin"));
  }

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("steps")
  void with_generated_sources_on_the_source_path(Step step) throws Exception {
    assertEquals(step.outcome(), outcome(step, this::onSourcePath));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void with_classes_in_the_output_alone(Step step) throws Exception {
    assertEquals(step.outcome(), outcome(step, this::onClassPath));
  }

  private interface Build {
    List<String> run(List<String> compiled) throws IOException;
  }

  private String outcome(Step step, Build build) throws Exception {
    write("A", A, -100);
    write("B", B, -100);
    assertEquals(List.of(), build.run(List.of("A", "B")));
    assertEquals("21", result());
    for (Edit each : step.edits()) {
      write(each.file(), each.text(), 100);
    }
    int then = step.compiled().indexOf("then");
    if (then >= 0) {
      assertEquals(List.of(), build.run(step.compiled().subList(0, then)));
      for (Edit each : step.edits()) {
        write(each.file(), each.text(), -100);
      }
    }
    List<String> errors = build.run(step.compiled().subList(then + 1, step.compiled().size()));
    return errors.isEmpty() ? result() : String.join(", ", errors);
  }

  @Test
  void with_generated_sources_among_the_sources_what_is_unchanged_is_taken_as_it_is()
      throws Exception {
    write("A", A, -100);
    write("B", B, -100);
    onSourcePath(List.of("A", "B"));
    assertEquals(List.of(), compile(withGenerated("A", "B"), List.of()));
    assertEquals("21", result());
  }

  @Test
  void with_generated_sources_among_the_sources_what_is_changed_is_an_error() throws Exception {
    write("A", A, -100);
    write("B", B, -100);
    onSourcePath(List.of("A", "B"));
    write("A", A.replace("return 1;", "return 3;"), -100);
    assertEquals(List.of("A.java:4 stale-twin"), compile(withGenerated("A", "B"), List.of()));
  }

  @Test
  void with_generated_sources_among_the_sources_the_twin_of_what_is_gone_is_an_error()
      throws Exception {
    write("A", A, -100);
    write("B", B, -100);
    onSourcePath(List.of("A", "B"));
    write("B", B.replace(" + await(A_InAsync.two())", ""), -100);
    write("A", A.replace("return 1;", "return 3;").replace(IN, ""), -100);
    Files.delete(generated().resolve("p/AAsync.java"));
    Files.delete(generated().resolve("p/BAsync.java"));
    assertEquals(
        List.of("A_InAsync.java:17 stale-twin"), compile(withGenerated("A", "B"), List.of()));
  }

  @Test
  void a_class_found_on_the_source_path_reaches_the_bodies() throws Exception {
    write("A", A.replace("static int one() {", "static int one() { new C().n++;"), -100);
    write("C", "package p; class C extends D { E e; } class D { int n; }", -100);
    write("E", "package p; class E extends Unused {} class Unused {}", -100);
    write("B", B, -100);
    assertEquals(List.of(), onSourcePath(List.of("A", "B")));
    assertEquals("21", result());
  }

  @Test
  void a_field_whose_class_is_on_the_source_path_does_no_harm() throws Exception {
    write("A", A.replace("class A {", "class A { C f;"), -100);
    write("C", "package p; class C {}", -100);
    write("B", B, -100);
    assertEquals(List.of(), onSourcePath(List.of("A", "B")));
    assertTrue(Files.exists(classes().resolve("p/C.class")));
  }

  @Test
  void what_is_in_the_same_package_and_not_used_is_not_compiled() throws Exception {
    write("A", A, -100);
    write("B", B, -100);
    write("Broken", "package p; class Broken extends Missing {}", -100);
    assertEquals(List.of(), onSourcePath(List.of("A", "B")));
    assertFalse(Files.exists(classes().resolve("p/Broken.class")));
  }

  // How it is compiled

  private List<String> onSourcePath(List<String> compiled) throws IOException {
    return compile(
        compiled.stream().map(this::source).toList(),
        List.of("-sourcepath", sources() + File.pathSeparator + generated()));
  }

  private List<String> onClassPath(List<String> compiled) throws IOException {
    return compile(
        compiled.stream().map(this::source).toList(), List.of("-sourcepath", sources().toString()));
  }

  private List<Path> withGenerated(String... compiled) {
    List<Path> files = new ArrayList<>();
    List.of(compiled).forEach(each -> files.add(source(each)));
    files.addAll(Javac.filesIn(generated(), ".java"));
    return files;
  }

  private List<String> compile(List<Path> files, List<String> options) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    Files.createDirectories(classes());
    Files.createDirectories(generated());
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-d", classes().toString(), "-s", generated().toString()));
    all.addAll(
        List.of("-cp", Javac.placeOf("io.fermata.Coroutine") + File.pathSeparator + classes()));
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
      JavaCompiler.CompilationTask task =
          javac.getTask(
              null, manager, diagnostics, all, null, manager.getJavaFileObjectsFromPaths(files));
      task.setProcessors(List.of(new CoroutineProcessor()));
      task.call();
    }
    return diagnostics.getDiagnostics().stream()
        .filter(each -> each.getKind() == Kind.ERROR)
        .map(SecondBuildsTest::line)
        .toList();
  }

  private static String line(javax.tools.Diagnostic<? extends JavaFileObject> each) {
    String message = each.getMessage(Locale.ROOT).lines().findFirst().orElse("");
    String shown =
        message.startsWith("[fermata:")
            ? message.substring("[fermata:".length(), message.indexOf(']'))
            : message;
    String file =
        each.getSource() == null
            ? ""
            : Path.of(each.getSource().getName()).getFileName() + ":" + each.getLineNumber() + " ";
    return file + shown;
  }

  private String result() throws Exception {
    URL[] path = {classes().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      return String.valueOf(loader.loadClass("p.B").getMethod("result").invoke(null));
    }
  }

  private void write(String name, String text, int seconds) throws IOException {
    Path file = source(name);
    if (text.isEmpty()) {
      Files.delete(file);
      for (Path each : Javac.filesIn(classes(), ".class")) {
        String simple = each.getFileName().toString();
        if (simple.equals(name + ".class") || simple.startsWith(name + "$")) {
          Files.delete(each);
        }
      }
      return;
    }
    Javac.write(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
  }

  private Path source(String name) {
    return sources().resolve("p").resolve(name + ".java");
  }

  private Path sources() {
    return folder.resolve("sources");
  }

  private Path generated() {
    return folder.resolve("generated");
  }

  private Path classes() {
    return folder.resolve("classes");
  }
}
