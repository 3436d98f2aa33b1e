package io.fermata.processor.flow;

import io.fermata.processor.ir.IrBody;
import java.util.List;

/**
 * A body as blocks, in the order of the source; the first is where it starts.
 *
 * @param blocks each at the index that is its id; all can be reached
 * @param handlers each at the index that is its id
 */
public record FlowGraph(IrBody body, List<Block> blocks, List<Handler> handlers) {
  public FlowGraph {
    blocks = List.copyOf(blocks);
    handlers = List.copyOf(handlers);
  }

  /** The block with this id. */
  public Block block(int id) {
    return blocks.get(id);
  }

  /** The arms that an exception in {@code block} may take, innermost first. */
  public List<Handler.Arm> armsOf(Block block) {
    return block.handler() == Block.NO_HANDLER
        ? List.of()
        : handlers.get(block.handler()).reachableArms(this);
  }

  @Override
  public String toString() {
    return FlowPrinter.print(this);
  }
}
