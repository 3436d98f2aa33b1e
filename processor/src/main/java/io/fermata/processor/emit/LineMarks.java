package io.fermata.processor.emit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Marks generated statements with the user's lines while they are printed, and makes the line
 * tables from the finished text.
 *
 * <p>A mark holds the number of its table and the user's line, between two characters that no
 * source holds. Where the text of a table is to stand, there is a place holder.
 */
final class LineMarks {
  private static final Pattern MARK = Pattern.compile("\u0001(\\d+):(\\d+)\u0002");
  private static final Pattern TABLE = Pattern.compile("\u0003(\\d+)\u0004");

  /** A block that JavaPoet could only print in braces; the braces go. */
  private static final Pattern MEMBERS =
      Pattern.compile(" *static \\{\n *\u0005\n(.*?) *\u0006\n *}\n", Pattern.DOTALL);

  /** The limit of a string constant is 65,535 bytes. */
  private static final int LONGEST_CONSTANT = 60_000;

  private int tables;

  /** A new table. */
  int newTable() {
    return tables++;
  }

  /** Marks the statement that follows; nothing for code that has no line. */
  static String mark(int table, int line) {
    return line > 0 ? "\u0001" + table + ":" + line + "\u0002" : "";
  }

  /** Stands for the string literal of a table. */
  static String placeOf(int table) {
    return "\u0003" + table + "\u0004";
  }

  /** Members as JavaPoet lets them be printed: in an initializer, whose braces go later. */
  static List<String> aroundMembers() {
    return List.of("\u0005\n", "\u0006\n");
  }

  /** The text without marks, with the tables filled in. */
  static String finish(String marked) {
    String text = withMembersOpen(marked);
    Map<Integer, StringBuilder> tables = new LinkedHashMap<>();
    Map<Integer, Integer> lastLines = new LinkedHashMap<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      Matcher mark = MARK.matcher(lines[i]);
      if (mark.find()) {
        int table = Integer.parseInt(mark.group(1));
        int line = Integer.parseInt(mark.group(2));
        if (lastLines.getOrDefault(table, 0) != line) {
          lastLines.put(table, line);
          StringBuilder entries = tables.computeIfAbsent(table, each -> new StringBuilder());
          entries.append(entries.isEmpty() ? "" : ",").append(i + 1).append(':').append(line);
        }
      }
    }
    String unmarked = MARK.matcher(text).replaceAll("");
    return TABLE
        .matcher(unmarked)
        .replaceAll(
            place -> {
              StringBuilder table = tables.get(Integer.valueOf(place.group(1)));
              return literal(table == null ? "" : table.toString());
            });
  }

  private static String withMembersOpen(String text) {
    return MEMBERS
        .matcher(text)
        .replaceAll(
            members -> Matcher.quoteReplacement(members.group(1).replaceAll("(?m)^  ", "")));
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
