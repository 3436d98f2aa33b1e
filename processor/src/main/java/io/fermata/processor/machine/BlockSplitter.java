package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.FlowGraph;
import io.fermata.processor.flow.Handler;
import io.fermata.processor.flow.Op;
import io.fermata.processor.flow.Terminator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Splits long blocks, so that a machine can be cut within them.
 *
 * <pre>{@code
 * 0: a(); b(); c(); goto 1        0: a(); goto 1
 *                                 1: b(); goto 2
 *                                 2: c(); goto 3
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

  private FlowGraph split() {
    List<List<List<Op>>> pieces = graph.blocks().stream().map(this::pieces).toList();
    int next = 0;
    for (int i = 0; i < firstOf.length; i++) {
      firstOf[i] = next;
      next += pieces.get(i).size();
    }
    List<Block> blocks = new ArrayList<>();
    for (Block block : graph.blocks()) {
      addPieces(block, pieces.get(block.id()), blocks);
    }
    return new FlowGraph(
        graph.body(), blocks, graph.handlers().stream().map(this::renamed).toList());
  }

  private List<List<Op>> pieces(Block block) {
    List<List<Op>> pieces = new ArrayList<>(List.of(new ArrayList<>()));
    int size = 0;
    for (Op op : block.ops()) {
      if (size + CodeSize.of(op) > limit && size > 0) {
        pieces.add(new ArrayList<>());
        size = 0;
      }
      pieces.get(pieces.size() - 1).add(op);
      size += CodeSize.of(op);
    }
    return pieces;
  }

  private void addPieces(Block block, List<List<Op>> pieces, List<Block> blocks) {
    IntUnaryOperator renamed = id -> firstOf[id];
    for (int i = 0; i < pieces.size(); i++) {
      int id = blocks.size();
      Terminator end =
          i < pieces.size() - 1 ? new Terminator.Goto(id + 1) : block.end().map(renamed);
      List<Op> ops = pieces.get(i).stream().map(op -> op.map(renamed)).toList();
      blocks.add(new Block(id, block.handler(), ops, end));
    }
  }

  private Handler renamed(Handler handler) {
    return new Handler(
        handler.id(),
        handler.outer(),
        handler.arms().stream().map(arm -> arm.to(firstOf[arm.target()])).toList());
  }
}
