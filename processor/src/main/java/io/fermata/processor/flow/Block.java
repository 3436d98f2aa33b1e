package io.fermata.processor.flow;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Operations run one after the other, then one way on.
 *
 * @param handler the {@link Handler} that an exception in this block goes to, or {@link
 *     #NO_HANDLER}
 */
public record Block(int id, int handler, List<Op> ops, Terminator end) {
  /** The handler of a block whose exceptions leave the body. */
  public static final int NO_HANDLER = -1;

  public Block {
    ops = List.copyOf(ops);
  }

  /** Whether an exception may come out of it. */
  public boolean mayThrow() {
    return end.mayThrow() || ops.stream().anyMatch(Op::mayThrow);
  }

  /** Where control may go on without an exception, side exits included. */
  public IntStream successors() {
    return IntStream.concat(exits().flatMapToInt(exit -> exit.end().targets()), end.targets());
  }

  /** The jumps out of the middle of the block. */
  public Stream<Op.Exit> exits() {
    return ops.stream().flatMap(Block::exits);
  }

  private static Stream<Op.Exit> exits(Op op) {
    return op instanceof Op.Run run ? run.exits().stream() : Stream.empty();
  }
}
