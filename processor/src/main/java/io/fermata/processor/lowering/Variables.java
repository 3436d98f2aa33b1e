package io.fermata.processor.lowering;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** The variables of one body: those it declares, and copies of those it captures. */
final class Variables {

  private final BodyFacts facts;
  private final TypeNames types;
  private final Tree root;
  private final @Nullable Variables outer;
  private final @Nullable IrLocal self;
  private final Map<Element, IrLocal> declared = new HashMap<>();
  private final Map<IrLocal, IrLocal> captured = new LinkedHashMap<>();

  /** Those of a method; {@code self} is null for a static one. */
  Variables(BodyFacts facts, TypeNames types, Tree root, @Nullable IrLocal self) {
    this.facts = facts;
    this.types = types;
    this.root = root;
    this.outer = null;
    this.self = self;
  }

  /** Those of a coroutine lambda, or a class that moves, in the body of {@code outer}. */
  Variables(Tree lambda, Variables outer) {
    this.facts = outer.facts;
    this.types = outer.types;
    this.root = lambda;
    this.outer = outer;
    this.self = null;
  }

  /** The variable that this element is here; empty if it is none of a body's. */
  Optional<IrLocal> find(Element element) {
    Tree owner = facts.root(element);
    while (owner instanceof ClassTree && !isRoot(owner)) {
      owner = facts.rootAround(owner);
    }
    if (owner == null) {
      return Optional.empty();
    }
    if (owner == root) {
      return Optional.of(
          declared.computeIfAbsent(element, key -> create(key, IrLocal.Origin.DECLARED)));
    }
    return outer == null ? Optional.empty() : outer.find(element).map(this::capture);
  }

  /** Whether these, or those around them, are the variables of that tree. */
  private boolean isRoot(Tree tree) {
    return tree == root || (outer != null && outer.isRoot(tree));
  }

  /** The method, coroutine lambda or class that moves whose variables these are. */
  Tree root() {
    return root;
  }

  /** The receiver; empty in a static method. */
  Optional<IrLocal> self() {
    return outer == null ? Optional.ofNullable(self) : outer.self().map(this::capture);
  }

  /**
   * The object of a class around this code: itself to code that stays in the declaration, else what
   * holds a copy of it.
   */
  IrLocal instance(IrLocal object, Tree declaration) {
    return outer == null || facts.isIn(declaration, root)
        ? object
        : capture(outer.instance(object, declaration));
  }

  /** What a coroutine lambda takes from the body around it, in order of first use. */
  List<IrLocal> captures() {
    return List.copyOf(captured.keySet());
  }

  /** What the captured variables are called inside, in the same order. */
  List<IrLocal> parameters() {
    return List.copyOf(captured.values());
  }

  private IrLocal capture(IrLocal local) {
    return captured.computeIfAbsent(
        local,
        key ->
            new IrLocal(
                nameOfCopy(key),
                key.type(),
                key.origin() == IrLocal.Origin.SELF
                    ? IrLocal.Origin.SELF
                    : IrLocal.Origin.PARAMETER));
  }

  /** The user's name, or one that neither the user nor another copy has. */
  private String nameOfCopy(IrLocal local) {
    boolean isMadeUp =
        local.origin() == IrLocal.Origin.TEMPORARY || local.origin() == IrLocal.Origin.INSTANCE;
    String name = local.name();
    for (int i = 1; (isMadeUp && facts.names().contains(name)) || isCopied(name); i++) {
      name = local.name() + "$" + i;
    }
    return name;
  }

  private boolean isCopied(String name) {
    return captured.values().stream().anyMatch(copy -> copy.name().equals(name));
  }

  /** Lets {@code element} stand for a made-up variable. */
  void own(Element element, IrLocal local) {
    declared.put(element, local);
  }

  /** Makes a parameter of the method known; gives its variable. */
  IrLocal parameter(Element element) {
    return declared.computeIfAbsent(element, key -> create(key, IrLocal.Origin.PARAMETER));
  }

  private IrLocal create(Element element, IrLocal.Origin origin) {
    String name = element.getSimpleName().toString();
    IrType type = types.ofVariable(element);
    // The name of an unnamed variable, "_", is empty.
    return name.isEmpty()
        ? new IrLocal("unnamed", type, IrLocal.Origin.TEMPORARY)
        : new IrLocal(name, type, origin);
  }
}
