package io.fermata;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What coroutines of the runtime hold, and which there are. */
public final class HeldFields {
  private HeldFields() {}

  /**
   * What a coroutine holds in fields other than these, and besides what it is an inner class of.
   */
  public static List<String> of(Coro<?> coroutine, Set<String> own) throws IllegalAccessException {
    List<String> held = new ArrayList<>();
    for (Class<?> type = coroutine.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        field.setAccessible(true);
        if (!Modifier.isStatic(field.getModifiers())
            && !field.getType().isPrimitive()
            && !field.getName().startsWith("this$")
            && !own.contains(field.getName())
            && !holdsNothing(field.get(coroutine))) {
          held.add(field.getName() + " = " + field.get(coroutine));
        }
      }
    }
    return held;
  }

  private static boolean holdsNothing(Object value) {
    return value == null
        || value instanceof Enum<?>
        || (value instanceof Collection<?> all && all.isEmpty())
        || (value instanceof CharSequence text && text.isEmpty())
        || (value instanceof Object[] array && array.length == 0);
  }

  /**
   * The names of the runtime's classes of coroutines, without that of their package.
   *
   * @param files which files of classes to look at, by their paths
   */
  public static Set<String> coroutines(Predicate<String> files)
      throws IOException, URISyntaxException {
    Path classes = Path.of(Async.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> all = Files.walk(classes.resolve("io"))) {
      return all.map(file -> classes.relativize(file).toString())
          .filter(name -> name.endsWith(".class"))
          .filter(files)
          .map(name -> type(name.substring(0, name.length() - 6).replace('/', '.')))
          .filter(type -> Coro.class.isAssignableFrom(type) && type != Coro.class)
          .map(type -> type.getName().substring(type.getPackageName().length() + 1))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name, false, HeldFields.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
