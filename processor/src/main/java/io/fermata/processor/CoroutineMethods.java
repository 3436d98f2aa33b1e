package io.fermata.processor;

import io.fermata.processor.declaration.CoroutineAnnotations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Finds the coroutines of a compile, round by round and class by class. */
final class CoroutineMethods {

  private final Elements elements;
  private CoroutineAnnotations annotations = new CoroutineAnnotations();

  /** The top-level classes that were shown so far. */
  private final Set<String> shown = new LinkedHashSet<>();

  /** The classes with coroutines of earlier rounds. */
  private final Set<String> found = new HashSet<>();

  CoroutineMethods(Elements elements) {
    this.elements = elements;
  }

  /**
   * The classes that hold coroutines: those of the round, and those that turn out to do so, since
   * the round brings the annotation that they have.
   */
  Set<TypeElement> ownersIn(RoundEnvironment round) {
    annotations = new CoroutineAnnotations();
    Set<TypeElement> owners = new LinkedHashSet<>();
    Set<TypeElement> types = ElementFilter.typesIn(round.getRootElements());
    if (types.stream().anyMatch(CoroutineMethods::declaresAnnotation)) {
      shown.stream()
          .map(elements::getTypeElement)
          .filter(Objects::nonNull)
          .forEach(each -> addOwners(each, owners));
      owners.removeIf(each -> found.contains(nameOf(each)));
    }
    for (TypeElement each : types) {
      addOwners(each, owners);
      shown.add(nameOf(each));
    }
    owners.forEach(each -> found.add(nameOf(each)));
    return owners;
  }

  private static boolean declaresAnnotation(TypeElement type) {
    return type.getKind() == ElementKind.ANNOTATION_TYPE
        || ElementFilter.typesIn(type.getEnclosedElements()).stream()
            .anyMatch(CoroutineMethods::declaresAnnotation);
  }

  private void addOwners(TypeElement type, Set<TypeElement> owners) {
    for (Element each : type.getEnclosedElements()) {
      if (each instanceof TypeElement nested) {
        addOwners(nested, owners);
      } else if (annotations.areOn(each)) {
        owners.add(type);
      }
    }
  }

  /** The top-level classes of the compile, as this round has them. */
  List<TypeElement> shown() {
    return shown.stream()
        .map(elements::getTypeElement)
        .filter(Objects::nonNull)
        .map(TypeElement.class::cast)
        .toList();
  }

  /** The coroutines that stand in a class itself, in source order. */
  List<ExecutableElement> of(TypeElement owner) {
    List<ExecutableElement> methods = new ArrayList<>();
    for (Element each : owner.getEnclosedElements()) {
      if (each instanceof ExecutableElement method && annotations.areOn(method)) {
        methods.add(method);
      }
    }
    return methods;
  }

  /** The classes by their names, which outlive the round. */
  static Map<String, TypeElement> byName(Set<TypeElement> owners) {
    Map<String, TypeElement> byName = new LinkedHashMap<>();
    owners.forEach(each -> byName.put(nameOf(each), each));
    return byName;
  }

  private static String nameOf(TypeElement type) {
    return type.getQualifiedName().toString();
  }
}
