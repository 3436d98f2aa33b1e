package io.fermata.processor.lowering;

import io.fermata.processor.ir.IrType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The types of one body that only inference has, and what they are called. */
final class InferredTypes {

  private static final String NAME = "Type";

  private final Set<String> taken;
  private final Map<List<IrType>, IrType.Inferred> types = new LinkedHashMap<>();

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
    int number = types.size() + 1;
    while (taken.contains(NAME + "$" + number)) {
      number++;
    }
    return new IrType.Inferred(NAME + "$" + number, bounds);
  }
}
