package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.Op;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.machine.StateMachine.ResumePoint;
import java.util.Comparator;
import java.util.List;

/** Where a coroutine goes on when what it waits for is there. */
final class ResumePoints {
  private ResumePoints() {}

  /** Whether a block begins with what an await gives. */
  static boolean isOne(Block block) {
    return !block.ops().isEmpty() && block.ops().get(0) instanceof Op.Receive;
  }

  static List<ResumePoint> of(MachineBuilder builder) {
    return builder.graph().blocks().stream()
        .filter(ResumePoints::isOne)
        .map(
            block ->
                new ResumePoint(
                    builder.stateOf(block.id()),
                    ((Op.Receive) block.ops().get(0)).span().line(),
                    usersLocals(block, builder)))
        .toList();
  }

  private static List<String> usersLocals(Block block, MachineBuilder builder) {
    return builder
        .liveness()
        .liveIn(block.id())
        .filter(
            local ->
                local.origin() == IrLocal.Origin.DECLARED
                    || local.origin() == IrLocal.Origin.PARAMETER)
        .flatMap(local -> builder.variableOf(local).stream())
        .sorted(Comparator.comparing(Variable::index))
        .map(Variable::field)
        .toList();
  }
}
