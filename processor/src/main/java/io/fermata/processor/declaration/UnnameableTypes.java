package io.fermata.processor.declaration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the classes out of a signature that the twin can't name, so that a class with faults brings
 * no errors about its twin on top: type variables stand in for them, which fit wherever it is
 * called.
 *
 * <pre>{@code
 * static int reveal(Secret secret)   ->   static <Secret$1> Coro<Integer> reveal(Secret$1 secret)
 * }</pre>
 */
final class UnnameableTypes {

  private final Set<String> names;
  private final Map<String, TypeParameter> standIns = new LinkedHashMap<>();

  private UnnameableTypes(Set<String> names) {
    this.names = names;
  }

  /** The method without these classes; what it calls {@code self} itself has another name. */
  static CoroutineMethod remove(CoroutineMethod method, Set<String> names) {
    UnnameableTypes types = new UnnameableTypes(names);
    boolean plainSelf = names.contains(method.owner().qualifiedName());
    List<Parameter> parameters = new ArrayList<>();
    if (plainSelf) {
      method.self().map(types::replace).ifPresent(parameters::add);
    }
    for (Parameter each : method.parameters()) {
      Parameter replaced = types.replace(each);
      parameters.add(
          each.name().equals(CoroutineMethod.SELF)
              ? new Parameter(CoroutineMethod.SELF + "$1", replaced.type(), replaced.annotations())
              : replaced);
    }
    TypeRef returned = types.replace(method.returned());
    TypeRef thrown = method.thrown() == null ? null : types.replace(method.thrown());
    Parameter sink = method.sink() == null ? null : types.replace(method.sink());
    return new CoroutineMethod(
        method.owner(),
        method.name(),
        method.kind(),
        plainSelf ? null : method.receiver(),
        method.visibility(),
        types.typeParameters(method),
        sink,
        List.copyOf(parameters),
        method.varargs(),
        returned,
        thrown,
        method.annotations(),
        method.javadoc(),
        method.continuationName(),
        method.key());
  }

  private List<TypeParameter> typeParameters(CoroutineMethod method) {
    List<TypeParameter> all = new ArrayList<>();
    for (TypeParameter each : method.typeParameters()) {
      List<TypeRef> bounds = each.bounds().stream().filter(b -> replace(b).equals(b)).toList();
      all.add(new TypeParameter(each.name(), bounds, each.annotations()));
    }
    all.addAll(standIns.values());
    return List.copyOf(all);
  }

  private Parameter replace(Parameter parameter) {
    return new Parameter(parameter.name(), replace(parameter.type()), parameter.annotations());
  }

  private TypeRef replace(TypeRef type) {
    if (type instanceof TypeRef.Array array) {
      return new TypeRef.Array(replace(array.component()), array.annotations());
    }
    if (type instanceof TypeRef.Wildcard wildcard) {
      return new TypeRef.Wildcard(
          replaceBound(wildcard.extendsBound()),
          replaceBound(wildcard.superBound()),
          wildcard.annotations());
    }
    if (type instanceof TypeRef.Declared declared) {
      return isUnnameable(declared) ? standIn(declared) : replaceArguments(declared);
    }
    return type;
  }

  private @Nullable TypeRef replaceBound(@Nullable TypeRef bound) {
    return bound == null ? null : replace(bound);
  }

  private TypeRef replaceArguments(TypeRef.Declared type) {
    return type.with(type.arguments().stream().map(this::replace).toList());
  }

  private boolean isUnnameable(TypeRef.Declared type) {
    return names.stream()
        .anyMatch(
            each ->
                type.qualifiedName().equals(each) || type.qualifiedName().startsWith(each + "."));
  }

  private TypeRef standIn(TypeRef.Declared type) {
    String simpleName = type.names().get(type.names().size() - 1);
    return standIns
        .computeIfAbsent(
            type.qualifiedName(),
            name ->
                new TypeParameter(simpleName + "$" + (standIns.size() + 1), List.of(), List.of()))
        .variable();
  }
}
