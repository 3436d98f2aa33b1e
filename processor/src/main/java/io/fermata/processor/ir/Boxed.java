package io.fermata.processor.ir;

import java.util.Map;
import java.util.Optional;

/** The primitive types and their boxes (JLS 5.1.7). */
public final class Boxed {

  private static final Map<String, String> PRIMITIVES =
      Map.of(
          "Boolean", "boolean",
          "Byte", "byte",
          "Short", "short",
          "Character", "char",
          "Integer", "int",
          "Long", "long",
          "Float", "float",
          "Double", "double");

  private Boxed() {}

  /** What a value of this type is boxed to. */
  public static IrType boxed(IrType.Primitive type) {
    String name =
        PRIMITIVES.entrySet().stream()
            .filter(each -> each.getValue().equals(type.keyword()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    return IrType.Declared.of("java.lang", name);
  }

  /** What a value of this type is unboxed to; empty for a type that is no box. */
  public static Optional<IrType.Primitive> unboxed(IrType type) {
    if (!(type instanceof IrType.Declared declared)
        || !declared.packageName().equals("java.lang")
        || declared.simpleNames().size() != 1) {
      return Optional.empty();
    }
    return Optional.ofNullable(PRIMITIVES.get(declared.simpleNames().get(0)))
        .map(IrType.Primitive::new);
  }
}
