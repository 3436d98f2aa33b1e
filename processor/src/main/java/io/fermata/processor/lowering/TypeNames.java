package io.fermata.processor.lowering;

import io.fermata.processor.declaration.TypeReader;
import io.fermata.processor.declaration.TypeRef;
import io.fermata.processor.ir.IrType;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
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
      return new IrType.Variable(variable.name());
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
