package io.fermata.processor.declaration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.Types;

/** Finds the nearest class that several types extend; for throwables there always is one. */
final class CommonSuperclass {

  private final Types types;

  CommonSuperclass(Types types) {
    this.types = types;
  }

  /** The nearest common superclass; the type itself if there is but one. */
  TypeMirror of(List<? extends TypeMirror> alternatives) {
    TypeMirror candidate = alternatives.get(0);
    while (!isSupertypeOfAll(candidate, alternatives)) {
      candidate = superclassOf(candidate);
    }
    return candidate;
  }

  /** That class, and the interfaces that all alternatives implement and it does not. */
  List<TypeMirror> withInterfaces(List<? extends TypeMirror> alternatives) {
    List<TypeMirror> common = new ArrayList<>(List.of(of(alternatives)));
    Deque<TypeMirror> supertypes = new ArrayDeque<>(List.of(alternatives.get(0)));
    while (!supertypes.isEmpty()) {
      TypeMirror next = supertypes.remove();
      boolean isKnown = common.stream().anyMatch(each -> types.isSubtype(each, next));
      if (!isKnown && isInterface(next) && isSupertypeOfAll(next, alternatives)) {
        common.add(next);
      }
      supertypes.addAll(types.directSupertypes(next));
    }
    return common;
  }

  private static boolean isInterface(TypeMirror type) {
    return type instanceof DeclaredType declared && declared.asElement().getKind().isInterface();
  }

  private boolean isSupertypeOfAll(TypeMirror candidate, List<? extends TypeMirror> alternatives) {
    return alternatives.stream().allMatch(each -> types.isSubtype(each, candidate));
  }

  private static TypeMirror superclassOf(TypeMirror type) {
    if (type instanceof TypeVariable variable) {
      return variable.getUpperBound();
    }
    TypeMirror superclass = ((TypeElement) ((DeclaredType) type).asElement()).getSuperclass();
    if (superclass.getKind() == TypeKind.NONE) {
      throw new IllegalArgumentException("No common superclass above " + type);
    }
    return superclass;
  }
}
