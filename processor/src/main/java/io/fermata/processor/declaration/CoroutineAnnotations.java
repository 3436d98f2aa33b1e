package io.fermata.processor.declaration;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/**
 * Tells coroutines from other methods: they are annotated with {@code @Coroutine}, or with an
 * annotation that is, at whatever remove.
 *
 * <pre>{@code
 * @Coroutine @interface Job {}
 * @Job static void tidyUp() { … }      // a coroutine
 * }</pre>
 *
 * <p>It remembers the annotations that it has met: one of it serves for as long as the elements are
 * the same, which is a round.
 */
public final class CoroutineAnnotations {

  private static final String COROUTINE = "io.fermata.Coroutine";

  private final Map<TypeElement, Boolean> met = new HashMap<>();

  /** Whether an element is a method that is a coroutine, or a constructor that means to be one. */
  public boolean areOn(Element element) {
    if (!isExecutable(element)) {
      return false;
    }
    for (AnnotationMirror each : element.getAnnotationMirrors()) {
      if (met.computeIfAbsent(typeOf(each), type -> leadsToCoroutine(type, new HashSet<>()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isExecutable(Element element) {
    return element.getKind() == ElementKind.METHOD || element.getKind() == ElementKind.CONSTRUCTOR;
  }

  /** Annotations may be annotated with each other in a circle. */
  private static boolean leadsToCoroutine(TypeElement annotation, Set<TypeElement> seen) {
    String name = annotation.getQualifiedName().toString();
    if (name.equals(COROUTINE)) {
      return true;
    }
    return !name.startsWith("java.")
        && seen.add(annotation)
        && annotation.getAnnotationMirrors().stream()
            .anyMatch(each -> leadsToCoroutine(typeOf(each), seen));
  }

  private static TypeElement typeOf(AnnotationMirror annotation) {
    return (TypeElement) annotation.getAnnotationType().asElement();
  }
}
