package io.fermata.conformance.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same project, built again and again by Maven without {@code clean}. The versions of
 * maven-compiler-plugin up to 3.11.0 put the generated sources on the source path.
 *
 * <p>{@code -DcompilerPlugins="3.8.1 3.14.0"} takes other versions, with the Maven that runs this
 * test: version 4 of the plugin takes Maven 4.
 */
class IncrementalMavenTest {
  private static final Path PROJECT = Path.of("src/it/user-project");

  private static final String A =
      """
      package hello;

      import static io.fermata.Async.await;
      import static io.fermata.Async.sleep;

      import io.fermata.Coroutine;
      import java.time.Duration;

      final class A {
        private A() {}

        @Coroutine
        static int one() {
          await(sleep(Duration.ZERO));
          return 1;
        }
      }
      """;

  private static final String MAIN =
      """
      package hello;

      import static io.fermata.Async.run;

      public final class Hello {
        private Hello() {}

        public static void main(String[] args) {
          System.out.println(run(AAsync.one()));
        }
      }
      """;

  static Stream<String> versions() {
    return Stream.of(System.getProperty("compilerPlugins", "3.11.0").split(" "));
  }

  @TempDir Path temporary;

  @ParameterizedTest
  @MethodSource("versions")
  void eachBuild_hasTheTwinsOfItsSources(String version) throws IOException, InterruptedException {
    Path project = temporary.resolve("project");
    Files.createDirectories(project.resolve(".mvn")); // where version 4 finds the project's root
    String pom = Files.readString(PROJECT.resolve("pom.xml"));
    Files.writeString(
        project.resolve("pom.xml"),
        pom.replace("<version>3.14.0</version>", "<version>" + version + "</version>")
            .replace("<failOnWarning>true</failOnWarning>", ""));
    try (PublishedRepository repository = PublishedRepository.in(temporary.resolve("repository"))) {
      Build build = new Build(project, repository);
      build.write("A", A);
      build.write("Hello", MAIN);
      assertEquals("1", build.run());

      build.write("A", A.replace("return 1", "return 2"));
      assertEquals("2", build.run());

      build.write("A", A.replace("one()", "uno()"));
      build.write("Hello", MAIN.replace("one()", "uno()"));
      assertEquals("1", build.run());

      build.write("A", A.replace("one()", "uno()").replaceAll("@Coroutine|.*await.*", ""));
      build.write("Hello", MAIN.replace("run(AAsync.one())", "A.uno()").replaceAll("import.*", ""));
      assertEquals("1", build.run());

      build.write("B", A.replace(" A", " B"));
      Files.delete(build.file("A"));
      build.write("Hello", MAIN.replace("AAsync", "BAsync"));
      assertEquals("1", build.run());
      assertTrue(Files.exists(project.resolve("target/classes/hello/BAsync.class")));
    }
  }

  private record Build(Path project, PublishedRepository repository) {

    Path file(String name) {
      return project.resolve("src/main/java/hello/" + name + ".java");
    }

    void write(String name, String text) throws IOException {
      Files.createDirectories(file(name).getParent());
      Files.writeString(file(name), text);
    }

    String run() throws IOException, InterruptedException {
      Command.maven(project, "-B", "-q", "-Dmaven.repo.local=" + repository.root(), "compile");
      Path classes = project.resolve("target/classes");
      String classPath = classes + File.pathSeparator + PublishedRepository.runtimeJar();
      return Command.java(project, "-cp", classPath, "hello.Hello").strip();
    }
  }
}
