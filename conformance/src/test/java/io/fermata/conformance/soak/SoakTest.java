package io.fermata.conformance.soak;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.conformance.project.Command;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The soak program ends well in a heap of 64 MB. The build runs it short; the profile {@code soak}
 * of Maven does everything by the hundred thousand.
 */
final class SoakTest {
  private static final String TIMES = System.getProperty("fermata.soak.times", "10000");

  @TempDir Path folder;

  @Test
  void nothingIsLeftBehindInAHeapOf64Megabytes() throws IOException, InterruptedException {
    String output =
        Command.java(
            folder,
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path", ""),
            Soak.class.getName(),
            TIMES,
            System.getProperty("fermata.soak.work", ""));
    System.out.print(output);
    assertTrue(output.contains("nothing was left behind"), output);
  }
}
