package io.fermata.processor.remedies;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What mends a fault, without any choice that its author has to make.
 *
 * @param edits of the file that the fault stands in
 * @param imports what the file is to import: {@code static io.fermata.Async.await}
 */
public record Remedy(List<Edit> edits, Set<String> imports) {

  /** For a fault that takes thought. */
  public static final Remedy NONE = new Remedy(List.of(), Set.of());

  public Remedy {
    edits = List.copyOf(edits);
    imports = Set.copyOf(imports);
  }

  /** A remedy that brings no new names. */
  public static Remedy of(Edit... edits) {
    return new Remedy(List.of(edits), Set.of());
  }

  /** The same remedy with names that it needs. */
  public Remedy with(Set<String> moreImports) {
    Set<String> all = new TreeSet<>(imports);
    all.addAll(moreImports);
    return new Remedy(edits, all);
  }

  /** Both at once. */
  public Remedy and(Remedy other) {
    List<Edit> all = new ArrayList<>(edits);
    all.addAll(other.edits);
    Set<String> names = new LinkedHashSet<>(imports);
    names.addAll(other.imports);
    return new Remedy(all, names);
  }

  /** Whether there is nothing to do. */
  public boolean isNone() {
    return edits.isEmpty() && imports.isEmpty();
  }
}
