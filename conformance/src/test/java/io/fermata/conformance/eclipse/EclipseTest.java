package io.fermata.conformance.eclipse;

import static io.fermata.conformance.eclipse.Build.filesIn;
import static io.fermata.conformance.eclipse.Build.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.conformance.project.Command;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.SimpleJavaFileObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch ECJ is run as users run it: with the jars, and with javac out of its sight. */
class EclipseTest {

  private static final Path EXAMPLES = Path.of("../example-app/src/main/java");
  private static final Path NEGATIVES = Path.of("../processor/src/test/resources/negatives");

  private static Compilers compilers;

  @TempDir Path folder;

  @BeforeAll
  static void open() throws IOException {
    compilers = new Compilers();
  }

  @AfterAll
  static void close() throws IOException {
    compilers.close();
  }

  private Build eclipse() {
    return new Build(compilers.eclipse(), folder.resolve("eclipse")).with("--release", "17");
  }

  private Build javac() {
    return new Build(Compilers.JAVAC, folder.resolve("javac")).with("--release", "17");
  }

  private Path source(String path, String... lines) {
    return write(folder.resolve("sources").resolve(path), String.join("\n", lines) + "\n");
  }

  private Path hello(String... body) {
    return source(
        "app/Hello.java",
        "package app;",
        "import static io.fermata.Async.*;",
        "import io.fermata.Coroutine;",
        "class Hello {",
        "  @Coroutine static String hello(String who) {",
        "    await(sleep(java.time.Duration.ZERO));",
        "    " + String.join("\n    ", body),
        "  }",
        "  public static void main(String[] args) {",
        "    System.out.println(run(HelloAsync.hello(\"world\")));",
        "  }",
        "}");
  }

  private String run(Build build) throws IOException, InterruptedException {
    String classPath =
        build.classes() + File.pathSeparator + System.getProperty("fermata.runtime.jar", "");
    return Command.java(folder, "-cp", classPath, "app.Hello").strip();
  }

  @Test
  void the_example_app_has_the_same_twins() {
    List<Path> files = filesIn(EXAMPLES, ".java");

    Build eclipse = eclipse();
    Build.Result result = eclipse.compile(files);
    Build javac = javac().with("-proc:only");
    javac.compile(files);

    assertEquals(List.of(), result.errors());
    assertFalse(javac.twins().isEmpty());
    assertEquals(javac.twins(), eclipse.twins());
  }

  @Test
  void what_is_wrong_is_told_at_the_same_lines() {
    List<Path> files = filesIn(NEGATIVES, ".java");
    String junit = placeOf(Test.class).toString();

    List<String> found = eclipse().onClassPath(junit).compile(files).findings();

    Build javac = javac().onClassPath(junit).with("-Xmaxerrs", "9999", "-Xmaxwarns", "9999");
    List<String> expected = javac.compile(files).findings();
    assertFalse(expected.isEmpty());
    assertEquals(String.join("\n", expected), String.join("\n", found));
  }

  private static Path placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_finding_marks_what_javac_marks() {
    Path file = hello("await(sleep(java.time.Duration.ZERO)).run();", "return who;");
    source(
        "app/Plain.java",
        "package app;",
        "class Plain {",
        "  void plain() {",
        "    int i = 0; HelloAsync.hello(\"a\");",
        "  }",
        "}");
    List<Path> files = List.of(file, folder.resolve("sources/app/Plain.java"));

    assertEquals(places(javac().compile(files), 0), places(eclipse().compile(files), 1));
  }

  /** Where findings begin and end; ECJ's ends are those of the last character. */
  private static List<String> places(Build.Result result, int more) {
    return result.diagnostics().stream()
        .filter(each -> each.getMessage(null).startsWith("[fermata:never-awaited]"))
        .map(each -> each.getStartPosition() + "-" + (each.getEndPosition() + more))
        .toList();
  }

  @Test
  void what_other_processors_make_in_later_rounds_is_waited_for() {
    List<String> twins =
        List.of("LaterClasses,Coroutine", "Coroutine,LaterClasses").stream()
            .map(this::twinThatUsesLaterClasses)
            .distinct()
            .toList();

    assertEquals(1, twins.size(), "the same twin in either order");
    assertTrue(twins.get(0).contains("Later2.value()"), twins.get(0));
  }

  private String twinThatUsesLaterClasses(String order) {
    Path file = hello("int a = Later1.value();", "await(Hello2Async.wait(a));", "return who + a;");
    Path other =
        source(
            "app/Hello2.java",
            "package app;",
            "import static io.fermata.Async.*;",
            "class Hello2 {",
            "  @io.fermata.Coroutine static void wait(int i) {",
            "    await(sleep(java.time.Duration.ofNanos(Later2.value() + i)));",
            "  }",
            "}");
    String names =
        order
            .replace("LaterClasses", LaterClasses.class.getName())
            .replace("Coroutine", "io.fermata.processor.CoroutineProcessor");
    Build build = eclipse().onProcessorPath(Path.of("target/test-classes"));
    Build.Result result = build.with("-processor", names).compile(List.of(file, other));
    assertEquals(List.of(), result.errors());
    return build.twin("app/Hello2Async.java");
  }

  @Test
  void text_that_is_on_no_disk_is_compiled() throws IOException, InterruptedException {
    Path file = hello("return who + \" as saved\";");
    String edited = Build.text(file).replace("as saved", "as edited");
    Build build = eclipse();

    Build.Result result = build.compileObjects(List.of(new Edited(file.toUri(), edited)));

    assertEquals(List.of(), result.errors());
    assertEquals("world as edited", run(build));
  }

  private static final class Edited extends SimpleJavaFileObject {
    private final String text;

    Edited(URI uri, String text) {
      super(uri, Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  @Test
  void a_second_build_writes_a_twin_again_that_is_on_its_class_path()
      throws IOException, InterruptedException {
    eclipse().compile(List.of(hello("return \"hello \" + who;")));
    Build second = eclipse();

    Build.Result result =
        second
            .onClassPath(second.classes().toString())
            .compile(List.of(hello("return \"bye \" + who;")));

    assertEquals(List.of(), result.errors());
    assertEquals("bye world", run(second));
  }

  @Test
  void an_error_of_syntax_leaves_the_coroutines_of_other_files_alone() {
    Path broken = source("app/Broken.java", "package app;", "class Broken {", "  int i = ;", "}");
    Build build = eclipse();

    Build.Result result = build.compile(List.of(broken, hello("return who;")));

    assertEquals(1, result.errors().size(), result.errors()::toString);
    assertTrue(result.errors().get(0).startsWith("Broken.java:3"), result.errors()::toString);
    assertTrue(build.twin("app/HelloAsync.java").contains("await(task, Async.sleep"));
  }

  @Test
  void an_error_in_a_coroutine_is_told_once_and_by_Eclipse() {
    Build build = eclipse();

    Build.Result result = build.compile(List.of(hello("return who.size();")));

    assertEquals(1, result.errors().size(), result.errors()::toString);
    assertTrue(
        result.errors().get(0).contains("method size() is undefined for the type"),
        result.errors()::toString);
    assertEquals(Set.of("app/HelloAsync.java"), build.twins().keySet());
  }

  @Test
  void an_error_that_only_javac_sees_is_told() {
    Build build = eclipse().with("-Afermata.classpath=" + folder.resolve("nothing"));

    Build.Result result = build.compile(List.of(hello("return who;")));

    assertEquals(1, result.errors().size(), result.errors()::toString);
    assertTrue(
        result
            .errors()
            .get(0)
            .startsWith(
                "Hello.java:2 ERROR javac finds an error here, and Eclipse does not: package"
                    + " io.fermata does not exist"),
        result.errors()::toString);
    assertEquals(Set.of("app/HelloAsync.java"), build.twins().keySet());
  }

  @Test
  void code_without_coroutines_is_left_alone() {
    Path plain = source("app/Plain.java", "package app;", "class Plain { int i = 1; }");
    Build without = eclipse().with("-proc:none");
    without.compile(List.of(plain));
    Map<String, String> expected = Build.contents(without.classes(), ".class", Build::hexOf);

    Build with = eclipse();
    Build.Result result = with.compile(List.of(plain));

    assertEquals(List.of(), result.diagnostics());
    assertEquals(Map.of(), with.twins());
    assertEquals(expected, Build.contents(with.classes(), ".class", Build::hexOf));
  }

  @Test
  void a_module_is_compiled() throws IOException, InterruptedException {
    Path module = source("module-info.java", "module app { requires io.fermata; }");
    Build build = eclipse();

    Build.Result result =
        build
            .with("--module-path", System.getProperty("fermata.runtime.jar", ""))
            .compile(List.of(module, hello("return who;")));

    assertEquals(List.of(), result.errors());
    assertEquals("world", run(build));
  }

  @Test
  void a_JVM_without_a_compiler_makes_twins_that_say_so() throws IOException, InterruptedException {
    Build build = eclipse();
    Path file = hello("return who;");

    String said =
        Command.java(
            folder,
            "--limit-modules",
            "java.se,jdk.zipfs",
            "-jar",
            Compilers.ECJ.toAbsolutePath().toString(),
            "--release",
            "17",
            "-d",
            build.classes().toString(),
            "-s",
            build.generated().toString(),
            "-cp",
            System.getProperty("fermata.runtime.jar", ""),
            "-processorpath",
            System.getProperty("fermata.processor.jar", ""),
            file.toString());

    String why =
        "Coroutines are compiled by the JDK's compiler, and this JVM has none. Run Eclipse";
    assertTrue(said.contains(why), said);
    assertTrue(said.contains("Hello.java (at line 4)"), said);
    assertTrue(build.twin("app/HelloAsync.java").contains(why));
  }
}
