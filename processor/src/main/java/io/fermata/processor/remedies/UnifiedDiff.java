package io.fermata.processor.remedies;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells edits of a file as {@code diff -u} does.
 *
 * <pre>{@code
 * -  private int count;
 * +  int count;
 * }</pre>
 */
final class UnifiedDiff {

  private static final int CONTEXT = 3;

  /** Lines {@code from} to {@code to} (exclusive), and what takes their place. */
  private record Change(int from, int to, List<String> lines) {
    int growth() {
      return lines.size() - (to - from);
    }
  }

  private final String path;
  private final List<String> lines;
  private final List<Change> changes;

  /**
   * A diff of one file.
   *
   * @param path with slashes
   * @param edits in the order of the file, none of which overlaps another
   */
  UnifiedDiff(String path, String text, List<Edit> edits) {
    this.path = path;
    this.lines = lines(text);
    this.changes = changes(text, edits);
  }

  private List<Change> changes(String text, List<Edit> edits) {
    int[] starts = new int[lines.size() + 1];
    for (int i = 0; i < lines.size(); i++) {
      starts[i + 1] = starts[i] + lines.get(i).length();
    }
    List<Change> found = new ArrayList<>();
    int next = 0;
    while (next < edits.size()) {
      int from = lineOf(edits.get(next).start(), starts);
      int to = lineOf(edits.get(next).end(), starts) + 1;
      StringBuilder changed = new StringBuilder();
      int at = starts[from];
      while (next < edits.size() && lineOf(edits.get(next).start(), starts) < to) {
        Edit edit = edits.get(next++);
        changed.append(text, at, edit.start()).append(edit.text());
        at = edit.end();
        to = Math.max(to, lineOf(edit.end(), starts) + 1);
      }
      changed.append(text, at, starts[to]);
      found.add(withoutCommon(new Change(from, to, lines(changed.toString()))));
    }
    return found;
  }

  /** The last line is also that of the end of the file. */
  private int lineOf(int position, int[] starts) {
    int line = 0;
    while (line + 1 < lines.size() && starts[line + 1] <= position) {
      line++;
    }
    return line;
  }

  private Change withoutCommon(Change change) {
    int from = change.from();
    int to = change.to();
    List<String> left = new ArrayList<>(change.lines());
    while (from < to && !left.isEmpty() && left.get(0).equals(lines.get(from))) {
      left.remove(0);
      from++;
    }
    while (from < to && !left.isEmpty() && left.get(left.size() - 1).equals(lines.get(to - 1))) {
      left.remove(left.size() - 1);
      to--;
    }
    return new Change(from, to, List.copyOf(left));
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(text.substring(start, end + 1));
      start = end + 1;
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  /** The lines that name the file. */
  String header() {
    StringBuilder diff = new StringBuilder();
    // git ends a name with a space in it with a tab.
    String end = path.indexOf(' ') < 0 ? "\n" : "\t\n";
    diff.append("diff --git a/").append(path).append(" b/").append(path).append('\n');
    diff.append("--- a/").append(path).append(end).append("+++ b/").append(path).append(end);
    return diff.toString();
  }

  /** The hunks, of the file's own text. */
  String hunks() {
    StringBuilder diff = new StringBuilder();
    int growth = 0;
    int next = 0;
    while (next < changes.size()) {
      int last = next;
      while (last + 1 < changes.size()
          && changes.get(last + 1).from() - changes.get(last).to() <= 2 * CONTEXT) {
        last++;
      }
      List<Change> hunk = changes.subList(next, last + 1);
      append(hunk, growth, diff);
      growth += hunk.stream().mapToInt(Change::growth).sum();
      next = last + 1;
    }
    return diff.toString();
  }

  private void append(List<Change> hunk, int growth, StringBuilder diff) {
    int from = Math.max(0, hunk.get(0).from() - CONTEXT);
    int to = Math.min(lines.size(), hunk.get(hunk.size() - 1).to() + CONTEXT);
    int size = to - from;
    int newSize = size + hunk.stream().mapToInt(Change::growth).sum();
    diff.append("@@ -").append(range(from, size));
    diff.append(" +").append(range(from + growth, newSize)).append(" @@\n");
    int at = from;
    for (Change each : hunk) {
      append(' ', lines.subList(at, each.from()), diff);
      append('-', lines.subList(each.from(), each.to()), diff);
      append('+', each.lines(), diff);
      at = each.to();
    }
    append(' ', lines.subList(at, to), diff);
  }

  /** What is empty begins behind the line before it. */
  private static String range(int from, int size) {
    return (size == 0 ? from : from + 1) + "," + size;
  }

  private static void append(char mark, List<String> some, StringBuilder diff) {
    for (String each : some) {
      diff.append(mark).append(each);
      if (!each.endsWith("\n")) {
        diff.append("\n\\ No newline at end of file\n");
      }
    }
  }
}
