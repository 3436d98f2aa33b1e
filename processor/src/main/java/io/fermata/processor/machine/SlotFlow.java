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
import java.util.stream.Stream;

/**
 * At the end of each block: which variables may differ from their slots, and which slots may hold a
 * reference.
 *
 * <p>A resume point stores the first kind as far as they are live there, and lets go of the second
 * kind as far as they are not. Behind it exactly the live ones are held, and none differs.
 */
final class SlotFlow {
  private final FlowGraph graph;
  private final Function<IrLocal, Optional<Variable>> variableOf;
  private final IntUnaryOperator sectionOf;
  private final List<BitSet> changed = new ArrayList<>();
  private final List<BitSet> held = new ArrayList<>();
  private final Deque<Integer> work = new ArrayDeque<>();
  private final BitSet waiting = new BitSet();

  /** The variables, by index, that each block may write. */
  private final List<BitSet> written = new ArrayList<>();

  /** The variables, by index, that are live at the start of each block. */
  private final List<BitSet> live = new ArrayList<>();

  /** Those of them that are references. */
  private final List<BitSet> liveReferences = new ArrayList<>();

  SlotFlow(
      FlowGraph graph,
      Liveness liveness,
      Set<Variable> parameters,
      Function<IrLocal, Optional<Variable>> variableOf,
      IntUnaryOperator sectionOf) {
    this.graph = graph;
    this.variableOf = variableOf;
    this.sectionOf = sectionOf;
    for (Block block : graph.blocks()) {
      changed.add(new BitSet());
      held.add(new BitSet());
      written.add(writtenIn(block));
      live.add(marked(liveness.liveIn(block.id())));
      liveReferences.add(
          marked(liveness.liveIn(block.id()).filter(local -> local.type().isReference())));
    }
    parameters.stream()
        .filter(variable -> variable.type().isReference())
        .forEach(variable -> held.get(0).set(variable.index()));
    solve();
  }

  /** The variables, by index, that may differ from their slots at the end of the block. */
  BitSet changedAtEnd(Block block) {
    BitSet after = (BitSet) changed.get(block.id()).clone();
    after.or(written.get(block.id()));
    return after;
  }

  private BitSet writtenIn(Block block) {
    Uses uses = new Uses();
    block.ops().forEach(uses::writtenBy);
    uses.writtenBy(block.end());
    return marked(uses.writes().stream());
  }

  /** The slots, by index, that may hold a reference at the end of the block. */
  BitSet heldAtEnd(Block block) {
    return held.get(block.id());
  }

  /** The variables, by index, that are live at the start of a block. */
  BitSet liveIn(int block) {
    return (BitSet) live.get(block).clone();
  }

  private void solve() {
    graph.blocks().forEach(block -> work.add(block.id()));
    waiting.set(0, graph.blocks().size());
    while (!work.isEmpty()) {
      Block block = graph.block(work.remove());
      waiting.clear(block.id());
      BitSet changedOut = changedAtEnd(block);
      BitSet heldOut = heldAtEnd(block);
      block.successors().forEach(next -> flow(block.id(), next, changedOut, heldOut));
      for (Handler.Arm arm : graph.armsOf(block)) {
        BitSet caught = (BitSet) changedOut.clone();
        arm.written().forEach(variable -> mark(variable, caught));
        flow(block.id(), arm.target(), caught, heldOut);
      }
      if (block.end() instanceof Terminator.Suspend suspend) {
        merge(suspend.resume(), new BitSet(), liveReferences.get(suspend.resume()));
      }
    }
  }

  private void flow(int from, int to, BitSet changedOut, BitSet heldOut) {
    if (sectionOf.applyAsInt(from) == sectionOf.applyAsInt(to)) {
      merge(to, changedOut, heldOut);
    } else {
      BitSet stored = (BitSet) heldOut.clone();
      stored.or(liveReferences.get(to));
      merge(to, new BitSet(), stored);
    }
  }

  private void merge(int to, BitSet changedIn, BitSet heldIn) {
    boolean isNew = adds(changedIn, changed.get(to)) || adds(heldIn, held.get(to));
    if (isNew) {
      changed.get(to).or(changedIn);
      held.get(to).or(heldIn);
      if (!waiting.get(to)) {
        waiting.set(to);
        work.add(to);
      }
    }
  }

  private static boolean adds(BitSet more, BitSet known) {
    BitSet added = (BitSet) more.clone();
    added.andNot(known);
    return !added.isEmpty();
  }

  private BitSet marked(Stream<IrLocal> locals) {
    BitSet set = new BitSet();
    locals.forEach(local -> mark(local, set));
    return set;
  }

  private void mark(IrLocal local, BitSet set) {
    variableOf.apply(local).ifPresent(variable -> set.set(variable.index()));
  }
}
