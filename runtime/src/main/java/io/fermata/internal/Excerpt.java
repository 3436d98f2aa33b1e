package io.fermata.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an object's text, for messages and descriptions. It is made whatever the
 * object's own code does: what that throws is told in the text.
 *
 * <p>Of the JDK's collections, maps and texts no more is read than stands in the excerpt, however
 * large they are. What a {@code toString} of another class does can't be cut, only what it gives.
 */
public class Excerpt {
  private static final int MAX_LENGTH = 200;
  private static final int MAX_NESTING = 16;

  private final StringBuilder text = new StringBuilder();

  /** The collections and maps that are being read, from the outermost on. */
  private final List<Object> open = new ArrayList<>();

  /** An empty one. */
  protected Excerpt() {}

  /** The text of any object, cut behind 200 characters. */
  public static String of(@Nullable Object value) {
    return new Excerpt().textOf(value);
  }

  /** As {@link #of}. Called once. */
  protected final String textOf(@Nullable Object value) {
    append(value);
    if (text.length() > MAX_LENGTH) {
      text.setLength(Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? 199 : MAX_LENGTH);
      text.append("...");
    }
    return text.toString();
  }

  /** Appends an object of a class that is known to a subclass, and tells whether it is one. */
  protected boolean appendKnown(Object value) {
    return false;
  }

  /** Appends a text, or as much of it as there is room for. */
  protected final void appendText(CharSequence more) {
    text.append(more, 0, Math.max(0, Math.min(more.length(), MAX_LENGTH + 1 - text.length())));
  }

  /** Appends the text of an object. */
  protected final void append(@Nullable Object value) {
    if (isFull()) {
      return;
    }
    int before = text.length();
    try {
      if (!appendPart(value)) {
        String whole = String.valueOf(value);
        appendText(whole == null ? "null" : whole);
      }
    } catch (Throwable t) {
      // Also of an error of the VM: the text is not what the program runs for.
      text.setLength(before);
      appendText(identity(value) + " (its text can't be made: " + t.getClass().getName() + ")");
    }
  }

  /** Appends what can be read piece by piece, and tells whether it can. */
  private boolean appendPart(@Nullable Object value) {
    if (value instanceof String string) {
      appendText(string);
      return true;
    }
    if (value == null) {
      return false;
    }
    if (appendKnown(value)) {
      return true;
    }
    if (value.getClass().getModule() != Object.class.getModule()) {
      return false;
    }
    if (value instanceof CharSequence sequence) {
      appendText(sequence);
    } else if (value instanceof Collection<?> collection) {
      appendOnce(value, () -> appendElements(collection));
    } else if (value instanceof Map<?, ?> map) {
      appendOnce(value, () -> appendEntries(map));
    } else if (value instanceof Map.Entry<?, ?> entry) {
      appendEntry(entry);
    } else if (value instanceof Optional<?> optional && optional.isPresent()) {
      appendText("Optional[");
      append(optional.get());
      appendText("]");
    } else {
      return false;
    }
    return true;
  }

  /** A collection may hold itself, and be nested as deep as it likes. */
  private void appendOnce(Object container, Runnable contents) {
    if (open.size() == MAX_NESTING || isOpen(container)) {
      appendText("...");
      return;
    }
    open.add(container);
    try {
      contents.run();
    } finally {
      open.remove(open.size() - 1);
    }
  }

  private boolean isOpen(Object container) {
    for (Object each : open) {
      if (each == container) {
        return true;
      }
    }
    return false;
  }

  private void appendElements(Collection<?> collection) {
    String separator = "[";
    for (Object element : collection) {
      appendText(separator);
      append(element);
      if (isFull()) {
        return;
      }
      separator = ", ";
    }
    appendText(separator.equals("[") ? "[]" : "]");
  }

  private void appendEntries(Map<?, ?> map) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      appendText(separator);
      appendEntry(entry);
      if (isFull()) {
        return;
      }
      separator = ", ";
    }
    appendText(separator.equals("{") ? "{}" : "}");
  }

  private void appendEntry(Map.Entry<?, ?> entry) {
    append(entry.getKey());
    appendText("=");
    append(entry.getValue());
  }

  private boolean isFull() {
    return text.length() > MAX_LENGTH;
  }

  /** What {@link Object#toString} gives, for a class that has made something else of it. */
  private static String identity(@Nullable Object value) {
    return value == null
        ? "null"
        : value.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(value));
  }
}
