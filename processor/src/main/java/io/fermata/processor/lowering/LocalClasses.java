package io.fermata.processor.lowering;

import io.fermata.processor.attribution.AttributedBody;
import io.fermata.processor.declaration.CoroutineMethod;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrLocalClass;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.IrTypeParameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * The classes of a method that become members of its continuation, and what they are called there.
 */
final class LocalClasses {

  /**
   * Such a class.
   *
   * @param scope the variable that holds what it captures; empty if it captures nothing
   * @param typeParameters of the class that holds what it captures
   */
  record Member(
      IrType.Declared type, Optional<IrLocal> scope, List<IrTypeParameter> typeParameters) {

    /** The name of the class that stands around it; empty for one that stands on its own. */
    Optional<String> around() {
      return type.simpleNames().size() > 3
          ? Optional.of(type.simpleNames().get(2))
          : Optional.empty();
    }
  }

  private final CoroutineMethod method;
  private final Map<Element, Member> members = new HashMap<>();
  private final Map<String, IrType.Declared> bySimpleName = new HashMap<>();
  private final List<IrLocalClass> declarations = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<Element, IrLocal> instances = new HashMap<>();
  private final Map<Element, IrLocal> scopes = new HashMap<>();
  private final Elements elements;
  private final Set<String> usersNames;

  /**
   * @param usersNames every identifier of the method
   */
  LocalClasses(AttributedBody body, Set<String> usersNames) {
    this.method = body.method();
    this.elements = body.elements();
    this.usersNames = usersNames;
  }

  /** What this class has become, or is about to; empty for one that does not move. */
  Optional<Member> find(Element type) {
    return Optional.ofNullable(members.get(type));
  }

  /**
   * What stands for the simple name of an anonymous class that becomes a member; no name in Java.
   */
  Optional<String> anonymousName(Element type) {
    return find(type).map(member -> keyOf(type, member));
  }

  private static String keyOf(Element type, Member member) {
    String name = type.getSimpleName().toString();
    return name.isEmpty() ? "#" + member.type().simpleName() : name;
  }

  /** The type in the place of a local class that is described by its simple name. */
  IrType.Declared described(IrType.Declared type) {
    IrType.Declared member =
        type.packageName().isEmpty() ? bySimpleName.get(type.simpleNames().get(0)) : null;
    if (member == null) {
      return type;
    }
    List<String> inner = type.simpleNames().subList(1, type.simpleNames().size());
    return new IrType.Declared(
        member.packageName(),
        Stream.concat(member.simpleNames().stream(), inner.stream()).toList(),
        type.arguments(),
        inner.isEmpty() ? member.enclosing() : type.enclosing());
  }

  /** The object of this class that code in it calls {@code this}. */
  IrLocal instance(TypeElement type, IrType described) {
    return instances.computeIfAbsent(type, key -> object((IrType.Declared) described));
  }

  /** What holds the variables that a class captures, to code in that class. */
  Optional<IrLocal> scopeInside(Element type) {
    return find(type)
        .flatMap(Member::scope)
        .map(scope -> scopes.computeIfAbsent(type, key -> object((IrType.Declared) scope.type())));
  }

  private static IrLocal object(IrType.Declared type) {
    return new IrLocal(uncapitalized(type.simpleName()), type, IrLocal.Origin.INSTANCE);
  }

  /** The variable that holds what a class captures which moves from within plain code. */
  IrLocal scopeInCode(IrType.Declared type) {
    return new IrLocal(freeName(uncapitalized(type.simpleName())), type, IrLocal.Origin.DECLARED);
  }

  private static String uncapitalized(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private boolean isTaken(String name) {
    return usersNames.contains(name)
        || name.equals(method.continuationName())
        || name.equals(method.owner().twinName());
  }

  /** Whether a member of this name would hide a class that has no other name in generated code. */
  private boolean wouldHide(String name) {
    String packageName = method.owner().packageName();
    return isClass(packageName.isEmpty() ? name : packageName + "." + name)
        || isClass("java.lang." + name);
  }

  private boolean isClass(String qualifiedName) {
    return elements.getTypeElement(qualifiedName) != null;
  }

  /** A name that no other member has, no class around them, and nothing that the user names. */
  String freeName(String wanted) {
    String name = wanted;
    for (int i = 1; isTaken(name) || !names.add(name); i++) {
      name = wanted + "$" + i;
    }
    return name;
  }

  /** The type of the class that holds captured variables. */
  IrType.Declared scopeType(String scopeName, List<IrTypeParameter> typeParameters) {
    List<IrType> arguments =
        typeParameters.stream().<IrType>map(IrTypeParameter::variable).toList();
    return new IrType.Declared(
        method.owner().packageName(), path(scopeName), arguments, Optional.empty());
  }

  /** A class that captures nothing and will be a member; its name is known from here on. */
  Member announce(TypeElement type) {
    String name = type.getSimpleName().toString();
    boolean isFree = !wouldHide(name) && names.add(name);
    List<String> path = isFree ? path(name) : path(freeName(name + "Scope"), name);
    return announce(
        type,
        new Member(
            new IrType.Declared(method.owner().packageName(), path, List.of(), Optional.empty()),
            Optional.empty(),
            List.of()));
  }

  /**
   * A class that will be a member of the class that holds its captured variables; its name is known
   * from here on.
   */
  Member announce(
      TypeElement type, String name, IrLocal scope, List<IrTypeParameter> typeParameters) {
    IrType.Declared outer = (IrType.Declared) scope.type();
    List<String> path = Stream.concat(outer.simpleNames().stream(), Stream.of(name)).toList();
    Optional<IrType.Declared> enclosing =
        outer.arguments().isEmpty() ? Optional.empty() : Optional.of(outer);
    return announce(
        type,
        new Member(
            new IrType.Declared(outer.packageName(), path, List.of(), enclosing),
            Optional.of(scope),
            List.copyOf(typeParameters)));
  }

  private Member announce(TypeElement type, Member member) {
    bySimpleName.put(keyOf(type, member), member.type());
    members.put(type, member);
    return member;
  }

  /** Makes an announced class a member. */
  void add(IrLocalClass declaration) {
    declarations.add(declaration);
  }

  /** All of them, in the order of the source. */
  List<IrLocalClass> declarations() {
    return declarations;
  }

  private List<String> path(String... names) {
    return Stream.concat(
            Stream.of(method.owner().twinName(), method.continuationName()), Stream.of(names))
        .toList();
  }
}
