package io.fermata.internal;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON texts, for what passes from one JVM to another: objects are maps, arrays lists, numbers
 * {@code Long} or {@code Double}.
 */
public final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** The text of a value made of maps, lists, texts, numbers, truth values and null. */
  public static String write(@Nullable Object value) {
    StringWriter out = new StringWriter();
    try {
      write(value, new JsonWriter(out));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString();
  }

  private static void write(@Nullable Object value, JsonWriter out) throws IOException {
    if (value instanceof Map<?, ?> map) {
      out.open('{');
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.name(String.valueOf(entry.getKey()));
        write(entry.getValue(), out);
      }
      out.close('}');
    } else if (value instanceof List<?> list) {
      out.open('[');
      for (Object element : list) {
        write(element, out);
      }
      out.close(']');
    } else if (value instanceof Double number) {
      out.number(number);
    } else if (value instanceof Number number) {
      out.number(number.longValue());
    } else if (value instanceof Boolean truth) {
      out.bool(truth);
    } else {
      out.text(value == null ? null : value.toString());
    }
  }

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  public static @Nullable Object read(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.skipBlanks();
    if (json.at < text.length()) {
      throw json.unexpected();
    }
    return value;
  }

  private @Nullable Object value() {
    skipBlanks();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    take('{');
    while (!ends('}', map.isEmpty())) {
      skipBlanks();
      String key = string();
      skipBlanks();
      take(':');
      map.put(key, value());
    }
    return map;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> list = new ArrayList<>();
    take('[');
    while (!ends(']', list.isEmpty())) {
      list.add(value());
    }
    return list;
  }

  /** Takes the end if it is there, else the comma before all but the first. */
  private boolean ends(char end, boolean first) {
    skipBlanks();
    if (peek() == end) {
      at++;
      return true;
    }
    if (!first) {
      take(',');
    }
    return false;
  }

  private String string() {
    take('"');
    StringBuilder value = new StringBuilder();
    for (; ; ) {
      char c = take();
      if (c == '"') {
        return value.toString();
      }
      value.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = take();
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> (char) (hexDigit() << 12 | hexDigit() << 8 | hexDigit() << 4 | hexDigit());
      case '"', '\\', '/' -> c;
      default -> throw unexpected();
    };
  }

  private int hexDigit() {
    int digit = Character.digit(take(), 16);
    if (digit < 0) {
      throw unexpected();
    }
    return digit;
  }

  private Number number() {
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    try {
      return digits.matches("-?\\d+")
          ? (Number) Long.valueOf(digits)
          : (Number) Double.valueOf(digits);
    } catch (NumberFormatException e) {
      at = start;
      throw unexpected();
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw unexpected();
    }
    at += word.length();
    return value;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at == text.length()) {
      throw unexpected();
    }
    return text.charAt(at);
  }

  private char take() {
    char c = peek();
    at++;
    return c;
  }

  private void take(char expected) {
    if (peek() != expected) {
      throw unexpected();
    }
    at++;
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("no JSON at character " + at);
  }
}
