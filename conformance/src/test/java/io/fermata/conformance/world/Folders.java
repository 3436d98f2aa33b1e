package io.fermata.conformance.world;

import java.nio.file.Path;

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

  private static Path module() {
    return Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
  }
}
