package io.fermata.example.http;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes maps, iterables, texts, numbers, truth values and null as JSON (RFC 8259). */
public final class Json {
  private final StringBuilder text = new StringBuilder();

  private Json() {}

  /**
   * {@return a value as JSON}
   *
   * @param value a map with texts as keys, an iterable, a text, a number, a truth value, or null
   * @throws IllegalArgumentException if it is, or has in it, anything else
   */
  public static String write(@Nullable Object value) {
    Json json = new Json();
    json.append(value);
    return json.text.toString();
  }

  private void append(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      appendAll('{', map.entrySet().iterator(), this::appendEntry, '}');
    } else if (value instanceof Iterable<?> elements) {
      appendAll('[', elements.iterator(), this::append, ']');
    } else if (value instanceof CharSequence chars) {
      quote(chars);
    } else if (value == null || value instanceof Boolean || isFinite(value)) {
      text.append(value);
    } else {
      throw new IllegalArgumentException("JSON has nothing for " + value.getClass().getName());
    }
  }

  /** JSON has neither NaN nor infinities. */
  private static boolean isFinite(Object value) {
    return value instanceof Number number
        && (!(value instanceof Double || value instanceof Float)
            || Double.isFinite(number.doubleValue()));
  }

  private <T extends @Nullable Object> void appendAll(
      char open, Iterator<? extends T> elements, Consumer<T> append, char close) {
    text.append(open);
    while (elements.hasNext()) {
      append.accept(elements.next());
      if (elements.hasNext()) {
        text.append(',');
      }
    }
    text.append(close);
  }

  private void appendEntry(Map.Entry<?, ?> entry) {
    quote(String.valueOf(entry.getKey()));
    text.append(':');
    append(entry.getValue());
  }

  private void quote(CharSequence chars) {
    text.append('"');
    for (int i = 0; i < chars.length(); i++) {
      char c = chars.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ' || Character.isSurrogate(c)) {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) c)); // also half a pair
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
