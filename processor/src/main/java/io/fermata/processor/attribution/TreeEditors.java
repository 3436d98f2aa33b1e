package io.fermata.processor.attribution;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;

/**
 * The processors beside ours that edit the trees of the user's classes, which is to say Lombok's:
 * the nested compile must run them to see what the outer one sees.
 */
public final class TreeEditors {

  private TreeEditors() {}

  /** New instances of those on the processor path. */
  static List<Processor> find() {
    return editors().map(ServiceLoader.Provider::get).toList();
  }

  /** Whether there are any on the processor path. */
  static boolean exist() {
    return editors().findAny().isPresent();
  }

  /** Their classes. */
  public static List<Class<? extends Processor>> types() {
    return editors().<Class<? extends Processor>>map(ServiceLoader.Provider::type).toList();
  }

  private static Stream<ServiceLoader.Provider<Processor>> editors() {
    List<ServiceLoader.Provider<Processor>> editors = new ArrayList<>();
    Iterator<ServiceLoader.Provider<Processor>> all =
        ServiceLoader.load(Processor.class, TreeEditors.class.getClassLoader()).stream().iterator();
    while (true) {
      try {
        if (!all.hasNext()) {
          return editors.stream();
        }
        ServiceLoader.Provider<Processor> each = all.next();
        if (each.type().getName().startsWith("lombok.")) {
          editors.add(each);
        }
      } catch (ServiceConfigurationError e) {
        // One that can't be loaded: javac tells it, if it is to run.
      }
    }
  }
}
