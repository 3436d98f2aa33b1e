package io.fermata.conformance.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project in {@code src/it/user-project}, which is also README's first program. */
class UserProjectTest {
  private static final Path PROJECT = Path.of("src/it/user-project");
  private static final String PRINTED =
      """
      both are on their way
      hello
      world
      both have come
      """;

  @TempDir Path temporary;

  @Test
  void aProjectOfItsOwn_compilesWithMavenAndRuns() throws IOException, InterruptedException {
    Path project = copyOfTheProject();

    String maven;
    try (PublishedRepository repository = PublishedRepository.in(temporary.resolve("repository"))) {
      maven = Command.maven(project, "-B", "-Dmaven.repo.local=" + repository.root(), "compile");
    }

    assertFalse(maven.contains("[WARNING]"), maven);
    assertEquals(PRINTED, runHello(project.resolve("target/classes")));
    assertReadable(project.resolve("target/generated-sources/annotations/hello/HelloAsync.java"));
  }

  @Test
  void theSameSources_compileWithJavacAloneAndRun() throws IOException, InterruptedException {
    Path project = copyOfTheProject();

    String javac =
        Command.javac(
            project,
            "-Xlint:all,-try,-processing",
            "--processor-path",
            PublishedRepository.processorJar().toString(),
            "--class-path",
            PublishedRepository.runtimeJar().toString(),
            "-d",
            "classes",
            "src/main/java/hello/Hello.java");

    assertEquals("", javac);
    assertEquals(PRINTED, runHello(project.resolve("classes")));
    assertReadable(project.resolve("classes/hello/HelloAsync.java"));
  }

  @Test
  void theSameSources_compileAsAModuleWithTheProcessorOnAModulePath()
      throws IOException, InterruptedException {
    Path project = copyOfTheProject();
    Files.writeString(
        project.resolve("src/main/java/module-info.java"), "module hello { requires io.fermata; }");

    String javac =
        Command.javac(
            project,
            "-Xlint:all,-try",
            "-Werror",
            "--processor-module-path",
            PublishedRepository.processorJar().toString(),
            "--module-path",
            PublishedRepository.runtimeJar().toString(),
            "-d",
            "classes",
            "src/main/java/module-info.java",
            "src/main/java/hello/Hello.java");

    assertEquals("", javac);
    assertEquals(PRINTED, runHello(project.resolve("classes")));
  }

  @Test
  void readme_showsThisProgramAndWhatItPrints() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    String source = Files.readString(PROJECT.resolve("src/main/java/hello/Hello.java"));

    assertTrue(readme.contains("```java\n" + source + "```\n"), "README's first program");
    assertTrue(readme.contains("```text\n" + PRINTED + "```\n"), "what it prints");
  }

  /** It speaks of the user's lines, and keeps the user's names. */
  private static void assertReadable(Path generated) throws IOException {
    String source = Files.readString(generated);
    assertTrue(source.contains("// Hello.java:16  await(sleep(delay))"), source);
    assertTrue(source.contains("Coro<Void> sayAfter(Duration delay, String what)"), source);
    assertTrue(source.contains("System.out.println(what);"), source);
    assertFalse(source.contains("javapoet"), source);
  }

  private static String runHello(Path classes) throws IOException, InterruptedException {
    String classPath = classes + File.pathSeparator + PublishedRepository.runtimeJar();
    return Command.java(classes, "-cp", classPath, "hello.Hello").replace("\r\n", "\n");
  }

  private Path copyOfTheProject() throws IOException {
    Path copy = temporary.resolve("project");
    try (Stream<Path> files = Files.walk(PROJECT)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(PROJECT.relativize(file).toString()));
      }
    }
    return copy;
  }
}
