package io.fermata.processor.ir;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A type, described by names. */
public sealed interface IrType {

  /** Whether values of this type are references. */
  default boolean isReference() {
    return !(this instanceof Primitive);
  }

  /** The type to declare a variable of this type with. */
  default IrType denotable() {
    return this;
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
    public String toString() {
      return bound.map(each -> "? " + each.keyword() + " " + each.type()).orElse("?");
    }
  }

  /** {@code A & B}; has no name outside casts and bounds. */
  record Intersection(List<IrType> bounds) implements IrType {
    public Intersection {
      bounds = List.copyOf(bounds);
    }

    @Override
    public IrType denotable() {
      return bounds.get(0);
    }

    @Override
    public String toString() {
      return joined(bounds, " & ", "", "");
    }
  }

  private static String joined(List<IrType> types, String separator, String open, String close) {
    return types.stream().map(IrType::toString).collect(Collectors.joining(separator, open, close));
  }
}
