package io.fermata.processor.flow;

import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where exceptions of a region go: to the first arm that matches, else to the outer handler.
 *
 * @param outer the handler around it, or {@link Block#NO_HANDLER}
 */
public record Handler(int id, int outer, List<Arm> arms) {
  public Handler {
    arms = List.copyOf(arms);
  }

  /**
   * A catch clause, or a {@code finally}, which catches {@code Throwable}.
   *
   * @param variable takes the exception; empty if nobody reads it
   */
  public record Arm(List<IrType> types, Optional<IrLocal> variable, int target) {
    public Arm {
      types = List.copyOf(types);
    }

    /** Whether no exception gets past this arm. */
    public boolean catchesAll() {
      return types.contains(CommonTypes.THROWABLE);
    }
  }

  /** This handler's arms and those of the handlers around it, up to one that catches all. */
  public List<Arm> reachableArms(FlowGraph graph) {
    List<Arm> reachable = new ArrayList<>();
    Optional<Handler> at = Optional.of(this);
    while (at.isPresent()) {
      for (Arm arm : at.get().arms) {
        reachable.add(arm);
        if (arm.catchesAll()) {
          return reachable;
        }
      }
      at = at.get().outerIn(graph);
    }
    return reachable;
  }

  private Optional<Handler> outerIn(FlowGraph graph) {
    return outer == Block.NO_HANDLER ? Optional.empty() : Optional.of(graph.handlers().get(outer));
  }
}
