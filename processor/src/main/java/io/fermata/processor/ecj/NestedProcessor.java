package io.fermata.processor.ecj;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import javax.annotation.processing.Processor;

/**
 * The processor as javac sees it. In an IDE the classes of {@code com.sun.source} are hidden from
 * what it loads, so that the processor is loaded once more, where javac is, for one compile.
 */
final class NestedProcessor implements AutoCloseable {

  private static final String TREES = "com.sun.source.util.Trees";

  private final Processor processor;
  private final AutoCloseable loader;

  private NestedProcessor(Processor processor, AutoCloseable loader) {
    this.processor = processor;
    this.loader = loader;
  }

  static NestedProcessor load(Class<? extends Processor> type) {
    try {
      if (seesTrees(type.getClassLoader())) {
        return new NestedProcessor(type.getConstructor().newInstance(), () -> {});
      }
      CodeSource jar = type.getProtectionDomain().getCodeSource();
      URLClassLoader loader =
          new URLClassLoader(new URL[] {jar.getLocation()}, ClassLoader.getSystemClassLoader());
      Object processor = loader.loadClass(type.getName()).getConstructor().newInstance();
      return new NestedProcessor((Processor) processor, loader);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean seesTrees(ClassLoader loader) {
    try {
      Class.forName(TREES, false, loader);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  Processor processor() {
    return processor;
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
