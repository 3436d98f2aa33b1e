package io.fermata.conformance.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a random program: text with smaller pieces in it.
 *
 * @param kind what the shrinker may do with it
 * @param type the Java type of an expression, else empty
 * @param parts strings and nodes, in the order of the text
 */
record Node(Kind kind, String type, List<Object> parts) {

  /** What a piece is. */
  enum Kind {
    /** Pieces that can be left out one by one. */
    LIST,
    /** A statement or a member. */
    STATEMENT,
    /** An expression. */
    EXPRESSION,
    /** A piece that is neither. */
    OTHER
  }

  Node {
    parts = List.copyOf(parts);
  }

  static Node list(List<Node> statements) {
    return new Node(Kind.LIST, "", new ArrayList<>(statements));
  }

  static Node statement(Object... parts) {
    return new Node(Kind.STATEMENT, "", List.of(parts));
  }

  static Node expression(String type, Object... parts) {
    return new Node(Kind.EXPRESSION, type, List.of(parts));
  }

  static Node other(Object... parts) {
    return new Node(Kind.OTHER, "", List.of(parts));
  }

  /** The same with another part at {@code index}. */
  Node with(int index, Object part) {
    List<Object> changed = new ArrayList<>(parts);
    changed.set(index, part);
    return new Node(kind, type, changed);
  }

  /** The same without the parts from {@code from} to {@code to}. */
  Node without(int from, int to) {
    List<Object> changed = new ArrayList<>(parts);
    changed.subList(from, to).clear();
    return new Node(kind, type, changed);
  }

  /** How many nodes it consists of. */
  int size() {
    int size = 1;
    for (Object part : parts) {
      size += part instanceof Node node ? node.size() : 0;
    }
    return size;
  }

  /** Its text, indented by its braces. */
  String text() {
    StringBuilder raw = new StringBuilder();
    append(raw);
    StringBuilder indented = new StringBuilder();
    int depth = 0;
    for (String stripped : raw.toString().lines().map(String::strip).toList()) {
      if (stripped.isEmpty()) {
        continue;
      }
      int closing = 0;
      while (closing < stripped.length() && stripped.charAt(closing) == '}') {
        closing++;
      }
      indented.append("  ".repeat(Math.max(0, depth - closing))).append(stripped).append('\n');
      depth += count(stripped, '{') - count(stripped, '}');
    }
    return indented.toString();
  }

  private void append(StringBuilder text) {
    for (Object part : parts) {
      if (part instanceof Node node) {
        node.append(text);
        if (kind == Kind.LIST) {
          text.append('\n');
        }
      } else {
        text.append(part);
      }
    }
  }

  private static int count(String text, char wanted) {
    return (int) text.chars().filter(c -> c == wanted).count();
  }
}
