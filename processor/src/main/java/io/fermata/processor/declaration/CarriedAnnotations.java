package io.fermata.processor.declaration;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.TypeElement;

/**
 * Which annotations of a coroutine's declaration stand at its twin, too: those that tell callers
 * something which javac or a checker of nullness acts on, and those that the user names. All others
 * stay where they were written, since most of them make some tool do a thing, which it would then
 * do twice.
 *
 * @param named by the user: full names, or packages as {@code org.foo.*}
 */
public record CarriedAnnotations(Set<String> named) {

  /** Only what is always carried. */
  public static final CarriedAnnotations DEFAULT = new CarriedAnnotations(Set.of());

  private static final Set<String> OF_METHODS =
      Set.of("java.lang.SafeVarargs", "java.lang.Deprecated");
  private static final Set<String> NULLNESS =
      Set.of("Nullable", "NonNull", "NotNull", "Nonnull", "CheckForNull", "PolyNull");

  /** Those of a method, as source text. */
  List<String> ofMethod(AnnotatedConstruct method) {
    return carried(method)
        .filter(each -> OF_METHODS.contains(nameOf(each)) || isNamed(each))
        .map(AnnotationMirror::toString)
        .toList();
  }

  /** Those of a type or a parameter, as source text. */
  List<String> ofType(AnnotatedConstruct construct) {
    return carried(construct)
        .filter(each -> isOfNullness(each) || isNamed(each))
        .map(each -> isNamed(each) ? each.toString() : "@" + nameOf(each))
        .distinct()
        .toList();
  }

  private static Stream<? extends AnnotationMirror> carried(AnnotatedConstruct construct) {
    return construct.getAnnotationMirrors().stream();
  }

  private static boolean isOfNullness(AnnotationMirror annotation) {
    // Lombok would check the argument in the twin's method, too.
    return !nameOf(annotation).startsWith("lombok.")
        && NULLNESS.contains(annotation.getAnnotationType().asElement().getSimpleName().toString());
  }

  private boolean isNamed(AnnotationMirror annotation) {
    String name = nameOf(annotation);
    return named.contains(name)
        || named.contains(name.substring(0, name.lastIndexOf('.') + 1) + "*");
  }

  private static String nameOf(AnnotationMirror annotation) {
    return ((TypeElement) annotation.getAnnotationType().asElement()).getQualifiedName().toString();
  }
}
