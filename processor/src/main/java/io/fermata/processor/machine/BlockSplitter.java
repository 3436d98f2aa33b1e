package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.FlowGraph;
import io.fermata.processor.flow.Handler;
import io.fermata.processor.flow.Op;
import io.fermata.processor.flow.Terminator;
import io.fermata.processor.flow.Terminator.Switch.Arm;
import io.fermata.processor.ir.IrExpr.Plain;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrStmt.Case.Takes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * Splits long blocks and large switches, so that a machine can be cut within them.
 *
 * <pre>{@code
 * 0: a(); b(); c(); goto 1             0: a(); goto 1
 *                                      1: b(); goto 2
 *                                      2: c(); goto 3
 *
 * 0: switch (f()) 1 -> 1, 2 -> 2       0: t = f(); switch (t) 1 -> 2, otherwise -> 1
 *                                      1: switch (t) 2 -> 3, otherwise -> …
 * }</pre>
 */
final class BlockSplitter {
  private final FlowGraph graph;
  private final int limit;

  /** By old id, the first of the new blocks. */
  private final int[] firstOf;

  private BlockSplitter(FlowGraph graph, int limit) {
    this.graph = graph;
    this.limit = limit;
    firstOf = new int[graph.blocks().size()];
  }

  /** The graph with no block above the limit, single steps excepted. */
  static FlowGraph split(FlowGraph graph, int limit) {
    boolean isLarge = graph.blocks().stream().anyMatch(block -> CodeSize.of(block) > limit);
    return isLarge ? new BlockSplitter(graph, limit).split() : graph;
  }

  /**
   * What becomes a block.
   *
   * @param end its end, with the targets' old ids renamed, from its own new id
   */
  private record Piece(List<Op> ops, IntFunction<Terminator> end) {}

  private FlowGraph split() {
    List<List<Piece>> pieces = graph.blocks().stream().map(this::pieces).toList();
    int next = 0;
    for (int i = 0; i < firstOf.length; i++) {
      firstOf[i] = next;
      next += pieces.get(i).size();
    }
    List<Block> blocks = new ArrayList<>();
    for (Block block : graph.blocks()) {
      for (Piece piece : pieces.get(block.id())) {
        int id = blocks.size();
        List<Op> ops = piece.ops().stream().map(op -> op.map(this::renamed)).toList();
        blocks.add(new Block(id, block.handler(), ops, piece.end().apply(id)));
      }
    }
    return new FlowGraph(
        graph.body(), blocks, graph.handlers().stream().map(this::renamed).toList());
  }

  private List<Piece> pieces(Block block) {
    List<List<Op>> runs = runs(block.ops());
    List<Op> last = runs.remove(runs.size() - 1);
    List<Piece> pieces = new ArrayList<>();
    runs.forEach(run -> pieces.add(new Piece(run, id -> new Terminator.Goto(id + 1))));
    if (block.end() instanceof Terminator.Switch choice && isTooLarge(choice)) {
      addSwitches(choice, last, pieces);
    } else {
      pieces.add(new Piece(last, id -> block.end().map(this::renamed)));
    }
    return pieces;
  }

  private boolean isTooLarge(Terminator.Switch choice) {
    return CodeSize.of(choice) > limit / 2;
  }

  private List<List<Op>> runs(List<Op> ops) {
    List<List<Op>> runs = new ArrayList<>(List.of(new ArrayList<>()));
    int size = 0;
    for (Op op : ops) {
      if (size + CodeSize.of(op) > limit && size > 0) {
        runs.add(new ArrayList<>());
        size = 0;
      }
      runs.get(runs.size() - 1).add(op);
      size += CodeSize.of(op);
    }
    return runs;
  }

  /** A switch for each group of arms; what matches none of a group goes on to the next switch. */
  private void addSwitches(Terminator.Switch choice, List<Op> before, List<Piece> pieces) {
    IrLocal once = new IrLocal("t", choice.selector().type(), IrLocal.Origin.TEMPORARY);
    List<Op> ops = new ArrayList<>(before);
    ops.add(new Op.Set(once, choice.selector(), choice.span()));
    Plain selector = Plain.read(once);
    List<Arm> later = defaultLast(choice.arms());
    for (List<Arm> group : groups(later)) {
      later = later.subList(group.size(), later.size());
      if (later.isEmpty()) {
        addLast(choice, selector, group, ops, pieces);
      } else {
        List<Takes> takenLater = later.stream().map(Arm::takes).toList();
        pieces.add(
            new Piece(
                ops,
                id ->
                    Terminator.Switch.part(
                        selector, renamed(group), id + 1, takenLater, choice.span())));
      }
      ops = List.of();
    }
  }

  private void addLast(
      Terminator.Switch choice, Plain selector, List<Arm> arms, List<Op> ops, List<Piece> pieces) {
    boolean isComplete = arms.stream().anyMatch(arm -> arm.takes().leavesNothing());
    if (isComplete || choice.otherwise().isPresent()) {
      OptionalInt otherwise = isComplete ? OptionalInt.empty() : choice.otherwise();
      pieces.add(
          new Piece(
              ops,
              id ->
                  new Terminator.Switch(
                      selector, renamed(arms), renamed(otherwise), choice.span())));
    } else {
      pieces.add(
          new Piece(
              ops,
              id ->
                  new Terminator.Switch(
                      selector, renamed(arms), OptionalInt.of(id + 1), choice.span())));
      pieces.add(new Piece(List.of(), id -> new Terminator.Unreachable()));
    }
  }

  private static List<Arm> defaultLast(List<Arm> arms) {
    List<Arm> sorted = new ArrayList<>(arms);
    sorted.removeIf(arm -> arm.takes().isDefault());
    arms.stream().filter(arm -> arm.takes().isDefault()).forEach(sorted::add);
    return sorted;
  }

  private List<List<Arm>> groups(List<Arm> arms) {
    List<List<Arm>> groups = new ArrayList<>(List.of(new ArrayList<>()));
    int size = 0;
    for (Arm arm : arms) {
      if (size + CodeSize.of(arm) > limit / 2 && size > 0) {
        groups.add(new ArrayList<>());
        size = 0;
      }
      groups.get(groups.size() - 1).add(arm);
      size += CodeSize.of(arm);
    }
    return groups;
  }

  private List<Arm> renamed(List<Arm> arms) {
    return arms.stream().map(arm -> arm.to(renamed(arm.target()))).toList();
  }

  private int renamed(int id) {
    return firstOf[id];
  }

  private OptionalInt renamed(OptionalInt id) {
    return id.isPresent() ? OptionalInt.of(renamed(id.getAsInt())) : id;
  }

  private Handler renamed(Handler handler) {
    return new Handler(
        handler.id(),
        handler.outer(),
        handler.arms().stream().map(arm -> arm.to(renamed(arm.target()))).toList());
  }
}
