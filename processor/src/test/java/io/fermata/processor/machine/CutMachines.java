package io.fermata.processor.machine;

import io.fermata.processor.flow.FlowGraph;

/** Opens the limit on the size of methods to tests of other packages. */
public final class CutMachines {
  private CutMachines() {}

  /** Builds a machine whose methods have at most {@code limit} bytes by estimate. */
  public static StateMachine build(FlowGraph graph, int limit) {
    return MachineBuilder.build(graph, limit);
  }
}
