package io.fermata.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON strictly: what is no JSON is an {@link IllegalArgumentException}. */
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** Maps, lists, strings, booleans, nulls; numbers as doubles. */
  static Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.skipSpace();
    json.check(json.at == text.length(), "more behind the end");
    return value;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object json) {
    return (Map<String, Object>) json;
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(Object json) {
    return (List<Object>) json;
  }

  private void check(boolean holds, String fault) {
    if (!holds) {
      int from = Math.max(0, at - 20);
      String near = text.substring(from, Math.min(text.length(), at + 20));
      throw new IllegalArgumentException(fault + " at " + at + ": " + near);
    }
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    skipSpace();
    check(at < text.length(), "unexpected end");
    return text.charAt(at);
  }

  private void expect(char wanted) {
    check(peek() == wanted, "no " + wanted);
    at++;
  }

  private boolean takes(char wanted) {
    if (peek() == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private Object value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> word();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    expect('{');
    if (takes('}')) {
      return members;
    }
    do {
      check(peek() == '"', "no name");
      String name = string();
      expect(':');
      check(!members.containsKey(name), "twice");
      members.put(name, value());
    } while (takes(','));
    expect('}');
    return members;
  }

  private List<Object> array() {
    List<Object> elements = new ArrayList<>();
    expect('[');
    if (takes(']')) {
      return elements;
    }
    do {
      elements.add(value());
    } while (takes(','));
    expect(']');
    return elements;
  }

  private String string() {
    StringBuilder read = new StringBuilder();
    expect('"');
    for (; ; ) {
      check(at < text.length(), "unexpected end");
      char c = text.charAt(at++);
      check(c >= ' ', "a control character");
      if (c == '"') {
        return read.toString();
      }
      read.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = text.charAt(at++);
    if (c == 'u') {
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
    int known = "\"\\/bfnrt".indexOf(c);
    check(known >= 0, "no escape");
    return "\"\\/\b\f\n\r\t".charAt(known);
  }

  private Object word() {
    int from = at;
    while (at < text.length() && ",]} \n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(from, at);
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> null;
      default -> {
        check(word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?"), "no number");
        yield Double.parseDouble(word);
      }
    };
  }
}
