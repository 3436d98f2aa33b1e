package io.fermata.processor.lowering;

import io.fermata.processor.ir.IrLabel;
import io.fermata.processor.ir.IrLocal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the jumps at one place of a body lead to.
 *
 * @param breaks where the unlabelled way out leads
 * @param continues where the unlabelled next round is
 * @param yields where the value of a switch expression goes
 * @param named of jumps with a label
 */
record JumpTargets(
    Optional<IrLabel> breaks,
    Optional<IrLabel> continues,
    Optional<YieldTarget> yields,
    Map<String, IrLabel> named) {

  /** The switch expression around the place, and the variable that takes its value. */
  record YieldTarget(IrLabel label, IrLocal result) {}

  /** At the start of a body. */
  static final JumpTargets NONE =
      new JumpTargets(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  /** In the body of a loop. */
  JumpTargets inLoop(IrLabel label) {
    return new JumpTargets(Optional.of(label), Optional.of(label), yields, named);
  }

  /** In the cases of a switch statement. */
  JumpTargets inSwitch(IrLabel label) {
    return new JumpTargets(Optional.of(label), continues, yields, named);
  }

  /** In the cases of a switch expression, which only {@code yield} can leave. */
  JumpTargets inSwitchExpression(IrLabel label, IrLocal result) {
    return new JumpTargets(
        Optional.empty(), Optional.empty(), Optional.of(new YieldTarget(label, result)), Map.of());
  }

  /** In a labelled statement. */
  JumpTargets labeled(String name, IrLabel label) {
    Map<String, IrLabel> all = new HashMap<>(named);
    all.put(name, label);
    return new JumpTargets(breaks, continues, yields, Map.copyOf(all));
  }
}
