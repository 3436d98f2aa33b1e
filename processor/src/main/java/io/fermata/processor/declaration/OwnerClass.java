package io.fermata.processor.declaration;

import java.util.List;
import java.util.Set;

/**
 * The class that holds coroutines, and what its twin is called.
 *
 * @param packageName empty for the unnamed package
 * @param names the simple names from the outermost class to this one
 * @param binaryName {@code app.Outer$Inner}
 * @param fileName the user's source file, {@code Outer.java}
 * @param type the class with its type parameters as arguments: the type of {@code self}
 * @param typeParameters those that an instance method sees: the class's own and its enclosing
 *     classes' as far as no {@code static} stands between
 * @param visibility of the twin: public if the class and all that enclose it are
 * @param hiding the simple names of classes of the package that an import would hide, or that hide
 *     a class of {@code java.lang}
 */
public record OwnerClass(
    String packageName,
    List<String> names,
    String binaryName,
    String fileName,
    TypeRef.Declared type,
    List<TypeParameter> typeParameters,
    Visibility visibility,
    Set<String> hiding) {

  /** The twin's simple name: {@code Outer_InnerAsync}. */
  public String twinName() {
    return String.join("_", names) + "Async";
  }

  /** The twin's full name: {@code app.Outer_InnerAsync}. */
  public String twinQualifiedName() {
    return packageName.isEmpty() ? twinName() : packageName + "." + twinName();
  }

  /** The class as it is written in source: {@code app.Outer.Inner}. */
  public String qualifiedName() {
    return type.qualifiedName();
  }
}
