package io.fermata.processor.declaration;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A type as plain data: it outlives the compile that it was read in. {@code toString()} gives it as
 * Java source, every class by its full name.
 *
 * <p>{@link TypeReader} makes them from types of either compile.
 */
public sealed interface TypeRef {

  /** The annotations that stand at this type, as source text: {@code "@org.foo.Nullable"}. */
  List<String> annotations();

  /** {@code void}. */
  TypeRef VOID = new Primitive("void", List.of());

  /** {@code java.lang.Object}. */
  Declared OBJECT = Declared.of("java.lang", "Object");

  /** A primitive type, or {@code void}. */
  record Primitive(String name, List<String> annotations) implements TypeRef {
    @Override
    public String toString() {
      return prefix(annotations) + name;
    }
  }

  /**
   * A class or interface.
   *
   * @param packageName empty for the unnamed package
   * @param names the simple names from the outermost class to this one
   * @param outer the enclosing type where it has type arguments, {@code Outer<A>.Inner<B>}, else
   *     null
   * @param arguments empty for a class without type parameters, and for a raw type
   */
  record Declared(
      String packageName,
      List<String> names,
      @Nullable Declared outer,
      List<TypeRef> arguments,
      List<String> annotations)
      implements TypeRef {

    /** The class itself, without arguments. */
    public static Declared of(String packageName, String... names) {
      return new Declared(packageName, List.of(names), null, List.of(), List.of());
    }

    /** This class with these arguments. */
    public Declared with(List<TypeRef> newArguments) {
      return new Declared(packageName, names, outer, newArguments, annotations);
    }

    /** {@code java.util.Map.Entry}. */
    public String qualifiedName() {
      return (packageName.isEmpty() ? "" : packageName + ".") + String.join(".", names);
    }

    @Override
    public String toString() {
      // An annotation stands right before the simple name: java.lang.@Nullable String.
      String qualifier =
          outer != null
              ? outer.toString()
              : Stream.concat(
                      packageName.isEmpty() ? Stream.empty() : Stream.of(packageName),
                      names.subList(0, names.size() - 1).stream())
                  .collect(Collectors.joining("."));
      String args =
          arguments.isEmpty()
              ? ""
              : arguments.stream()
                  .map(TypeRef::toString)
                  .collect(Collectors.joining(", ", "<", ">"));
      return (qualifier.isEmpty() ? "" : qualifier + ".")
          + prefix(annotations)
          + names.get(names.size() - 1)
          + args;
    }
  }

  /** A type variable, by the name that it has in the twin. */
  record Variable(String name, List<String> annotations) implements TypeRef {
    @Override
    public String toString() {
      return prefix(annotations) + name;
    }
  }

  /** An array type; the annotations are those of the array, not of what is in it. */
  record Array(TypeRef component, List<String> annotations) implements TypeRef {
    @Override
    public String toString() {
      // Source order is outermost first: in `int @A [] @B []` the outer array carries A.
      TypeRef element = component;
      StringBuilder dims = new StringBuilder(dimension(annotations));
      while (element instanceof Array inner) {
        dims.append(dimension(inner.annotations));
        element = inner.component;
      }
      return element.toString() + dims;
    }

    private static String dimension(List<String> annotations) {
      return annotations.isEmpty() ? "[]" : " " + prefix(annotations) + "[]";
    }
  }

  /** {@code ?}, {@code ? extends A} or {@code ? super A}. */
  record Wildcard(
      @Nullable TypeRef extendsBound, @Nullable TypeRef superBound, List<String> annotations)
      implements TypeRef {

    /** {@code ?}. */
    public static final Wildcard UNBOUNDED = new Wildcard(null, null, List.of());

    @Override
    public String toString() {
      if (extendsBound != null) {
        return prefix(annotations) + "? extends " + extendsBound;
      }
      return prefix(annotations) + (superBound != null ? "? super " + superBound : "?");
    }
  }

  /** {@code A & B}, as in a cast or in the type of a {@code var}; Java has no name for it. */
  record Intersection(List<TypeRef> bounds) implements TypeRef {
    @Override
    public List<String> annotations() {
      return List.of();
    }

    @Override
    public String toString() {
      return bounds.stream().map(TypeRef::toString).collect(Collectors.joining(" & "));
    }
  }

  private static String prefix(List<String> annotations) {
    return annotations.stream().map(a -> a + " ").collect(Collectors.joining());
  }
}
