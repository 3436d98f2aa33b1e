package io.fermata.internal.reports;

import io.fermata.Async;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The line tables of the runtime's own coroutines, which name the function that users call. */
public final class RuntimeLines {
  private static final Map<String, LineTable> BY_CLASS = new ConcurrentHashMap<>();

  private RuntimeLines() {}

  /** The table for a function of {@link Async}. */
  public static LineTable of(Class<?> coroutine, String function) {
    return of(coroutine, "Async", function);
  }

  /** The table for a method of a type of this package. */
  public static LineTable of(Class<?> coroutine, String type, String method) {
    LineTable table =
        LineTable.of(Continuation.CONTRACT, "io.fermata." + type, method, type + ".java", "", "");
    BY_CLASS.put(coroutine.getName(), table);
    return table;
  }

  /** The table of a class of the runtime's, by its name; null for any other class. */
  static @Nullable LineTable find(String className) {
    return BY_CLASS.get(className);
  }
}
