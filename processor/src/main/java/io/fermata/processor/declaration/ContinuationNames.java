package io.fermata.processor.declaration;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Names the generated classes of one twin: {@code sayAfter} is {@code SayAfter}, an overload of it
 * {@code SayAfter$1}. A name that would hide a class the generated code may speak of counts as
 * taken.
 */
final class ContinuationNames {

  private final Elements elements;
  private final TypeElement type;
  private final OwnerClass owner;
  private final Set<String> taken = new HashSet<>();
  private final Set<String> given = new HashSet<>();

  ContinuationNames(Elements elements, TypeElement type, OwnerClass owner) {
    this.elements = elements;
    this.type = type;
    this.owner = owner;
    taken.add(owner.twinName());
    for (Element e = type; e instanceof TypeElement each; e = e.getEnclosingElement()) {
      taken.add(each.getSimpleName().toString());
      each.getTypeParameters().forEach(p -> taken.add(p.getSimpleName().toString()));
      ElementFilter.typesIn(elements.getAllMembers(each))
          .forEach(member -> taken.add(member.getSimpleName().toString()));
    }
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      for (TypeParameterElement parameter : method.getTypeParameters()) {
        taken.add(parameter.getSimpleName().toString());
      }
    }
  }

  /**
   * @param nested the names of classes that may come to stand in the generated one, whose name they
   *     must not have (JLS 8.1)
   */
  String next(ExecutableElement method, Set<String> nested) {
    String simple = method.getSimpleName().toString();
    String name = simple.substring(0, 1).toUpperCase(Locale.ROOT) + simple.substring(1);
    String free = name;
    for (int n = 1; nested.contains(free) || hidesClass(free) || !isFree(free); n++) {
      free = name + "$" + n;
    }
    given.add(free.toLowerCase(Locale.ROOT));
    return free;
  }

  /** There are file systems on which GetUrl.class and GetURL.class are one file. */
  private boolean isFree(String name) {
    return !taken.contains(name) && !given.contains(name.toLowerCase(Locale.ROOT));
  }

  private boolean hidesClass(String name) {
    return isPublic("java.lang", name)
        || isPublic("io.fermata", name)
        || isPublic("io.fermata.codegen", name)
        || find(owner.packageName(), name).isPresent();
  }

  private boolean isPublic(String packageName, String name) {
    return find(packageName, name)
        .filter(type -> type.getModifiers().contains(Modifier.PUBLIC))
        .isPresent();
  }

  private Optional<TypeElement> find(String packageName, String name) {
    String qualified = packageName.isEmpty() ? name : packageName + "." + name;
    return ClassReader.visibleFrom(type, qualified, elements);
  }
}
