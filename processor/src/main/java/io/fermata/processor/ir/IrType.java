package io.fermata.processor.ir;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A type, described by names. */
public sealed interface IrType {

  /** Whether values of this type are references. */
  default boolean isReference() {
    return !(this instanceof Primitive);
  }

  /** Whether it is a type that only inference has, or one of these stands in it. */
  default boolean isInferred() {
    return !inferred().isEmpty();
  }

  /** The types in it that only inference has, itself among them. */
  default List<Inferred> inferred() {
    return List.of();
  }

  /** The same with the first of its bounds for each type that only inference has. */
  default IrType withBounds() {
    return this;
  }

  /** Whether such a type stands in a type argument of a type argument, or the like. */
  default boolean isDeeplyInferred() {
    List<IrType> parts =
        this instanceof Declared declared
            ? declared.arguments()
            : this instanceof Array array ? List.of(array.component()) : List.of();
    return parts.stream().anyMatch(part -> part.isInferred() && !part.isBoundedByInferred());
  }

  private boolean isBoundedByInferred() {
    return this instanceof Inferred
        || (this instanceof Wildcard wildcard
            && wildcard.bound().filter(each -> each.type() instanceof Inferred).isPresent());
  }

  /** One of the eight primitive types by its keyword, or {@code void}. */
  record Primitive(String keyword) implements IrType {
    @Override
    public String toString() {
      return keyword;
    }
  }

  /**
   * A class or interface type.
   *
   * @param packageName empty for the unnamed package
   * @param simpleNames the outermost class first
   * @param arguments the type arguments of the innermost class; empty if raw or not generic
   * @param enclosing the parameterised type that an inner class of a generic class belongs to
   */
  record Declared(
      String packageName,
      List<String> simpleNames,
      List<IrType> arguments,
      Optional<Declared> enclosing)
      implements IrType {
    public Declared {
      simpleNames = List.copyOf(simpleNames);
      arguments = List.copyOf(arguments);
    }

    /** A top-level class without type arguments. */
    public static Declared of(String packageName, String simpleName) {
      return new Declared(packageName, List.of(simpleName), List.of(), Optional.empty());
    }

    /** Without the classes around it. */
    public String simpleName() {
      return simpleNames.get(simpleNames.size() - 1);
    }

    @Override
    public IrType withBounds() {
      return new Declared(
          packageName,
          simpleNames,
          arguments.stream().map(IrType::withBounds).toList(),
          enclosing.map(outer -> (Declared) outer.withBounds()));
    }

    @Override
    public List<Inferred> inferred() {
      return Stream.concat(arguments.stream(), enclosing.stream())
          .flatMap(part -> part.inferred().stream())
          .toList();
    }

    @Override
    public String toString() {
      String name =
          enclosing
              .map(outer -> outer + "." + simpleName())
              .orElseGet(() -> String.join(".", simpleNames));
      return arguments.isEmpty() ? name : name + joined(arguments, ", ", "<", ">");
    }
  }

  /** An array type. */
  record Array(IrType component) implements IrType {
    @Override
    public IrType withBounds() {
      return new Array(component.withBounds());
    }

    @Override
    public List<Inferred> inferred() {
      return component.inferred();
    }

    @Override
    public String toString() {
      return component + "[]";
    }
  }

  /** A type variable of the method or its class. */
  record Variable(String name) implements IrType {
    @Override
    public String toString() {
      return name;
    }
  }

  /** {@code ?}, {@code ? extends B} (kind {@code extends}) or {@code ? super B}. */
  record Wildcard(Optional<Bound> bound) implements IrType {
    /** The bound of a wildcard; keyword {@code extends} or {@code super}. */
    public record Bound(String keyword, IrType type) {}

    @Override
    public IrType withBounds() {
      return new Wildcard(bound.map(each -> new Bound(each.keyword(), each.type().withBounds())));
    }

    @Override
    public List<Inferred> inferred() {
      return bound.map(each -> each.type().inferred()).orElseGet(List::of);
    }

    @Override
    public String toString() {
      return bound.map(each -> "? " + each.keyword() + " " + each.type()).orElse("?");
    }
  }

  /**
   * {@code A & B}, which Java has no name for: a type parameter of the generated class stands for
   * it, {@code Type$1 extends A & B}. Values of that type are got by a cast.
   */
  record Inferred(String name, List<IrType> bounds) implements IrType {
    public Inferred {
      bounds = List.copyOf(bounds);
    }

    @Override
    public IrType withBounds() {
      return bounds.get(0);
    }

    @Override
    public List<Inferred> inferred() {
      return List.of(this);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static String joined(List<IrType> types, String separator, String open, String close) {
    return types.stream().map(IrType::toString).collect(Collectors.joining(separator, open, close));
  }
}
