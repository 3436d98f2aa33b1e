package io.fermata.processor.lowering;

import io.fermata.processor.declaration.TypeReader;
import io.fermata.processor.declaration.TypeRef;
import io.fermata.processor.ir.IrType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import org.jspecify.annotations.Nullable;

/** Describes the types of a body to the IR. */
final class TypeNames {

  private final TypeReader reader;
  private final LocalClasses classes;
  private final InferredTypes inferred;

  TypeNames(TypeReader reader, LocalClasses classes, InferredTypes inferred) {
    this.reader = reader;
    this.classes = classes;
    this.inferred = inferred;
  }

  /** The nearest type that Java has a name for. */
  IrType describe(TypeMirror type) {
    return of(reader.read(type));
  }

  /**
   * The type of a variable. The parameter of a lambda may be of a captured wildcard's type: its
   * uses, where they go to another class, only fit with a type parameter that stands for it.
   */
  IrType ofVariable(Element variable) {
    TypeMirror type = variable.asType();
    if (variable.getKind() == ElementKind.PARAMETER) {
      CapturedArguments.capturedIn(type).forEach(this::name);
    }
    return describeNamed(type);
  }

  /** The type with the names that captured wildcards have been given. */
  IrType describeNamed(TypeMirror type) {
    return of(reader.read(type, variable -> inferred.nameOf(variable.asElement())));
  }

  /** Whether this is of the type of a lambda's parameter that no type parameter can stand for. */
  boolean isNameless(TypeMirror type) {
    return type instanceof TypeVariable variable && inferred.isNameless(variable.asElement());
  }

  private void name(TypeVariable wildcard) {
    inferred.name(wildcard.asElement(), name -> bounds(wildcard, name));
  }

  /**
   * What a captured wildcard extends; empty if it has a lower bound, or if no type parameter can
   * have its bounds (JLS 4.4).
   */
  private Optional<List<IrType>> bounds(TypeVariable wildcard, String name) {
    Element element = wildcard.asElement();
    boolean hasOthers =
        CapturedArguments.capturedIn(wildcard.getUpperBound()).stream()
            .anyMatch(each -> !each.asElement().equals(element));
    if (hasOthers || wildcard.getLowerBound().getKind() != TypeKind.NULL) {
      return Optional.empty();
    }
    TypeRef bound =
        reader.read(
            wildcard.getUpperBound(),
            each -> each.asElement().equals(element) ? Optional.of(name) : Optional.empty());
    List<TypeRef> bounds =
        bound instanceof TypeRef.Intersection intersection ? intersection.bounds() : List.of(bound);
    boolean isBound =
        bounds.stream()
            .allMatch(
                each ->
                    each instanceof TypeRef.Declared
                        || (each instanceof TypeRef.Variable && bounds.size() == 1));
    return isBound ? Optional.of(bounds.stream().map(this::bound).toList()) : Optional.empty();
  }

  /** The type with {@code List<?>} for {@code List<C>} as a type argument, which no value has. */
  IrType describeArguments(TypeMirror type) {
    return of(reader.readArguments(type));
  }

  /** The class by its name alone. */
  IrType.Declared named(TypeElement type) {
    return declared(reader.named(type));
  }

  IrType of(TypeRef type) {
    if (type instanceof TypeRef.Primitive primitive) {
      return new IrType.Primitive(primitive.name());
    }
    if (type instanceof TypeRef.Declared declared) {
      return declared(declared);
    }
    if (type instanceof TypeRef.Variable variable) {
      return inferred
          .captured(variable.name())
          .<IrType>map(Function.identity())
          .orElseGet(() -> new IrType.Variable(variable.name()));
    }
    if (type instanceof TypeRef.Array array) {
      return new IrType.Array(of(array.component()));
    }
    if (type instanceof TypeRef.Wildcard wildcard) {
      return wildcard(wildcard);
    }
    TypeRef.Intersection intersection = (TypeRef.Intersection) type;
    return inferred.of(intersection.bounds().stream().map(this::bound).toList());
  }

  /** One of several types; another intersection in it is left out, as there is no end to them. */
  private IrType bound(TypeRef type) {
    return of(type instanceof TypeRef.Declared declared ? withoutIntersections(declared) : type);
  }

  private static TypeRef.Declared withoutIntersections(TypeRef.Declared type) {
    return type.with(
        type.arguments().stream()
            .map(each -> holdsIntersection(each) ? TypeRef.Wildcard.UNBOUNDED : each)
            .toList());
  }

  private static boolean holdsIntersection(@Nullable TypeRef type) {
    if (type instanceof TypeRef.Declared declared) {
      return declared.arguments().stream().anyMatch(TypeNames::holdsIntersection);
    }
    if (type instanceof TypeRef.Array array) {
      return holdsIntersection(array.component());
    }
    return type instanceof TypeRef.Intersection
        || (type instanceof TypeRef.Wildcard wildcard
            && (holdsIntersection(wildcard.extendsBound())
                || holdsIntersection(wildcard.superBound())));
  }

  private IrType.Declared declared(TypeRef.Declared type) {
    return classes.described(
        new IrType.Declared(
            type.packageName(),
            type.names(),
            type.arguments().stream().map(this::of).toList(),
            Optional.ofNullable(type.outer()).map(this::declared)));
  }

  private IrType wildcard(TypeRef.Wildcard type) {
    Optional<IrType.Wildcard.Bound> above =
        Optional.ofNullable(type.extendsBound())
            .map(bound -> new IrType.Wildcard.Bound("extends", of(bound)));
    Optional<IrType.Wildcard.Bound> below =
        Optional.ofNullable(type.superBound())
            .map(bound -> new IrType.Wildcard.Bound("super", of(bound)));
    return new IrType.Wildcard(above.or(() -> below));
  }
}
