package io.fermata.processor.lowering;

import java.util.Map;
import java.util.Optional;

/** The primitive types and their boxes (JLS 5.1.7). */
final class Boxed {

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

  /** What a class of {@code java.lang} is unboxed to. */
  static Optional<String> primitive(String simpleName) {
    return Optional.ofNullable(PRIMITIVES.get(simpleName));
  }
}
