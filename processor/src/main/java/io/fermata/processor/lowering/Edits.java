package io.fermata.processor.lowering;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What is to stand in the place of pieces of the user's source, and between them. */
final class Edits {

  private record Edit(int end, List<Part> parts) {}

  private final TreeMap<Integer, Edit> edits = new TreeMap<>();
  private final TreeMap<Integer, List<Part>> before = new TreeMap<>();
  private final TreeMap<Integer, List<Part>> after = new TreeMap<>();

  /** The first edit of a piece counts. */
  void replace(int start, int end, List<Part> parts) {
    edits.putIfAbsent(start, new Edit(end, parts));
  }

  /** Adds to what stands before this position. */
  void before(int position, List<Part> parts) {
    before.computeIfAbsent(position, key -> new ArrayList<>()).addAll(parts);
  }

  /** Adds to what stands behind the piece that ends at this position. */
  void after(int position, List<Part> parts) {
    after.computeIfAbsent(position, key -> new ArrayList<>()).addAll(parts);
  }

  /** The source from {@code from} to {@code to}, with the edits made. */
  Code splice(int from, int to, BodyContext context) {
    List<Part> parts = new ArrayList<>();
    int at = from;
    while (at < to) {
      parts.addAll(after.getOrDefault(at, List.of()));
      parts.addAll(before.getOrDefault(at, List.of()));
      Edit edit = edits.get(at);
      if (edit != null && edit.end() > at) {
        parts.addAll(edit.parts());
        at = edit.end();
      } else {
        int next = nextMark(at, to);
        parts.add(new Part.Text(context.dedented(at, next, from)));
        at = next;
      }
    }
    parts.addAll(after.getOrDefault(to, List.of()));
    return new Code(parts);
  }

  private int nextMark(int at, int to) {
    int next = to;
    for (TreeMap<Integer, ?> marks : List.of(edits, before, after)) {
      Integer key = marks.higherKey(at);
      if (key != null) {
        next = Math.min(next, key);
      }
    }
    return next;
  }
}
