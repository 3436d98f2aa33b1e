package io.fermata.processor.declaration;

import java.util.List;
import java.util.Map;

/** The classes that stand for the primitive types. */
public final class Boxes {

  private static final Map<String, String> BOX_OF =
      Map.of(
          "boolean", "Boolean",
          "byte", "Byte",
          "short", "Short",
          "char", "Character",
          "int", "Integer",
          "long", "Long",
          "float", "Float",
          "double", "Double",
          "void", "Void");

  private Boxes() {}

  /** The type itself, or the class that stands for a primitive; {@code Void} for {@code void}. */
  public static TypeRef boxed(TypeRef type) {
    if (!(type instanceof TypeRef.Primitive primitive)) {
      return type;
    }
    String box = BOX_OF.get(primitive.name());
    if (box == null) {
      throw new IllegalArgumentException("No primitive type: " + primitive.name());
    }
    return new TypeRef.Declared(
        "java.lang", List.of(box), null, List.of(), primitive.annotations());
  }
}
