package io.fermata.processor.declaration;

import java.util.List;
import java.util.function.Supplier;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/**
 * Whether a private member can lose its modifier and mean what it did: a method that has one of its
 * signature below it would be overridden, and one of an interface would be public.
 */
public final class OpenedMembers {

  private final Types types;
  private final Supplier<List<TypeElement>> roots;

  /**
   * For a whole compile.
   *
   * @param roots the top-level classes of the compile
   */
  public OpenedMembers(Types types, Supplier<List<TypeElement>> roots) {
    this.types = types;
    this.roots = roots;
  }

  /** Whether nothing else changes when this private member is package-private. */
  public boolean canBe(Element member) {
    if (member.getKind() != ElementKind.METHOD) {
      return true;
    }
    ExecutableElement method = (ExecutableElement) member;
    TypeElement owner = ClassReader.ownerOf(method);
    return !owner.getKind().isInterface()
        && roots.get().stream().noneMatch(each -> redefines(each, method, owner));
  }

  private boolean redefines(TypeElement type, ExecutableElement method, TypeElement owner) {
    boolean isBelow =
        !type.equals(owner)
            && types.isSubtype(types.erasure(type.asType()), types.erasure(owner.asType()));
    MethodKey key = MethodKey.of(method, types);
    return (isBelow
            && ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .anyMatch(each -> MethodKey.of(each, types).equals(key)))
        || ElementFilter.typesIn(type.getEnclosedElements()).stream()
            .anyMatch(each -> redefines(each, method, owner));
  }
}
