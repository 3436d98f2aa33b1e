package io.fermata.internal.reports;

import io.fermata.Coro;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The user's variables in a coroutine that is suspended: those that it will use again, since it
 * lets go of the others. This is the one place that looks into a generated class by reflection, and
 * only for who asks to see values.
 */
final class FrameLocals {
  private static final int MOST_ELEMENTS = 100;
  private static final int DEEPEST = 3;

  private FrameLocals() {}

  /** {@code name = value} for each, in the order of their declaration. */
  static List<String> of(Coro<?> frame) {
    LoopAccess loops = LoopAccess.get();
    List<String> texts = new ArrayList<>();
    for (String field : loops.lines(frame).localsAt(loops.state(frame))) {
      int suffix = field.indexOf('$', 1);
      String name = suffix < 0 ? field : field.substring(0, suffix);
      texts.add(name + " = " + valueOf(frame, field));
    }
    return texts;
  }

  private static String valueOf(Coro<?> frame, String name) {
    try {
      Field field = frame.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return textOf(field.get(frame));
    } catch (NoSuchFieldException | IllegalAccessException e) {
      return "(can't be read: " + e + ")";
    } catch (InaccessibleObjectException e) {
      Module module = frame.getClass().getModule();
      return "(can't be read: module "
          + module.getName()
          + " does not open "
          + frame.getClass().getPackageName()
          + " to io.fermata)";
    }
  }

  private static String textOf(@Nullable Object value) {
    if (value instanceof CharSequence) {
      return '"' + onOneLine(ValueText.of(value)) + '"';
    }
    if (value instanceof Character) {
      return "'" + onOneLine(value.toString()) + "'";
    }
    return onOneLine(ValueText.of(isArray(value) ? list(Objects.requireNonNull(value), 0) : value));
  }

  private static boolean isArray(@Nullable Object value) {
    return value != null && value.getClass().isArray();
  }

  /** The beginning of an array, and of those in it. */
  private static List<@Nullable Object> list(Object array, int depth) {
    int length = Array.getLength(array);
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < Math.min(length, MOST_ELEMENTS); i++) {
      Object element = Array.get(array, i);
      elements.add(
          isArray(element) && depth < DEEPEST
              ? list(Objects.requireNonNull(element), depth + 1)
              : element);
    }
    if (length > MOST_ELEMENTS) {
      elements.add("... of " + length);
    }
    return elements;
  }

  private static String onOneLine(String text) {
    return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
  }
}
