package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.FlowGraph;
import io.fermata.processor.flow.Handler;
import io.fermata.processor.flow.Terminator;
import io.fermata.processor.flow.Uses;
import io.fermata.processor.ir.IrLocal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/**
 * At the end of each block: which variables may differ from their slots, and which slots may hold a
 * reference.
 *
 * <p>A resume point stores the first kind as far as they are live there, and lets go of the second
 * kind as far as they are not. Behind it exactly the live ones are held, and none differs.
 */
final class SlotFlow {
  private final FlowGraph graph;
  private final Liveness liveness;
  private final Function<IrLocal, Optional<Variable>> variableOf;
  private final IntUnaryOperator sectionOf;
  private final List<BitSet> changed = new ArrayList<>();
  private final List<BitSet> held = new ArrayList<>();

  SlotFlow(
      FlowGraph graph,
      Liveness liveness,
      Set<Variable> parameters,
      Function<IrLocal, Optional<Variable>> variableOf,
      IntUnaryOperator sectionOf) {
    this.graph = graph;
    this.liveness = liveness;
    this.variableOf = variableOf;
    this.sectionOf = sectionOf;
    for (int i = 0; i < graph.blocks().size(); i++) {
      changed.add(new BitSet());
      held.add(new BitSet());
    }
    parameters.stream()
        .filter(variable -> variable.type().isReference())
        .forEach(variable -> held.get(0).set(variable.index()));
    solve();
  }

  /** The variables, by index, that may differ from their slots at the end of the block. */
  BitSet changedAtEnd(Block block) {
    BitSet after = (BitSet) changed.get(block.id()).clone();
    Uses uses = new Uses();
    block.ops().forEach(uses::writtenBy);
    uses.writtenBy(block.end());
    uses.writes().forEach(local -> mark(local, after));
    return after;
  }

  /** The slots, by index, that may hold a reference at the end of the block. */
  BitSet heldAtEnd(Block block) {
    return held.get(block.id());
  }

  /** The variables, by index, that are live at the start of a block. */
  BitSet liveIn(int block) {
    BitSet live = new BitSet();
    liveness.liveIn(block).forEach(local -> mark(local, live));
    return live;
  }

  private void solve() {
    Deque<Integer> work = new ArrayDeque<>();
    graph.blocks().forEach(block -> work.add(block.id()));
    while (!work.isEmpty()) {
      Block block = graph.block(work.remove());
      BitSet changedOut = changedAtEnd(block);
      BitSet heldOut = heldAtEnd(block);
      block.successors().forEach(next -> flow(block.id(), next, changedOut, heldOut, work));
      for (Handler.Arm arm : graph.armsOf(block)) {
        BitSet caught = (BitSet) changedOut.clone();
        arm.variable().ifPresent(variable -> mark(variable, caught));
        flow(block.id(), arm.target(), caught, heldOut, work);
      }
      if (block.end() instanceof Terminator.Suspend suspend) {
        merge(suspend.resume(), new BitSet(), heldWhenLive(suspend.resume()), work);
      }
    }
  }

  private void flow(int from, int to, BitSet changedOut, BitSet heldOut, Deque<Integer> work) {
    if (sectionOf.applyAsInt(from) == sectionOf.applyAsInt(to)) {
      merge(to, changedOut, heldOut, work);
    } else {
      BitSet stored = (BitSet) heldOut.clone();
      stored.or(heldWhenLive(to));
      merge(to, new BitSet(), stored, work);
    }
  }

  private BitSet heldWhenLive(int block) {
    BitSet references = new BitSet();
    for (IrLocal local : liveness.liveIn(block)) {
      if (local.type().isReference()) {
        mark(local, references);
      }
    }
    return references;
  }

  private void merge(int to, BitSet changedIn, BitSet heldIn, Deque<Integer> work) {
    int before = changed.get(to).cardinality() + held.get(to).cardinality();
    changed.get(to).or(changedIn);
    held.get(to).or(heldIn);
    if (changed.get(to).cardinality() + held.get(to).cardinality() > before) {
      work.add(to);
    }
  }

  private void mark(IrLocal local, BitSet set) {
    variableOf.apply(local).ifPresent(variable -> set.set(variable.index()));
  }
}
