package io.fermata.processor.declaration;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Exceptions by their types. */
public final class ThrownTypes {

  private final Types types;
  private final Elements elements;

  public ThrownTypes(Types types, Elements elements) {
    this.types = types;
    this.elements = elements;
  }

  /** Whether it has to be caught or declared (JLS 11.1.1). */
  public boolean isChecked(TypeMirror thrown) {
    TypeMirror type = thrown instanceof TypeVariable variable ? variable.getUpperBound() : thrown;
    return !types.isSubtype(type, named("java.lang.RuntimeException"))
        && !types.isSubtype(type, named("java.lang.Error"));
  }

  private TypeMirror named(String name) {
    return Objects.requireNonNull(elements.getTypeElement(name), name).asType();
  }

  /** Adds a type, if it is checked and those that are there don't say it already. */
  public void add(TypeMirror type, List<TypeMirror> thrown) {
    if (isChecked(type) && thrown.stream().noneMatch(each -> types.isSubtype(type, each))) {
      thrown.add(type);
    }
  }

  /** What both of two clauses say: of each pair the narrower one. */
  public List<TypeMirror> common(
      List<? extends TypeMirror> first, List<? extends TypeMirror> second) {
    List<TypeMirror> common = new ArrayList<>();
    for (TypeMirror one : first) {
      for (TypeMirror other : second) {
        if (types.isSubtype(one, other)) {
          add(one, common);
        } else if (types.isSubtype(other, one)) {
          add(other, common);
        }
      }
    }
    return common;
  }

  /** What the {@code close} of a resource of this type is declared to throw (JLS 14.20.3). */
  public List<TypeMirror> ofClose(TypeMirror resource) {
    return bounds(resource)
        .flatMap(type -> close(type).stream())
        .reduce(this::common)
        .orElseThrow(() -> new IllegalStateException("no resource: " + resource));
  }

  private static Stream<DeclaredType> bounds(TypeMirror type) {
    if (type instanceof TypeVariable variable) {
      return bounds(variable.getUpperBound());
    }
    if (type instanceof IntersectionType intersection) {
      return intersection.getBounds().stream().flatMap(ThrownTypes::bounds);
    }
    return Stream.of((DeclaredType) type);
  }

  /** The exceptions of the {@code close} that this type has, if it has one. */
  private Optional<List<TypeMirror>> close(DeclaredType type) {
    return ElementFilter.methodsIn(elements.getAllMembers((TypeElement) type.asElement())).stream()
        .filter(each -> each.getSimpleName().contentEquals("close"))
        .filter(each -> each.getParameters().isEmpty())
        .findFirst()
        .map(method -> List.copyOf(typeIn(type, method).getThrownTypes()));
  }

  private ExecutableType typeIn(DeclaredType type, ExecutableElement method) {
    return (ExecutableType) types.asMemberOf(type, method);
  }
}
