package io.fermata.conformance.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What the published jars tell build tools and the JVM. */
class ArtifactsTest {
  private static final String PROCESSOR = "io.fermata.processor.CoroutineProcessor";
  private static final String OWN_ANNOTATIONS = "io.fermata.processor.OwnAnnotationsProcessor";

  @Test
  void processor_isRegisteredAndIsolatingForGradle() throws IOException {
    Path jar = PublishedRepository.processorJar();

    assertEquals(
        PROCESSOR + "\n" + OWN_ANNOTATIONS,
        text(jar, "META-INF/services/javax.annotation.processing.Processor"));
    assertEquals(
        PROCESSOR + ",isolating\n" + OWN_ANNOTATIONS + ",isolating",
        text(jar, "META-INF/gradle/incremental.annotation.processors"));
  }

  @Test
  void processor_bringsItsLibrariesUnderNamesOfItsOwn() throws IOException {
    try (JarFile jar = new JarFile(PublishedRepository.processorJar().toFile())) {
      List<String> foreign =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.endsWith(".class") && !name.equals("module-info.class"))
              .filter(name -> !name.startsWith("io/fermata/"))
              .toList();
      assertEquals(List.of(), foreign);
    }
  }

  @Test
  void toThread_takesVirtualThreadsWhereTheJdkHasThem() throws IOException {
    try (JarFile jar = new JarFile(PublishedRepository.runtimeJar().toFile())) {
      assertTrue(jar.isMultiRelease());
    }
    String expected =
        Runtime.version().feature() >= 21 ? "java.lang.VirtualThread" : Thread.class.getName();
    assertEquals(
        expected, Async.run(Async.toThread(() -> Thread.currentThread().getClass().getName())));
  }

  private static String text(Path file, String name) throws IOException {
    try (JarFile jar = new JarFile(file.toFile());
        InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), UTF_8).strip();
    }
  }
}
