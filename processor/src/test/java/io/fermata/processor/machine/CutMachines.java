package io.fermata.processor.machine;

import io.fermata.processor.flow.FlowGraph;

/** Opens the limits of machines to tests of other packages. */
public final class CutMachines {
  private CutMachines() {}

  /**
   * Builds a machine.
   *
   * @param limit how many bytes its methods have at most, by estimate
   * @param mostLeft what may be left to save at a resume point
   */
  public static StateMachine build(FlowGraph graph, int limit, int mostLeft) {
    return MachineBuilder.build(graph, limit, mostLeft);
  }
}
