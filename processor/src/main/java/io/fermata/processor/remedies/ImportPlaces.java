package io.fermata.processor.remedies;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.util.SourcePositions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a file's imports stand, and where new ones go: in the order of the alphabet among those of
 * their kind, static ones before the others.
 */
final class ImportPlaces {

  private static final String STATIC = "static ";

  /** An import, named as a {@link Remedy} names it. */
  private record Place(String name, int start, int end) {
    boolean isStatic() {
      return name.startsWith(STATIC);
    }
  }

  /** What is put in at one place, in lines. */
  private record Insertion(Kind kind, int at, String before, String after) {}

  private enum Kind {
    STATIC,
    PLAIN
  }

  private final String text;
  private final String lineEnd;
  private final List<Place> imports = new ArrayList<>();
  private final int packageEnd;

  ImportPlaces(CompilationUnitTree unit, SourcePositions positions, String text) {
    this.text = text;
    this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    for (ImportTree each : unit.getImports()) {
      imports.add(
          new Place(
              (each.isStatic() ? STATIC : "") + each.getQualifiedIdentifier(),
              (int) positions.getStartPosition(unit, each),
              (int) positions.getEndPosition(unit, each)));
    }
    packageEnd =
        unit.getPackage() == null
            ? -1
            : endOfLine((int) positions.getEndPosition(unit, unit.getPackage()));
  }

  /** The edits that bring these imports, without those that are there. */
  List<Edit> edits(Set<String> wanted) {
    Map<Insertion, StringBuilder> insertions = new LinkedHashMap<>();
    Comparator<String> staticFirst = Comparator.comparing(each -> !each.startsWith(STATIC));
    for (String each : wanted.stream().sorted(staticFirst.thenComparing(each -> each)).toList()) {
      if (!isCovered(each, wanted)) {
        StringBuilder lines =
            insertions.computeIfAbsent(insertion(each), place -> new StringBuilder());
        lines.append(lines.isEmpty() ? "" : lineEnd).append("import ").append(each).append(';');
      }
    }
    List<Edit> edits = new ArrayList<>();
    Map<Integer, String> byPlace = new LinkedHashMap<>();
    insertions.forEach(
        (place, lines) ->
            byPlace.merge(place.at(), place.before() + lines + place.after(), String::concat));
    byPlace.forEach((at, lines) -> edits.add(Edit.insert(at, lines)));
    return edits;
  }

  private boolean isCovered(String name, Set<String> wanted) {
    String all = name.substring(0, name.lastIndexOf('.')) + ".*";
    return (!name.equals(all) && wanted.contains(all))
        || imports.stream().anyMatch(each -> each.name().equals(name) || each.name().equals(all));
  }

  private Insertion insertion(String name) {
    boolean isStatic = name.startsWith(STATIC);
    Kind kind = isStatic ? Kind.STATIC : Kind.PLAIN;
    List<Place> like = imports.stream().filter(each -> each.isStatic() == isStatic).toList();
    Optional<Place> next =
        like.stream().filter(each -> each.name().compareTo(name) > 0).findFirst();
    if (next.isPresent()) {
      return new Insertion(kind, next.get().start(), "", lineEnd);
    }
    if (!like.isEmpty()) {
      return new Insertion(kind, endOfLine(like.get(like.size() - 1).end()), lineEnd, "");
    }
    if (!imports.isEmpty()) {
      return isStatic
          ? new Insertion(kind, imports.get(0).start(), "", lineEnd + lineEnd)
          : new Insertion(
              kind, endOfLine(imports.get(imports.size() - 1).end()), lineEnd + lineEnd, "");
    }
    return packageEnd < 0
        ? new Insertion(kind, 0, "", lineEnd + lineEnd)
        : new Insertion(kind, packageEnd, lineEnd + lineEnd, "");
  }

  private int endOfLine(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }
}
