package io.fermata.conformance.eclipse;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ServiceLoader;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The compilers that are compared. Eclipse's stands in a class loader that sees no class of
 * javac's, as in the IDE.
 */
final class Compilers implements AutoCloseable {

  static final Path ECJ = Path.of("target/test-inputs/ecj.jar");
  static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

  private final URLClassLoader loader;

  Compilers() throws MalformedURLException {
    loader =
        new URLClassLoader(new URL[] {ECJ.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }

  /** A new one: it keeps what it is told of modules from one compile to the next. */
  JavaCompiler eclipse() {
    return ServiceLoader.load(JavaCompiler.class, loader).stream()
        .filter(each -> each.type().getClassLoader() == loader)
        .findFirst()
        .orElseThrow()
        .get();
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
