package io.fermata.processor.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Marks generated statements with the user's lines while they are printed, and makes the line
 * tables from the finished text.
 *
 * <p>A mark holds the number of its table and the user's line, between two characters that no
 * source holds. Where the text of a table is to stand, there is a place holder.
 */
final class LineMarks {
  private static final char MARK = '\u0001';
  private static final char MARK_END = '\u0002';
  private static final String TABLE = "\u0003";
  private static final String TABLE_END = "\u0004";
  private static final String MEMBERS = "\u0005";
  private static final String MEMBERS_END = "\u0006";

  /** The limit of a string constant is 65,535 bytes. */
  private static final int LONGEST_CONSTANT = 60_000;

  /** The entries of one line table, as far as they are known. */
  private static final class Table {
    private final StringBuilder entries = new StringBuilder();
    private int lastLine;

    void add(int generated, int line) {
      if (line != lastLine) {
        lastLine = line;
        entries.append(entries.isEmpty() ? "" : ",").append(generated).append(':').append(line);
      }
    }
  }

  private int tables;

  /** A new table. */
  int newTable() {
    return tables++;
  }

  /** Marks the statement that follows; nothing for code that has no line. */
  static String mark(int table, int line) {
    return line > 0 ? MARK + (table + ":" + line) + MARK_END : "";
  }

  /** Stands for the string literal of a table. */
  static String placeOf(int table) {
    return TABLE + table + TABLE_END;
  }

  /** Members as JavaPoet lets them be printed: in an initializer, whose braces go later. */
  static List<String> aroundMembers() {
    return List.of(MEMBERS + "\n", MEMBERS_END + "\n");
  }

  /** The text without marks, with the tables filled in. */
  static String finish(String marked) {
    Map<Integer, Table> tables = new HashMap<>();
    StringBuilder text = new StringBuilder(marked.length());
    int number = 0;
    for (String line : withMembersOpen(marked.split("\n", -1))) {
      text.append(number == 0 ? "" : "\n");
      number++;
      text.append(unmarked(line, number, tables).stripTrailing());
    }
    return filled(text, tables);
  }

  /** Takes the marks off; the first of them is the line's. */
  private static String unmarked(String line, int number, Map<Integer, Table> tables) {
    int mark = line.indexOf(MARK);
    if (mark < 0) {
      return line;
    }
    int colon = line.indexOf(':', mark);
    int table = Integer.parseInt(line, mark + 1, colon, 10);
    int usersLine = Integer.parseInt(line, colon + 1, line.indexOf(MARK_END, mark), 10);
    tables.computeIfAbsent(table, each -> new Table()).add(number, usersLine);
    StringBuilder text = new StringBuilder();
    int end = 0;
    for (; mark >= 0; mark = line.indexOf(MARK, end)) {
      text.append(line, end, mark);
      end = line.indexOf(MARK_END, mark) + 1;
    }
    return text.append(line, end, line.length()).toString();
  }

  private static String filled(StringBuilder text, Map<Integer, Table> tables) {
    StringBuilder filled = new StringBuilder(text.length());
    int end = 0;
    for (int at = text.indexOf(TABLE); at >= 0; at = text.indexOf(TABLE, end)) {
      filled.append(text, end, at);
      end = text.indexOf(TABLE_END, at) + 1;
      Table table = tables.get(Integer.parseInt(text, at + 1, end - 1, 10));
      filled.append(literal(table == null ? "" : table.entries.toString()));
    }
    return filled.append(text, end, text.length()).toString();
  }

  /** Takes off the braces of an initializer around members, and its indentation. */
  private static List<String> withMembersOpen(String[] lines) {
    List<String> open = new ArrayList<>(lines.length);
    boolean inside = false;
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      if (i + 1 < lines.length && lines[i + 1].endsWith(MEMBERS)) {
        inside = true;
        i++;
      } else if (line.endsWith(MEMBERS_END)) {
        inside = false;
        i++;
      } else {
        open.add(inside && line.startsWith("  ") ? line.substring(2) : line);
      }
    }
    return open;
  }

  private static String literal(String table) {
    StringBuilder literal = new StringBuilder("\"");
    int start = 0;
    while (table.length() - start > LONGEST_CONSTANT) {
      literal.append(table, start, start + LONGEST_CONSTANT).append("\".concat(\"");
      start += LONGEST_CONSTANT;
    }
    int pieces = start / LONGEST_CONSTANT;
    return literal.append(table.substring(start)).append('"').append(")".repeat(pieces)).toString();
  }
}
