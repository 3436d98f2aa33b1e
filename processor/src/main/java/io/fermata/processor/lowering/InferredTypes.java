package io.fermata.processor.lowering;

import io.fermata.processor.ir.IrType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.lang.model.element.Element;

/** The types of one body that only inference has, and what they are called. */
final class InferredTypes {

  private static final String NAME = "Type";

  private final Set<String> taken;
  private final Map<List<IrType>, IrType.Inferred> types = new LinkedHashMap<>();
  private final Map<Element, Optional<IrType.Inferred>> captured = new LinkedHashMap<>();
  private int last;

  /**
   * @param taken every identifier of the method
   */
  InferredTypes(Set<String> taken) {
    this.taken = taken;
  }

  /** The type of what is of all these types. */
  IrType of(List<IrType> bounds) {
    return bounds.stream()
        .filter(IrType.Variable.class::isInstance)
        .findFirst() // nothing may stand beside a type variable (JLS 4.4)
        .orElseGet(() -> types.computeIfAbsent(bounds, this::named));
  }

  private IrType.Inferred named(List<IrType> bounds) {
    return new IrType.Inferred(freeName(), bounds);
  }

  /**
   * Gives a captured wildcard a name.
   *
   * @param bounds gives what it extends under this name; empty if no type parameter can do so
   */
  void name(Element wildcard, Function<String, Optional<List<IrType>>> bounds) {
    if (!captured.containsKey(wildcard)) {
      String name = freeName();
      captured.put(wildcard, bounds.apply(name).map(found -> new IrType.Inferred(name, found)));
    }
  }

  /** The name of a captured wildcard that has been given one. */
  Optional<String> nameOf(Element wildcard) {
    return captured.getOrDefault(wildcard, Optional.empty()).map(IrType.Inferred::name);
  }

  /** Whether no type parameter can stand for a captured wildcard that should have a name. */
  boolean isNameless(Element wildcard) {
    return captured.containsKey(wildcard) && nameOf(wildcard).isEmpty();
  }

  /** The captured wildcard of this name. */
  Optional<IrType.Inferred> captured(String name) {
    return captured.values().stream()
        .flatMap(Optional::stream)
        .filter(type -> type.name().equals(name))
        .findFirst();
  }

  private String freeName() {
    do {
      last++;
    } while (taken.contains(NAME + "$" + last));
    return NAME + "$" + last;
  }
}
