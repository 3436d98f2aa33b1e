package io.fermata.conformance.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A local Maven repository in which this build's artifacts stand as if they had been published. All
 * else is linked to the repository of the running build, which has the plugins and stays as it is.
 */
final class PublishedRepository implements AutoCloseable {
  private static final Path BUILD = Path.of("..");
  private static final String VERSION = System.getProperty("fermata.version", "");

  private final Path root;

  private PublishedRepository(Path root) {
    this.root = root;
  }

  static PublishedRepository in(Path root) throws IOException {
    PublishedRepository repository = new PublishedRepository(root);
    repository.linkTo(Path.of(System.getProperty("maven.localRepository", "")));
    repository.publish("fermata-parent", "pom", BUILD.resolve("pom.xml"));
    repository.publish("fermata-runtime", "pom", BUILD.resolve("runtime/pom.xml"));
    repository.publish("fermata-runtime", "jar", runtimeJar());
    repository.publish(
        "fermata-processor", "pom", BUILD.resolve("processor/target/dependency-reduced-pom.xml"));
    repository.publish("fermata-processor", "jar", processorJar());
    return repository;
  }

  static Path runtimeJar() {
    return Path.of(System.getProperty("fermata.runtime.jar", ""));
  }

  static Path processorJar() {
    return Path.of(System.getProperty("fermata.processor.jar", ""));
  }

  Path root() {
    return root;
  }

  /** Deletes the links, so that nobody follows them who deletes the folder. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(root, 2)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  private void linkTo(Path original) throws IOException {
    Files.createDirectories(root.resolve("io/fermata"));
    linkChildren(original, root, "io");
    linkChildren(original.resolve("io"), root.resolve("io"), "fermata");
  }

  private static void linkChildren(Path from, Path to, String except) throws IOException {
    if (Files.notExists(from)) {
      return;
    }
    try (Stream<Path> children = Files.list(from)) {
      for (Path child : (Iterable<Path>) children::iterator) {
        String name = child.getFileName().toString();
        if (Files.isDirectory(child) && !name.equals(except)) {
          Files.createSymbolicLink(to.resolve(name), child.toRealPath());
        }
      }
    }
  }

  private void publish(String artifact, String extension, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(
          file + " is not there. Run the build up to 'package' at least: mvn verify.");
    }
    Path folder =
        Files.createDirectories(root.resolve("io/fermata").resolve(artifact).resolve(VERSION));
    Files.copy(file, folder.resolve(artifact + "-" + VERSION + "." + extension));
  }
}
