package io.fermata.conformance.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/**
 * A Java source.
 *
 * @param className the name of its top-level class, with its package
 */
public record SourceText(String className, String text) {

  /** Reads the source of {@code className} below {@code root}. */
  public static SourceText read(Path root, Path file) {
    String path = root.relativize(file).toString();
    String name = path.substring(0, path.length() - ".java".length()).replace('/', '.');
    try {
      return new SourceText(name, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of its class without the package. */
  public String simpleName() {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /** For javac. */
  JavaFileObject asFile() {
    URI uri = URI.create("string:///" + className.replace('.', '/') + ".java");
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
