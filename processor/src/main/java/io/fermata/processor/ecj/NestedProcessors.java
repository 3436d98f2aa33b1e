package io.fermata.processor.ecj;

import io.fermata.processor.attribution.TreeEditors;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.Processor;
import org.jspecify.annotations.Nullable;

/**
 * The processors that javac is to run: ours, behind those that edit trees. In an IDE the classes of
 * {@code com.sun.source} are hidden from what it loads, so that they are loaded once more, where
 * javac is, for one compile.
 */
final class NestedProcessors implements AutoCloseable {

  private static final String TREES = "com.sun.source.util.Trees";

  private final List<Processor> processors = new ArrayList<>();
  private final @Nullable URLClassLoader loader;

  private NestedProcessors(@Nullable URLClassLoader loader) {
    this.loader = loader;
  }

  /** Makes new ones. */
  static NestedProcessors load(Class<? extends Processor> ours) {
    List<Class<? extends Processor>> types = new ArrayList<>(TreeEditors.types());
    types.add(ours);
    NestedProcessors nested =
        new NestedProcessors(seesTrees(ours.getClassLoader()) ? null : besideJavac(types));
    types.forEach(nested::add);
    return nested;
  }

  private static URLClassLoader besideJavac(List<Class<? extends Processor>> types) {
    return new URLClassLoader(
        types.stream()
            .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
            .distinct()
            .toArray(URL[]::new),
        ClassLoader.getSystemClassLoader());
  }

  private static boolean seesTrees(ClassLoader loader) {
    try {
      Class.forName(TREES, false, loader);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private void add(Class<? extends Processor> type) {
    try {
      Class<?> nested = loader == null ? type : loader.loadClass(type.getName());
      Constructor<?> constructor = nested.getDeclaredConstructor();
      constructor.setAccessible(true);
      processors.add((Processor) constructor.newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  List<Processor> processors() {
    return processors;
  }

  @Override
  public void close() throws IOException {
    if (loader != null) {
      loader.close();
    }
  }
}
