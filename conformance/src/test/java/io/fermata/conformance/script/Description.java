package io.fermata.conformance.script;

import java.lang.reflect.Array;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Values and throwables as text that is the same in both worlds when they are the same. */
public final class Description {
  private Description() {}

  /** The type and the text of a value; arrays with their elements. */
  public static String of(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Throwable thrown) {
      return of(thrown);
    }
    if (value.getClass().isArray()) {
      StringJoiner elements = new StringJoiner(", ", value.getClass().getSimpleName() + "{", "}");
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(of(Array.get(value, i)));
      }
      return elements.toString();
    }
    return value.getClass().getSimpleName() + ":" + value;
  }

  /**
   * Type, message, cause and suppressed throwables. The messages that the JVM writes about the code
   * that failed, not about the fault, are left out.
   */
  public static String of(Throwable thrown) {
    return describe(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static String describe(Throwable thrown, Set<Throwable> seen) {
    if (!seen.add(thrown)) {
      return "^" + thrown.getClass().getName();
    }
    StringBuilder text = new StringBuilder(thrown.getClass().getName());
    boolean writtenByTheJvm =
        thrown instanceof NullPointerException || thrown instanceof ClassCastException;
    if (!writtenByTheJvm) {
      text.append('(').append(thrown.getMessage()).append(')');
    }
    if (thrown.getCause() != null) {
      text.append(" caused by ").append(describe(thrown.getCause(), seen));
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      text.append(" suppressing [").append(describe(suppressed, seen)).append(']');
    }
    return text.toString();
  }
}
