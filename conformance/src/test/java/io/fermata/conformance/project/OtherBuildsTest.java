package io.fermata.conformance.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Compilers and builds that take minutes to fetch: {@code -Pother-builds}. */
@EnabledIfSystemProperty(named = "fermata.otherBuilds", matches = "true")
class OtherBuildsTest {
  private static final Path PROJECTS = Path.of("src/it");

  @TempDir Path temporary;
  private PublishedRepository repository;

  @BeforeEach
  void publish() throws IOException {
    repository = PublishedRepository.in(temporary.resolve("repository"));
  }

  @AfterEach
  void closeRepository() throws IOException {
    repository.close();
  }

  /** Kotlin's own processing compiles the twins of Java's coroutines, for Kotlin and Java. */
  @Test
  void kapt() throws IOException, InterruptedException {
    Path project = copyOf("kapt-project");
    maven(project, "compile", "dependency:build-classpath", "-Dmdep.outputFile=classpath");
    String classPath =
        project.resolve("target/classes")
            + File.pathSeparator
            + Files.readString(project.resolve("classpath"));
    assertEquals("42", Command.java(project, "-cp", classPath, "hello.MainKt").strip());
  }

  /** Headers for a build that compiles bodies elsewhere: the twins have their signatures. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_25)
  void turbine() throws IOException, InterruptedException {
    Path project = copyOf("turbine-project");
    maven(project, "dependency:build-classpath", "-Dmdep.outputFile=classpath");
    Command.java(
        project,
        "-cp",
        Files.readString(project.resolve("classpath")),
        "com.google.turbine.main.Main",
        "--sources",
        "Hello.java",
        "--classpath",
        PublishedRepository.runtimeJar().toString(),
        System.getProperty("jspecify.jar", ""),
        "--processors",
        "io.fermata.processor.CoroutineProcessor",
        "--processorpath",
        PublishedRepository.processorJar().toString(),
        "--output",
        "headers.jar",
        "--javacopts",
        "--release",
        "17",
        "--");
    String signatures = Command.javap(project, "-cp", "headers.jar", "hello.HelloAsync");
    assertTrue(
        signatures.contains("static io.fermata.Coro<java.lang.Integer> answer()"), signatures);
  }

  private void maven(Path project, String... goals) throws IOException, InterruptedException {
    Stream<String> options = Stream.of("-B", "-q", "-Dmaven.repo.local=" + repository.root());
    Command.maven(project, Stream.concat(options, Stream.of(goals)).toArray(String[]::new));
  }

  private Path copyOf(String name) throws IOException {
    Path from = PROJECTS.resolve(name);
    Path to = temporary.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return to;
  }
}
