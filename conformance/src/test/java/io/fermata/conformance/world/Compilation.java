package io.fermata.conformance.world;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What javac made of some sources.
 *
 * @param classes the folder with the class files
 * @param generated the folder with the generated sources
 * @param errors what javac said; empty if all went well
 * @param warnings what javac said besides
 */
public record Compilation(
    Path classes, Path generated, List<String> errors, List<String> warnings) {

  /** Whether there are class files. */
  public boolean succeeded() {
    return errors.isEmpty();
  }

  /** A loader of the classes. */
  ClassLoader load(ClassLoader parent) {
    try {
      return new URLClassLoader(new URL[] {classes.toUri().toURL()}, parent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes what javac wrote. */
  void delete() {
    Folders.delete(requireNonNull(classes.getParent()));
  }

  /** The generated source of {@code className}, or why there is none. */
  public String generatedSource(String className) {
    Path file = generated.resolve(className.replace('.', '/') + ".java");
    try {
      return Files.exists(file) ? Files.readString(file) : "(no " + className + " was generated)";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
