package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.FlowGraph;
import io.fermata.processor.flow.Handler;
import io.fermata.processor.flow.Op;
import io.fermata.processor.flow.Terminator;
import io.fermata.processor.flow.Uses;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.Part;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which variables have a value that may still be read, at the start of each block and behind each
 * step.
 *
 * <p>Whatever may throw may go on at the handler, and whatever holds a jump may go on at its
 * target: what is live there is live before the step.
 */
final class Liveness {
  private final FlowGraph graph;
  private final Map<IrLocal, Integer> bits = new HashMap<>();
  private final List<IrLocal> locals = new ArrayList<>();
  private final List<BitSet> liveIn = new ArrayList<>();
  private final IdentityHashMap<Op, Effect> effects = new IdentityHashMap<>();
  private final IdentityHashMap<Terminator, BitSet> readAtEnd = new IdentityHashMap<>();

  /** What a step does to what is live behind it, its exits aside. */
  private record Effect(BitSet killed, BitSet declared, BitSet read) {}

  Liveness(FlowGraph graph) {
    this.graph = graph;
    graph.blocks().forEach(block -> liveIn.add(new BitSet()));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = graph.blocks().size() - 1; i >= 0; i--) {
        BitSet live = liveBehind(graph.block(i), -1);
        changed |= !live.equals(liveIn.get(i));
        liveIn.set(i, live);
      }
    }
  }

  /** What is live at the start of a block. */
  Stream<IrLocal> liveIn(int block) {
    return liveIn.get(block).stream().mapToObj(locals::get);
  }

  /** Whether this is live at the start of a block. */
  boolean isLiveIn(int block, IrLocal local) {
    return isIn(local, liveIn.get(block));
  }

  /** Whether this is live behind the step of this number. */
  boolean isLiveBehind(Block block, int step, IrLocal local) {
    return isIn(local, liveBehind(block, step));
  }

  private boolean isIn(IrLocal local, BitSet set) {
    Integer bit = bits.get(local);
    return bit != null && set.get(bit);
  }

  private BitSet liveBehind(Block block, int step) {
    BitSet onThrow = liveOnThrow(block);
    BitSet live = liveBefore(block.end(), onThrow);
    for (int i = block.ops().size() - 1; i > step; i--) {
      goBefore(block.ops().get(i), live, onThrow);
    }
    return live;
  }

  private BitSet liveOnThrow(Block block) {
    BitSet live = new BitSet();
    for (Handler.Arm arm : graph.armsOf(block)) {
      live.or(without(arm.killed(), liveIn.get(arm.target())));
    }
    return live;
  }

  private BitSet liveBefore(Terminator end, BitSet onThrow) {
    BitSet live = new BitSet();
    if (end instanceof Terminator.Switch choice) {
      choice.arms().forEach(arm -> live.or(liveBefore(arm)));
      choice.otherwise().ifPresent(target -> live.or(liveIn.get(target)));
    } else {
      end.targets().forEach(target -> live.or(liveIn.get(target)));
    }
    live.or(readAtEnd.computeIfAbsent(end, this::readBy));
    if (end.mayThrow()) {
      live.or(onThrow);
    }
    return live;
  }

  private BitSet liveBefore(Terminator.Switch.Arm arm) {
    BitSet live = liveIn.get(arm.target());
    return arm.bindings().isEmpty()
        ? live
        : without(arm.bindings().stream().map(IrStmt.Case.Binding::variable).toList(), live);
  }

  private BitSet readBy(Terminator end) {
    Uses uses = new Uses();
    uses.readBy(end);
    return setOf(uses.reads());
  }

  /** Makes what is live behind a step what is live before it. */
  private void goBefore(Op op, BitSet live, BitSet onThrow) {
    Effect effect = effects.computeIfAbsent(op, this::effectOf);
    live.andNot(effect.killed());
    if (op instanceof Op.Run run) {
      run.exits().forEach(exit -> live.or(liveBefore(exit, onThrow)));
      live.andNot(effect.declared());
    }
    live.or(effect.read());
    if (op.mayThrow()) {
      live.or(onThrow);
    }
  }

  private Effect effectOf(Op op) {
    Uses uses = new Uses();
    uses.readBy(op);
    Set<IrLocal> declared = op instanceof Op.Run run ? run.code().declares() : Set.of();
    return new Effect(setOf(killedBy(op)), setOf(declared), setOf(uses.reads()));
  }

  private BitSet liveBefore(Op.Exit exit, BitSet onThrow) {
    BitSet live = liveBefore(exit.end(), onThrow);
    for (int i = exit.ops().size() - 1; i >= 0; i--) {
      goBefore(exit.ops().get(i), live, onThrow);
    }
    return live;
  }

  private BitSet without(Collection<IrLocal> killed, BitSet live) {
    BitSet rest = (BitSet) live.clone();
    rest.andNot(setOf(killed));
    return rest;
  }

  private BitSet setOf(Collection<IrLocal> all) {
    BitSet set = new BitSet();
    all.forEach(local -> set.set(bits.computeIfAbsent(local, this::newBit)));
    return set;
  }

  private int newBit(IrLocal local) {
    locals.add(local);
    return locals.size() - 1;
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
