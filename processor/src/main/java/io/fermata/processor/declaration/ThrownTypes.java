package io.fermata.processor.declaration;

import java.util.Objects;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Exceptions by their types. */
public final class ThrownTypes {
  private ThrownTypes() {}

  /** Whether it has to be caught or declared (JLS 11.1.1). */
  public static boolean isChecked(TypeMirror thrown, Types types, Elements elements) {
    TypeMirror type = thrown instanceof TypeVariable variable ? variable.getUpperBound() : thrown;
    return !types.isSubtype(type, named("java.lang.RuntimeException", elements))
        && !types.isSubtype(type, named("java.lang.Error", elements));
  }

  private static TypeMirror named(String name, Elements elements) {
    return Objects.requireNonNull(elements.getTypeElement(name), name).asType();
  }
}
