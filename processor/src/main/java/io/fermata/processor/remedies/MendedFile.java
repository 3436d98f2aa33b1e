package io.fermata.processor.remedies;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The remedies of one file that go together. Of two that are in each other's way the first is
 * taken; the other is found again when the file is compiled next.
 */
final class MendedFile {

  private final String text;
  private final ImportPlaces places;
  private final Set<Edit> edits = new LinkedHashSet<>();
  private final Set<String> imports = new TreeSet<>();
  private final Set<Remedy> taken = new LinkedHashSet<>();
  private int mended;

  MendedFile(String text, ImportPlaces places) {
    this.text = text;
    this.places = places;
  }

  String text() {
    return text;
  }

  /** How many findings the edits mend. */
  int mended() {
    return mended;
  }

  void add(Remedy remedy) {
    if (taken.contains(remedy)) {
      mended++;
    } else if (remedy.edits().stream().noneMatch(this::isInWay)) {
      taken.add(remedy);
      edits.addAll(remedy.edits());
      imports.addAll(remedy.imports());
      mended++;
    }
  }

  /** What two remedies take away is taken away once. */
  private boolean isInWay(Edit edit) {
    boolean isShared = edit.deletes() && edits.contains(edit);
    return !isShared && edits.stream().anyMatch(edit::isInWayOf);
  }

  /** All edits, imports among them, in the order of the file. */
  List<Edit> edits() {
    List<Edit> all = new ArrayList<>(edits);
    all.addAll(places.edits(imports));
    all.sort(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end));
    return all;
  }
}
