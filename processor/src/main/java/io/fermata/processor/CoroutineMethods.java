package io.fermata.processor;

import static io.fermata.processor.CoroutineCompiler.COROUTINE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Finds the annotated methods of a round, class by class. */
final class CoroutineMethods {

  private CoroutineMethods() {}

  /** The classes of the round that hold coroutines. */
  static Set<TypeElement> ownersIn(RoundEnvironment round, Elements elements) {
    Set<TypeElement> owners = new LinkedHashSet<>();
    TypeElement annotation = elements.getTypeElement(COROUTINE);
    if (annotation != null) {
      for (Element each : round.getElementsAnnotatedWith(annotation)) {
        if (each.getEnclosingElement() instanceof TypeElement owner) {
          owners.add(owner);
        }
      }
    }
    return owners;
  }

  /** The coroutines that stand in a class itself, in source order. */
  static List<ExecutableElement> of(TypeElement owner) {
    List<ExecutableElement> methods = new ArrayList<>();
    for (Element each : owner.getEnclosedElements()) {
      if (each instanceof ExecutableElement method && isCoroutine(method)) {
        methods.add(method);
      }
    }
    return methods;
  }

  private static boolean isCoroutine(ExecutableElement method) {
    return (method.getKind() == ElementKind.METHOD || method.getKind() == ElementKind.CONSTRUCTOR)
        && method.getAnnotationMirrors().stream()
            .map(each -> (TypeElement) each.getAnnotationType().asElement())
            .anyMatch(each -> each.getQualifiedName().contentEquals(COROUTINE));
  }

  /** The classes by their names, which outlive the round. */
  static Map<String, TypeElement> byName(Set<TypeElement> owners) {
    Map<String, TypeElement> byName = new LinkedHashMap<>();
    owners.forEach(each -> byName.put(each.getQualifiedName().toString(), each));
    return byName;
  }
}
