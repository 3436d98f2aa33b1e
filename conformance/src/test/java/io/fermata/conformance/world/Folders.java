package io.fermata.conformance.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where this module's test sources lie. */
public final class Folders {
  private Folders() {}

  /** The folder of test sources. */
  public static Path sources() {
    return module().resolve("src/test/java");
  }

  /** The folder of test resources. */
  public static Path resources() {
    return module().resolve("src/test/resources");
  }

  /** A new folder that is deleted when the tests end. */
  static Path temporary() {
    try {
      Path folder = Files.createTempDirectory("fermata-conformance");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path module() {
    return Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
  }
}
