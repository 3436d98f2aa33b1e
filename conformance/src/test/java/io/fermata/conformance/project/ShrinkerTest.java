package io.fermata.conformance.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proguard.Configuration;
import proguard.ConfigurationParser;
import proguard.ProGuard;

/** ProGuard takes out, renames and merges what it can; the rules in the jar are all it is told. */
class ShrinkerTest {
  private static final String HELLO =
      """
      package app;

      import static io.fermata.Async.*;

      import io.fermata.*;
      import java.time.Duration;

      public class Hello {
        int sum;

        @Coroutine
        int fails(int count) {
          await(sleep(Duration.ofMillis(1)));
          if (count > 2) {
            throw new IllegalStateException("at " + sum);
          }
          return count;
        }

        @Coroutine
        void adds() {
          for (int i = 0; ; i++) {
            sum += await(HelloAsync.fails(this, i));
          }
        }

        public static void main(String[] arguments) {
          try {
            run(HelloAsync.adds(new Hello()));
          } catch (IllegalStateException e) {
            e.printStackTrace();
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void whatIsLeftRunsAndTellsTheUsersLines() throws Exception {
    compile();
    shrink();
    String plain = run();
    assertEquals(
        """
        java.lang.IllegalStateException: at 3
        \tat app.Hello.fails(Hello.java:15)
        \tat app.Hello.adds(Hello.java:23)
        \tat app.Hello.main(Hello.java:29)
        """,
        plain);
    assertEquals(plain, run("-Dfermata.trace=trace.html"));
    assertTrue(Files.readString(folder.resolve("trace.html")).contains("Hello.adds"));
    assertTrue(run("-Dfermata.debug=true").contains("at app.Hello.adds(Hello.java:23)"));
  }

  private void compile() throws IOException, InterruptedException {
    Path source = Files.createDirectories(folder.resolve("app")).resolve("Hello.java");
    Files.writeString(source, HELLO);
    Command.javac(
        folder,
        "--release",
        "17",
        "-cp",
        PublishedRepository.runtimeJar()
            + File.pathSeparator
            + System.getProperty("jspecify.jar", ""),
        "-processorpath",
        PublishedRepository.processorJar().toString(),
        "-s",
        Files.createDirectories(folder.resolve("generated")).toString(),
        "-d",
        Files.createDirectories(folder.resolve("classes")).toString(),
        source.toString());
  }

  private void shrink() throws Exception {
    Path rules = folder.resolve("fermata.pro");
    Files.write(rules, rulesOfTheJar());
    List<String> arguments =
        List.of(
            "-injars",
            folder.resolve("classes").toString(),
            "-injars",
            PublishedRepository.runtimeJar() + "(!META-INF/versions/**,!module-info.class)",
            "-outjars",
            folder.resolve("out.jar").toString(),
            "-libraryjars",
            library("java.base"),
            "-libraryjars",
            library("java.management"),
            "-include",
            rules.toString(),
            "-keep class app.Hello { public static void main(java.lang.String[]); }");
    Configuration configuration = new Configuration();
    try (ConfigurationParser parser =
        new ConfigurationParser(arguments.toArray(String[]::new), System.getProperties())) {
      parser.parse(configuration);
    }
    new ProGuard(configuration).execute();
    long before = Files.size(PublishedRepository.runtimeJar());
    assertTrue(Files.size(folder.resolve("out.jar")) < before / 2, "nothing was taken out");
  }

  /** The classes of a module; not every JDK has them as files any more (JEP 493). */
  private String library(String module) throws IOException {
    Path image = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", module);
    Path jar = folder.resolve(module + ".jar");
    try (Stream<Path> files = Files.walk(image);
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (Path each : files.toList()) {
        if (each.toString().endsWith(".class") && !each.endsWith("module-info.class")) {
          out.putNextEntry(new ZipEntry(image.relativize(each).toString()));
          Files.copy(each, out);
        }
      }
    }
    return jar.toString();
  }

  private static byte[] rulesOfTheJar() throws IOException {
    try (JarFile jar = new JarFile(PublishedRepository.runtimeJar().toFile());
        InputStream in = jar.getInputStream(jar.getEntry("META-INF/proguard/fermata.pro"))) {
      return in.readAllBytes();
    }
  }

  private String run(String... options) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(options), Stream.of("-cp", "out.jar", "app.Hello")).toList();
    return Command.java(folder, command.toArray(String[]::new));
  }
}
