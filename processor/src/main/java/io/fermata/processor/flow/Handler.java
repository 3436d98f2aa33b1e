package io.fermata.processor.flow;

import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
   * @param forgotten variables whose values are of no use any more on this way
   * @param cleared those of them that may hold a reference, and are set to null
   */
  public record Arm(
      List<IrType> types,
      Optional<IrLocal> variable,
      List<IrLocal> forgotten,
      List<IrLocal> cleared,
      int target) {
    public Arm {
      types = List.copyOf(types);
      forgotten = List.copyOf(forgotten);
      cleared = List.copyOf(cleared);
    }

    /** An arm that changes its variable only. */
    Arm(List<IrType> types, Optional<IrLocal> variable, int target) {
      this(types, variable, List.of(), List.of(), target);
    }

    /** What is assigned on the way. */
    public List<IrLocal> written() {
      return Stream.concat(variable.stream(), cleared.stream()).toList();
    }

    /** What the target cannot know the value of from before, or has no use for. */
    public List<IrLocal> killed() {
      return Stream.concat(variable.stream(), forgotten.stream()).toList();
    }

    Arm clearing(List<IrLocal> locals) {
      return new Arm(types, variable, forgotten, locals, target);
    }

    /** The same, but going to {@code block}. */
    public Arm to(int block) {
      return new Arm(types, variable, forgotten, cleared, block);
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
