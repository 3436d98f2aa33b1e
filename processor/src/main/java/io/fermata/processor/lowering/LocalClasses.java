package io.fermata.processor.lowering;

import io.fermata.processor.declaration.CoroutineMethod;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrLocalClass;
import io.fermata.processor.ir.IrType;
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

/**
 * The classes of a method that become members of its continuation, and what they are called there.
 */
final class LocalClasses {

  /**
   * Such a class.
   *
   * @param scope the variable that holds what it captures; empty if it captures nothing
   */
  record Member(IrType.Declared type, Optional<IrLocal> scope) {

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

  LocalClasses(CoroutineMethod method) {
    this.method = method;
  }

  /** What this class has become; empty for one that is not, or not yet, a member. */
  Optional<Member> find(Element type) {
    return Optional.ofNullable(members.get(type));
  }

  /** What an anonymous class has become. */
  Optional<IrType> anonymous(Element type) {
    return type.getSimpleName().contentEquals("") ? find(type).map(Member::type) : Optional.empty();
  }

  /** The type in the place of a local class that is described by its simple name. */
  IrType.Declared described(IrType.Declared type) {
    IrType.Declared member =
        type.packageName().isEmpty() && type.simpleNames().size() == 1
            ? bySimpleName.get(type.simpleNames().get(0))
            : null;
    return member == null
        ? type
        : new IrType.Declared(
            member.packageName(), member.simpleNames(), type.arguments(), member.enclosing());
  }

  /** A class name that no other member has. */
  String freeName(String wanted) {
    String name = wanted;
    for (int i = 1; !names.add(name); i++) {
      name = wanted + "$" + i;
    }
    return name;
  }

  /** The type of the class that holds captured variables. */
  IrType.Declared scopeType(String scopeName) {
    List<IrType> arguments =
        method.typeParameters().stream()
            .<IrType>map(parameter -> new IrType.Variable(parameter.name()))
            .toList();
    return new IrType.Declared(
        method.owner().packageName(), path(scopeName), arguments, Optional.empty());
  }

  /** A class that captures nothing and will be a member; its name is known from here on. */
  Member announce(TypeElement type) {
    String name = type.getSimpleName().toString();
    List<String> path = names.add(name) ? path(name) : path(freeName(name + "Scope"), name);
    return announce(
        type,
        new Member(
            new IrType.Declared(method.owner().packageName(), path, List.of(), Optional.empty()),
            Optional.empty()));
  }

  /**
   * A class that will be a member of the class that holds its captured variables; its name is known
   * from here on.
   */
  Member announce(TypeElement type, String name, IrLocal scope) {
    IrType.Declared outer = (IrType.Declared) scope.type();
    List<String> path = Stream.concat(outer.simpleNames().stream(), Stream.of(name)).toList();
    Optional<IrType.Declared> enclosing =
        outer.arguments().isEmpty() ? Optional.empty() : Optional.of(outer);
    return announce(
        type,
        new Member(
            new IrType.Declared(outer.packageName(), path, List.of(), enclosing),
            Optional.of(scope)));
  }

  private Member announce(TypeElement type, Member member) {
    bySimpleName.put(type.getSimpleName().toString(), member.type());
    return member;
  }

  /** Makes an announced class a member. */
  void add(TypeElement type, Member member, IrLocalClass declaration) {
    members.put(type, member);
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
