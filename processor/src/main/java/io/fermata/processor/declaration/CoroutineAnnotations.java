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

  /** What JUnit's annotations of tests are annotated with. */
  private static final String TEST = "org.junit.platform.commons.annotation.Testable";

  private final Map<TypeElement, Boolean> met = new HashMap<>();

  /** Whether an element is a method that is a coroutine, or a constructor that means to be one. */
  public boolean areOn(Element element) {
    if (!isExecutable(element)) {
      return false;
    }
    for (AnnotationMirror each : element.getAnnotationMirrors()) {
      if (met.computeIfAbsent(typeOf(each), type -> leadsTo(COROUTINE, type))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a method is a test of JUnit's. */
  static boolean areOfTest(Element method) {
    return method.getAnnotationMirrors().stream().anyMatch(each -> leadsTo(TEST, typeOf(each)));
  }

  private static boolean isExecutable(Element element) {
    return element.getKind() == ElementKind.METHOD || element.getKind() == ElementKind.CONSTRUCTOR;
  }

  private static boolean leadsTo(String wanted, TypeElement annotation) {
    return leadsTo(wanted, annotation, new HashSet<>());
  }

  /** Annotations may be annotated with each other in a circle. */
  private static boolean leadsTo(String wanted, TypeElement annotation, Set<TypeElement> seen) {
    String name = annotation.getQualifiedName().toString();
    if (name.equals(wanted)) {
      return true;
    }
    return !name.startsWith("java.")
        && seen.add(annotation)
        && annotation.getAnnotationMirrors().stream()
            .anyMatch(each -> leadsTo(wanted, typeOf(each), seen));
  }

  private static TypeElement typeOf(AnnotationMirror annotation) {
    return (TypeElement) annotation.getAnnotationType().asElement();
  }
}
