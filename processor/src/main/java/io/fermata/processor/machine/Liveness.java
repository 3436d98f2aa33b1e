package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.FlowGraph;
import io.fermata.processor.flow.Handler;
import io.fermata.processor.flow.Op;
import io.fermata.processor.flow.Terminator;
import io.fermata.processor.flow.Uses;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which variables have a value that may still be read, at the start of each block and behind each
 * step.
 *
 * <p>Whatever may throw may go on at the handler, and whatever holds a jump may go on at its
 * target: what is live there is live before the step.
 */
final class Liveness {
  private final FlowGraph graph;
  private final List<Set<IrLocal>> liveIn = new ArrayList<>();

  Liveness(FlowGraph graph) {
    this.graph = graph;
    graph.blocks().forEach(block -> liveIn.add(new LinkedHashSet<>()));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = graph.blocks().size() - 1; i >= 0; i--) {
        Block block = graph.block(i);
        changed |= liveIn.get(i).addAll(liveAtStart(block));
      }
    }
  }

  /** What is live at the start of a block. */
  Set<IrLocal> liveIn(int block) {
    return liveIn.get(block);
  }

  private Set<IrLocal> liveAtStart(Block block) {
    Set<IrLocal> onThrow = liveOnThrow(block);
    Set<IrLocal> live = liveBefore(block.end(), onThrow);
    for (int i = block.ops().size() - 1; i >= 0; i--) {
      goBefore(block.ops().get(i), live, onThrow);
    }
    return live;
  }

  /** What is live before each step of the block, and, last, before its end. */
  List<Set<IrLocal>> liveAtPoints(Block block) {
    Set<IrLocal> onThrow = liveOnThrow(block);
    Set<IrLocal> live = liveBefore(block.end(), onThrow);
    List<Set<IrLocal>> points = new ArrayList<>(List.of(Set.copyOf(live)));
    for (int i = block.ops().size() - 1; i >= 0; i--) {
      goBefore(block.ops().get(i), live, onThrow);
      points.add(Set.copyOf(live));
    }
    Collections.reverse(points);
    return points;
  }

  private Set<IrLocal> liveOnThrow(Block block) {
    Set<IrLocal> live = new HashSet<>();
    for (Handler.Arm arm : graph.armsOf(block)) {
      Set<IrLocal> atArm = new HashSet<>(liveIn.get(arm.target()));
      arm.killed().forEach(atArm::remove);
      live.addAll(atArm);
    }
    return live;
  }

  private Set<IrLocal> liveBefore(Terminator end, Set<IrLocal> onThrow) {
    Set<IrLocal> live = new HashSet<>();
    end.targets().forEach(target -> live.addAll(liveIn.get(target)));
    Uses uses = new Uses();
    if (end instanceof Terminator.Switch choice) {
      choice.arms().forEach(arm -> live.addAll(liveBefore(arm)));
    }
    uses.readBy(end);
    live.addAll(uses.reads());
    if (end.mayThrow()) {
      live.addAll(onThrow);
    }
    return live;
  }

  private Set<IrLocal> liveBefore(Terminator.Switch.Arm arm) {
    Set<IrLocal> live = new HashSet<>(liveIn.get(arm.target()));
    arm.bindings().forEach(binding -> live.remove(binding.variable()));
    return live;
  }

  /** Makes what is live behind a step what is live before it. */
  private void goBefore(Op op, Set<IrLocal> live, Set<IrLocal> onThrow) {
    killedBy(op).forEach(live::remove);
    if (op instanceof Op.Run run) {
      run.exits().forEach(exit -> live.addAll(liveBefore(exit, onThrow)));
      live.removeAll(run.code().declares());
    }
    Uses uses = new Uses();
    uses.readBy(op);
    live.addAll(uses.reads());
    if (op.mayThrow()) {
      live.addAll(onThrow);
    }
  }

  private Set<IrLocal> liveBefore(Op.Exit exit, Set<IrLocal> onThrow) {
    Set<IrLocal> live = liveBefore(exit.end(), onThrow);
    for (int i = exit.ops().size() - 1; i >= 0; i--) {
      goBefore(exit.ops().get(i), live, onThrow);
    }
    return live;
  }

  private static Set<IrLocal> killedBy(Op op) {
    if (op instanceof Op.Set set) {
      return Set.of(set.local());
    } else if (op instanceof Op.Clear clear) {
      return Set.of(clear.local());
    } else if (op instanceof Op.Undefine undefine) {
      return Set.of(undefine.local());
    } else if (op instanceof Op.Receive receive) {
      return receive.local().map(Set::of).orElse(Set.of());
    } else if (op instanceof Op.Run run) {
      return assignedFirst(run.code());
    }
    return Set.of();
  }

  /** The variables that plain statements beginning with {@code a = b = …} surely assign. */
  private static Set<IrLocal> assignedFirst(Code code) {
    Set<IrLocal> assigned = new HashSet<>();
    for (Part part : code.parts()) {
      if (part instanceof Part.Write write && write.mode() == Part.Mode.SET) {
        assigned.add(write.local());
      } else if (!(part instanceof Part.Text text && isBeforeTarget(text.text()))) {
        return assigned;
      }
    }
    return assigned;
  }

  private static boolean isBeforeTarget(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() || stripped.equals("=");
  }
}
