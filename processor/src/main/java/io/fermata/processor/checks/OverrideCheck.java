package io.fermata.processor.checks;

import static io.fermata.processor.diagnostics.Diagnostic.OVERRIDDEN;
import static io.fermata.processor.diagnostics.Diagnostic.TEMPLATE_INHERITED;
import static io.fermata.processor.diagnostics.Diagnostic.TEMPLATE_OVERRIDE;

import io.fermata.processor.diagnostics.ElementFault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Finds templates that plain methods lead to, and coroutines that a subclass means to replace. */
final class OverrideCheck {

  private final Api api;

  OverrideCheck(Api api) {
    this.api = api;
  }

  List<ElementFault> check(TypeElement type) {
    List<ElementFault> faults = new ArrayList<>();
    Set<TypeElement> supertypes = supertypes(type);
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      if (!api.isStatic(method)) {
        overridden(method, type, supertypes)
            .flatMap(other -> fault(method, other))
            .ifPresent(faults::add);
      }
    }
    for (TypeElement supertype : supertypes) {
      if (!isPlatform(supertype)) {
        ElementFilter.methodsIn(supertype.getEnclosedElements()).stream()
            .filter(each -> api.isCoroutine(each) && !api.isStatic(each))
            .forEach(each -> inherited(each, supertype, type, supertypes).ifPresent(faults::add));
      }
    }
    return faults;
  }

  /** What a method overrides: a plain method first, since that is the graver matter. */
  private Optional<ExecutableElement> overridden(
      ExecutableElement method, TypeElement type, Set<TypeElement> supertypes) {
    List<ExecutableElement> all =
        supertypes.stream().flatMap(each -> overriddenIn(method, type, each).stream()).toList();
    return all.stream()
        .filter(each -> !api.isCoroutine(each))
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  private List<ExecutableElement> overriddenIn(
      ExecutableElement method, TypeElement type, TypeElement supertype) {
    return ElementFilter.methodsIn(supertype.getEnclosedElements()).stream()
        .filter(each -> each.getSimpleName().equals(method.getSimpleName()))
        .filter(each -> !each.equals(method))
        .filter(each -> api.elements().overrides(method, each, type))
        .toList();
  }

  private Optional<ElementFault> fault(ExecutableElement method, ExecutableElement other) {
    if (!api.isCoroutine(other)) {
      return api.isCoroutine(method)
          ? Optional.of(
              new ElementFault(
                  TEMPLATE_OVERRIDE,
                  method,
                  method.getSimpleName().toString(),
                  Api.displayName(other)))
          : Optional.empty();
    }
    return Optional.of(
        new ElementFault(OVERRIDDEN, method, Api.displayName(other), Api.displayName(method)));
  }

  /**
   * A template of a superclass that implements a method of an interface which only this class has.
   */
  private Optional<ElementFault> inherited(
      ExecutableElement template,
      TypeElement owner,
      TypeElement type,
      Set<TypeElement> supertypes) {
    Set<TypeElement> ofOwner = supertypes(owner);
    return supertypes.stream()
        .filter(each -> !ofOwner.contains(each) && !each.equals(owner))
        .flatMap(each -> overriddenIn(template, type, each).stream())
        .filter(each -> !api.isCoroutine(each))
        .findFirst()
        .map(
            each ->
                new ElementFault(
                    TEMPLATE_INHERITED, type, Api.displayName(template), Api.displayName(each)));
  }

  private static boolean isPlatform(TypeElement type) {
    return type.getQualifiedName().toString().startsWith("java.");
  }

  private Set<TypeElement> supertypes(TypeElement type) {
    Set<TypeElement> all = new LinkedHashSet<>();
    collect(type, all);
    return all;
  }

  private void collect(TypeElement type, Set<TypeElement> all) {
    List<TypeMirror> direct = new ArrayList<>(type.getInterfaces());
    direct.add(0, type.getSuperclass());
    for (TypeMirror each : direct) {
      if (each.getKind() == TypeKind.DECLARED) {
        Element element = ((DeclaredType) each).asElement();
        if (element instanceof TypeElement supertype && all.add(supertype)) {
          collect(supertype, all);
        }
      }
    }
  }
}
