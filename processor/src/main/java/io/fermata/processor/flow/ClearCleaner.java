package io.fermata.processor.flow;

import io.fermata.processor.ir.IrLocal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Takes out of a new graph each {@link Op.Clear} of what cannot hold anything yet.
 *
 * <p>Follows through the graph which of the variables that are cleared anywhere may have been
 * assigned before each block.
 */
final class ClearCleaner {
  private final List<OpenBlock> placed;
  private final List<OpenHandler> handlers;
  private final Map<Integer, OpenBlock> byId;

  /** The variables that are cleared somewhere, and their bits. */
  private final Map<IrLocal, Integer> bits = new HashMap<>();

  /** What may have been assigned at the start of each block. */
  private final Map<OpenBlock, BitSet> assigned = new HashMap<>();

  private final Map<OpenBlock, Integer> places = new HashMap<>();

  /** The places of blocks still to be looked at, in the order of the source: few rounds do. */
  private final BitSet work = new BitSet();

  ClearCleaner(List<OpenBlock> placed, List<OpenHandler> handlers, Map<Integer, OpenBlock> byId) {
    this.placed = placed;
    this.handlers = handlers;
    this.byId = byId;
  }

  void clean() {
    handlers.stream()
        .flatMap(handler -> handler.arms().stream())
        .forEach(arm -> arm.cleared().forEach(this::number));
    placed.forEach(block -> block.ops.forEach(this::numberCleared));
    if (bits.isEmpty()) {
      return;
    }
    placed.forEach(block -> assigned.put(block, new BitSet()));
    placed.forEach(block -> places.put(block, places.size()));
    flow();
    dropFromArms();
    placed.forEach(this::dropFromSteps);
  }

  private void numberCleared(Op op) {
    if (op instanceof Op.Clear clear) {
      number(clear.local());
    } else if (op instanceof Op.Run run) {
      run.exits().forEach(exit -> exit.ops().forEach(this::numberCleared));
    }
  }

  private void number(IrLocal local) {
    bits.putIfAbsent(local, bits.size());
  }

  // What may have been assigned

  private void flow() {
    List<Ways> ways = placed.stream().map(this::waysOf).toList();
    work.set(0, placed.size());
    while (!work.isEmpty()) {
      for (int i = work.nextSetBit(0); i >= 0; i = work.nextSetBit(i + 1)) {
        work.clear(i);
        flow(at(placed.get(i)), ways.get(i));
      }
    }
  }

  private void flow(BitSet before, Ways ways) {
    BitSet after = or(before, ways.assigned());
    for (int next : ways.successors()) {
      merge(next, after);
    }
    BitSet thrown = or(before, ways.assignedWhenItThrows());
    for (Handler.Arm arm : ways.arms()) {
      BitSet caught = (BitSet) thrown.clone();
      arm.variable().ifPresent(local -> mark(local, caught));
      merge(arm.target(), caught);
    }
  }

  /** The ways out of a block, and what it may have assigned on them. */
  private record Ways(
      List<Integer> successors,
      BitSet assigned,
      List<Handler.Arm> arms,
      BitSet assignedWhenItThrows) {}

  private Ways waysOf(OpenBlock block) {
    List<Handler.Arm> arms = new ArrayList<>();
    forEachHandler(block.handler, handler -> arms.addAll(handlers.get(handler).arms()));
    return new Ways(
        new Block(block.id, block.handler, block.ops, block.end).successors().boxed().toList(),
        assignedIn(block.ops, block.end),
        arms,
        assignedWhenItThrows(block));
  }

  private void merge(int block, BitSet more) {
    OpenBlock target = Objects.requireNonNull(byId.get(block));
    BitSet known = at(target);
    int before = known.cardinality();
    known.or(more);
    if (known.cardinality() > before) {
      work.set(Objects.requireNonNull(places.get(target)));
    }
  }

  private BitSet at(OpenBlock block) {
    return Objects.requireNonNull(assigned.get(block));
  }

  private static BitSet or(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.or(other);
    return both;
  }

  private void mark(IrLocal local, BitSet set) {
    Integer bit = bits.get(local);
    if (bit != null) {
      set.set(bit);
    }
  }

  private boolean isMarked(IrLocal local, BitSet set) {
    Integer bit = bits.get(local);
    return bit != null && set.get(bit);
  }

  /** The handler and those around it, up to one that catches all. */
  private void forEachHandler(int innermost, IntConsumer action) {
    int at = innermost;
    while (at != Block.NO_HANDLER) {
      action.accept(at);
      boolean caughtAll = handlers.get(at).arms().stream().anyMatch(Handler.Arm::catchesAll);
      at = caughtAll ? Block.NO_HANDLER : handlers.get(at).outer();
    }
  }

  private BitSet assignedIn(List<Op> ops, Terminator end) {
    Uses uses = new Uses();
    ops.stream().map(ClearCleaner::withoutClears).forEach(uses::writtenBy);
    uses.writtenBy(end);
    BitSet written = new BitSet();
    uses.writes().forEach(local -> mark(local, written));
    return written;
  }

  /** What may have been assigned when an exception comes out of the block. */
  private BitSet assignedWhenItThrows(OpenBlock block) {
    if (block.end.mayThrow()) {
      return assignedIn(block.ops, block.end);
    }
    int last = block.ops.size();
    while (last > 0 && !block.ops.get(last - 1).mayThrow()) {
      last--;
    }
    boolean assignsNothingIfItThrows = last > 0 && !(block.ops.get(last - 1) instanceof Op.Run);
    int until = assignsNothingIfItThrows ? last - 1 : last;
    return assignedIn(block.ops.subList(0, until), block.end);
  }

  private static Op withoutClears(Op op) {
    if (op instanceof Op.Run run) {
      return run.withExitOps(exitOp -> !(exitOp instanceof Op.Clear));
    }
    return op instanceof Op.Clear clear ? new Op.Undefine(clear.local()) : op;
  }

  // What need not be cleared

  /**
   * An arm need only clear what a block of its region may find a value in when it begins: what a
   * block itself assigns of these, it assigns last.
   */
  private void dropFromArms() {
    List<BitSet> left = Stream.generate(BitSet::new).limit(handlers.size()).toList();
    for (OpenBlock block : placed) {
      forEachHandler(block.handler, handler -> left.get(handler).or(at(block)));
    }
    for (int i = 0; i < handlers.size(); i++) {
      BitSet held = left.get(i);
      List<Handler.Arm> arms =
          handlers.get(i).arms().stream()
              .map(
                  arm ->
                      arm.clearing(
                          arm.cleared().stream().filter(local -> isMarked(local, held)).toList()))
              .toList();
      handlers.set(i, new OpenHandler(handlers.get(i).outer(), arms));
    }
  }

  private void dropFromSteps(OpenBlock block) {
    BitSet known = or(at(block), assignedIn(block.ops, block.end));
    block.ops.replaceAll(op -> withoutNeedlessClear(op, known));
  }

  private Op withoutNeedlessClear(Op op, BitSet known) {
    if (op instanceof Op.Run run) {
      return run.withExitOps(exitOp -> !isNeedlessClear(exitOp, known));
    }
    return isNeedlessClear(op, known) ? new Op.Undefine(((Op.Clear) op).local()) : op;
  }

  private boolean isNeedlessClear(Op op, BitSet known) {
    return op instanceof Op.Clear clear && !isMarked(clear.local(), known);
  }
}
