package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.FlowGraph;
import io.fermata.processor.flow.Handler;
import io.fermata.processor.flow.Op;
import io.fermata.processor.flow.Terminator;
import io.fermata.processor.flow.Uses;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrStmt;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * At the end of each block: which variables may differ from their slots, and which slots may hold a
 * reference.
 *
 * <p>A resume point saves: it stores the first kind as far as they are live there, and lets go of
 * the second kind as far as they are not. Behind it exactly the live ones are held, and none
 * differs.
 *
 * <p>Where the user's code assigns a variable whose slot is held, the slot lets go first: {@code
 * page = null} frees the page here as in any method, not only at the next resume point.
 *
 * <p>What need not wait saves nothing, so that the next resume point has the more to save. Where
 * that becomes much, blocks save at their ends, whether or not they wait: else each resume point
 * would have it all to do, and the code of a long body would grow with the square of its length.
 */
final class SlotFlow {
  private final FlowGraph graph;
  private final Function<IrLocal, Optional<Variable>> variableOf;
  private final IntUnaryOperator sectionOf;
  private final BitSet heldAtStart = new BitSet();
  private final List<BitSet> changed = new ArrayList<>();
  private final List<BitSet> held = new ArrayList<>();

  /** The blocks that save at their ends, whether or not they wait there. */
  private final BitSet saving = new BitSet();

  /** The blocks still to be looked at, in the order of the source: few rounds are enough. */
  private final BitSet work = new BitSet();

  /** The variables, by index, that each block may write. */
  private final List<BitSet> written = new ArrayList<>();

  /** The references, by index, that the user's code may assign in each block, by step. */
  private final List<Map<Integer, BitSet>> assignments = new ArrayList<>();

  /** The variables, by index, that the end of each block uses when it has saved. */
  private final List<BitSet> usedBehindSaving = new ArrayList<>();

  /** The variables, by index, that are live at the start of each block. */
  private final List<BitSet> live = new ArrayList<>();

  /** The variables, by index, that have a slot. */
  private final BitSet slots = new BitSet();

  /** Those of them that are references. */
  private final BitSet references = new BitSet();

  /**
   * Follows the slots through a graph.
   *
   * @param mostLeft what may be left to save at a resume point; more is saved on the way
   */
  SlotFlow(
      FlowGraph graph,
      Liveness liveness,
      Set<Variable> kept,
      Set<Variable> parameters,
      Function<IrLocal, Optional<Variable>> variableOf,
      IntUnaryOperator sectionOf,
      int mostLeft) {
    this.graph = graph;
    this.variableOf = variableOf;
    this.sectionOf = sectionOf;
    Stream.concat(kept.stream(), parameters.stream()).forEach(this::addSlot);
    for (Block block : graph.blocks()) {
      written.add(writtenIn(block));
      assignments.add(assignmentsIn(block));
      usedBehindSaving.add(usedBehindSaving(block));
      live.add(marked(liveness.liveIn(block.id())));
    }
    parameters.forEach(variable -> heldAtStart.set(variable.index()));
    heldAtStart.and(references);
    solve();
    graph.blocks().stream()
        .filter(block -> leftAtEnd(block) > mostLeft)
        .forEach(block -> saving.set(block.id()));
    if (!saving.isEmpty()) {
      solve();
    }
  }

  private void addSlot(Variable variable) {
    slots.set(variable.index());
    references.set(variable.index(), variable.type().isReference());
  }

  /** Whether the block saves at its end, whether or not it waits there. */
  boolean savesAlways(Block block) {
    return saving.get(block.id());
  }

  /** The variables, by index, that are stored if the block saves at its end. */
  BitSet storedAtEnd(Block block) {
    BitSet stored = liveBehind(block);
    stored.and(slots);
    stored.and(changedAtEnd(block));
    stored.andNot(usedBehindSaving.get(block.id()));
    return stored;
  }

  /** The slots, by index, that are let go of if the block saves at its end. */
  BitSet clearedAtEnd(Block block) {
    BitSet cleared = heldAtEnd(block);
    cleared.andNot(liveBehind(block));
    cleared.andNot(usedBehindSaving.get(block.id()));
    return cleared;
  }

  /** The variables, by index, that may differ from their slots before the block saves. */
  BitSet changedAtEnd(Block block) {
    BitSet after = (BitSet) changed.get(block.id()).clone();
    after.or(written.get(block.id()));
    return after;
  }

  /**
   * The slots, by index, that the steps of the block let go of right before they assign; the number
   * behind that of the last step stands for the end of the block.
   */
  Map<Integer, BitSet> releasedIn(Block block) {
    Map<Integer, BitSet> released = new HashMap<>();
    BitSet left = (BitSet) held.get(block.id()).clone();
    assignments
        .get(block.id())
        .forEach(
            (step, assigned) -> {
              BitSet let = (BitSet) assigned.clone();
              let.and(left);
              if (!let.isEmpty()) {
                released.put(step, let);
                left.andNot(let);
              }
            });
    return released;
  }

  private BitSet heldAtEnd(Block block) {
    BitSet left = (BitSet) held.get(block.id()).clone();
    assignments.get(block.id()).values().forEach(left::andNot);
    return left;
  }

  /** The variables, by index, that are live at the start of a block. */
  BitSet liveIn(int block) {
    return (BitSet) live.get(block).clone();
  }

  /** How much there is to save where control goes on behind the block. */
  private int leftAtEnd(Block block) {
    return block.end().targets().findAny().isPresent()
        ? storedAtEnd(block).cardinality() + clearedAtEnd(block).cardinality()
        : 0;
  }

  private Map<Integer, BitSet> assignmentsIn(Block block) {
    Map<Integer, BitSet> assigned = new TreeMap<>();
    for (int i = 0; i <= block.ops().size(); i++) {
      BitSet written =
          i < block.ops().size() ? assignedBy(block.ops().get(i)) : assignedBy(block.end());
      written.and(references);
      if (!written.isEmpty()) {
        assigned.put(i, written);
      }
    }
    return assigned;
  }

  private BitSet assignedBy(Op op) {
    Uses uses = new Uses();
    if (op instanceof Op.Run || op instanceof Op.Set) {
      uses.writtenBy(op);
    }
    return marked(ofUser(uses.writes()));
  }

  private BitSet assignedBy(Terminator end) {
    Uses uses = new Uses();
    uses.writtenBy(end);
    return marked(ofUser(uses.writes()));
  }

  private static Stream<IrLocal> ofUser(Set<IrLocal> locals) {
    return locals.stream().filter(local -> local.origin() != IrLocal.Origin.TEMPORARY);
  }

  private BitSet writtenIn(Block block) {
    Uses uses = new Uses();
    block.ops().forEach(uses::writtenBy);
    uses.writtenBy(block.end());
    return marked(uses.writes().stream());
  }

  /** A resume point saves when its operand is evaluated, all others before they do anything. */
  private BitSet usedBehindSaving(Block block) {
    Uses uses = new Uses();
    if (!(block.end() instanceof Terminator.Suspend)) {
      uses.readBy(block.end());
      uses.writtenBy(block.end());
    }
    return marked(Stream.concat(uses.reads().stream(), uses.writes().stream()));
  }

  /** What is live where control may go on when the block has saved. */
  private BitSet liveBehind(Block block) {
    BitSet behind = new BitSet();
    block.end().targets().forEach(next -> behind.or(live.get(next)));
    if (block.end().mayThrow() && !(block.end() instanceof Terminator.Suspend)) {
      graph.armsOf(block).forEach(arm -> behind.or(live.get(arm.target())));
    }
    return behind;
  }

  private void solve() {
    changed.clear();
    held.clear();
    graph.blocks().forEach(block -> changed.add(new BitSet()));
    graph.blocks().forEach(block -> held.add(new BitSet()));
    held.get(0).or(heldAtStart);
    work.set(0, graph.blocks().size());
    while (!work.isEmpty()) {
      for (int i = work.nextSetBit(0); i >= 0; i = work.nextSetBit(i + 1)) {
        work.clear(i);
        flow(graph.block(i));
      }
    }
  }

  private void flow(Block block) {
    BitSet changedAtEnd = changedAtEnd(block);
    BitSet changedBehind = (BitSet) changedAtEnd.clone();
    BitSet heldAtStart = held.get(block.id());
    BitSet heldBehind = savesAlways(block) ? heldWhenSaved(block) : heldAtEnd(block);
    if (savesAlways(block)) {
      changedBehind.andNot(storedAtEnd(block));
    }
    block
        .exits()
        .forEach(
            exit ->
                exit.end()
                    .targets()
                    .forEach(next -> flow(block.id(), next, changedAtEnd, heldAtStart)));
    BitSet heldOnThrow = (BitSet) heldAtStart.clone();
    heldOnThrow.or(heldBehind);
    for (Handler.Arm arm : graph.armsOf(block)) {
      BitSet caught = (BitSet) changedAtEnd.clone();
      arm.written().forEach(variable -> mark(variable, caught));
      flow(block.id(), arm.target(), caught, heldOnThrow);
    }
    if (block.end() instanceof Terminator.Suspend suspend) {
      merge(suspend.resume(), new BitSet(), heldWhenSaved(block));
    }
    if (!isLeft(block)) {
      block.end().targets().forEach(next -> flow(block.id(), next, changedBehind, heldBehind));
    }
  }

  private BitSet heldWhenSaved(Block block) {
    BitSet saved = storedAtEnd(block);
    saved.and(references);
    saved.or(heldAtEnd(block));
    saved.andNot(clearedAtEnd(block));
    return saved;
  }

  /** Whether control always goes away at its end, to come back where all is saved. */
  private static boolean isLeft(Block block) {
    return block.end() instanceof Terminator.Suspend suspend
        && suspend.reason() == IrStmt.Suspend.Reason.EMIT;
  }

  private void flow(int from, int to, BitSet changedOut, BitSet heldOut) {
    if (sectionOf.applyAsInt(from) == sectionOf.applyAsInt(to)) {
      merge(to, changedOut, heldOut);
    } else {
      BitSet stored = (BitSet) heldOut.clone();
      stored.or(liveReferencesIn(to));
      merge(to, new BitSet(), stored);
    }
  }

  private BitSet liveReferencesIn(int block) {
    BitSet found = liveIn(block);
    found.and(references);
    return found;
  }

  private void merge(int to, BitSet changedIn, BitSet heldIn) {
    boolean isNew = adds(changedIn, changed.get(to)) || adds(heldIn, held.get(to));
    if (isNew) {
      changed.get(to).or(changedIn);
      held.get(to).or(heldIn);
      work.set(to);
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
