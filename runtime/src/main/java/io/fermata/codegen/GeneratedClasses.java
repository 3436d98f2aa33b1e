package io.fermata.codegen;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The line tables of the generated classes that are loaded, by the classes' names: stack traces
 * hold names only. Where several class loaders have a class of one name, the loader of a frame that
 * stood nearby on the stack tells which is meant.
 *
 * <p>Thread-safe. Holds no class: an entry goes with its table, and that with its class.
 */
final class GeneratedClasses {
  private static final Map<String, Entry> BY_NAME = new ConcurrentHashMap<>();
  private static final ReferenceQueue<LineTable> UNLOADED = new ReferenceQueue<>();

  private static volatile boolean namesakes;

  /** A table; behind it those of other classes of the same name. */
  private static final class Entry extends WeakReference<LineTable> {
    private final String name;
    private final @Nullable Entry next;

    Entry(String name, LineTable table, @Nullable Entry next) {
      super(table, UNLOADED);
      this.name = name;
      this.next = next;
    }
  }

  private GeneratedClasses() {}

  static void add(LineTable table) {
    for (Reference<?> gone; (gone = UNLOADED.poll()) != null; ) {
      BY_NAME.computeIfPresent(((Entry) gone).name, (name, first) -> others(first, null));
    }
    String name = table.owner().getName();
    for (; ; ) { // without a lambda, which takes milliseconds of the start of a program
      Entry first = BY_NAME.get(name);
      Entry others = others(first, table.owner());
      Entry added = new Entry(name, table, others);
      if (others != null) {
        namesakes = true; // before anybody finds two
      }
      if (first == null
          ? BY_NAME.putIfAbsent(name, added) == null
          : BY_NAME.replace(name, first, added)) {
        return;
      }
    }
  }

  /** The entries whose classes are still loaded, without that of {@code replaced}. */
  private static @Nullable Entry others(@Nullable Entry first, @Nullable Class<?> replaced) {
    if (first == null) {
      return null;
    }
    Entry rest = others(first.next, replaced);
    LineTable table = first.get();
    if (table == null || table.owner() == replaced) {
      return rest;
    }
    return rest == first.next ? first : new Entry(first.name, table, rest);
  }

  /** Whether there have ever been two classes of one name. */
  static boolean haveNamesakes() {
    return namesakes;
  }

  /**
   * The table of a class, or null if there is none, or it can't be told which of several is meant.
   *
   * @param near loads the class, or what calls it; null if that is not known
   */
  static @Nullable LineTable find(String name, @Nullable ClassLoader near) {
    Entry first = BY_NAME.get(name);
    if (first == null) {
      return null;
    }
    if (first.next == null) {
      return first.get();
    }
    for (ClassLoader loader = near; loader != null; loader = loader.getParent()) {
      for (Entry at = first; at != null; at = at.next) {
        LineTable table = at.get();
        if (table != null && table.owner().getClassLoader() == loader) {
          return table;
        }
      }
    }
    return null;
  }
}
