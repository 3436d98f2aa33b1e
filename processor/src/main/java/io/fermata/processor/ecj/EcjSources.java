package io.fermata.processor.ecj;

import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** The sources of the compile: the files of the root elements of all rounds so far. */
final class EcjSources {

  private final Elements elements;

  /** ECJ gives the roots of a round in no order. */
  private final SortedMap<URI, EcjSource> files = new TreeMap<>();

  private final Set<String> given = new HashSet<>();

  EcjSources(Elements elements) {
    this.elements = elements;
  }

  /**
   * Adds the root elements of a round, but for our own twins, and tells whether there are any.
   *
   * @param isOurs whether we have written a class
   */
  boolean add(Set<? extends Element> roots, Predicate<TypeElement> isOurs) {
    boolean isNew = false;
    for (TypeElement each : ElementFilter.typesIn(roots)) {
      String name = each.getQualifiedName().toString();
      if (!isOurs.test(each)) {
        Optional<EcjSource> source = EcjUnit.source(each, elements);
        source.ifPresent(file -> files.put(file.toUri(), file));
        source.ifPresent(file -> given.add(name));
        isNew |= source.isPresent();
      }
    }
    return isNew;
  }

  /** Ends a compile. */
  void end() {
    files.clear();
    given.clear();
  }

  Collection<EcjSource> all() {
    return files.values();
  }

  /** The file that javac speaks of; empty if it is none of these. */
  Optional<EcjSource> at(URI uri) {
    return Optional.ofNullable(files.get(uri));
  }

  /** The file that a class stands in, or the one that it is nested in. */
  EcjSource of(TypeElement type) {
    TypeElement outermost = type;
    while (outermost.getEnclosingElement() instanceof TypeElement outer) {
      outermost = outer;
    }
    return EcjUnit.source(outermost, elements)
        .orElseThrow(() -> new UnknownEcjException(String.valueOf(type), null));
  }

  /** Whether a top-level class is one of the sources. */
  boolean isGiven(String className) {
    return given.contains(className);
  }
}
