package io.fermata.processor.flow;

import io.fermata.processor.ir.IrBody;
import io.fermata.processor.ir.IrExpr.Plain;
import io.fermata.processor.ir.IrExpr.Stability;
import io.fermata.processor.ir.IrLocal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Takes out of a new graph what the source does not need, and numbers its blocks.
 *
 * <p>Gone afterwards: blocks that cannot be reached, blocks that only lead on, seams between blocks
 * that always run one after the other under the same handler, numbers of ways that nobody asks for,
 * temporaries between a resume point and the variable that it is for, and {@link Op.Clear} of what
 * cannot hold anything yet. What only leads to the end of a body without result ends it by itself.
 */
final class GraphCleaner {
  private final IrBody body;
  private final List<OpenBlock> placed;
  private final List<OpenHandler> openHandlers;
  private final Map<Integer, OpenBlock> byId = new HashMap<>();

  /** How many steps and ends of blocks read each variable. */
  private final Map<IrLocal, Integer> reads = new HashMap<>();

  GraphCleaner(IrBody body, List<OpenBlock> placed, List<OpenHandler> openHandlers) {
    this.body = body;
    this.placed = placed;
    this.openHandlers = openHandlers;
    placed.forEach(block -> byId.put(block.id, block));
  }

  FlowGraph clean() {
    dropUnreadNumbers();
    placed.forEach(this::countReads);
    placed.forEach(this::receiveInPlace);
    new ClearCleaner(placed, openHandlers, byId).clean();
    skipEmptyBlocks();
    placed.forEach(this::endInPlace);
    OpenBlock entry = block(skippingEmpty(placed.get(0).id));
    joinSeams(entry);
    return number(entry);
  }

  private void dropUnreadNumbers() {
    Uses uses = new Uses();
    placed.forEach(block -> block.ops.forEach(uses::readBy));
    placed.forEach(block -> uses.readBy(block.end));
    for (OpenBlock block : placed) {
      block.ops.removeIf(op -> isUnreadNumber(op, uses));
      block.ops.replaceAll(op -> op instanceof Op.Run run ? withoutUnreadNumbers(run, uses) : op);
    }
  }

  private static Op.Run withoutUnreadNumbers(Op.Run run, Uses uses) {
    return run.withExitOps(op -> !isUnreadNumber(op, uses));
  }

  private static boolean isUnreadNumber(Op op, Uses uses) {
    return op instanceof Op.Set set
        && set.local().origin() == IrLocal.Origin.TEMPORARY
        && set.value().stability() == Stability.CONSTANT
        && !uses.isRead(set.local());
  }

  /** {@code t = receive; x = t} is {@code x = receive}. */
  private void receiveInPlace(OpenBlock block) {
    if (block.ops.size() > 1
        && block.ops.get(0) instanceof Op.Receive receive
        && block.ops.get(1) instanceof Op.Set set
        && receive.local().isPresent()
        && isCopy(receive.local().get(), set)) {
      block.ops.set(0, new Op.Receive(Optional.of(set.local()), receive.type(), receive.span()));
      block.ops.remove(1);
    }
  }

  private boolean isCopy(IrLocal taken, Op.Set set) {
    return taken.origin() == IrLocal.Origin.TEMPORARY
        && taken.type().equals(set.local().type())
        && set.value().equals(Plain.read(taken))
        && reads.getOrDefault(taken, 0) == 1;
  }

  private void countReads(OpenBlock block) {
    for (Op op : block.ops) {
      Uses uses = new Uses();
      uses.readBy(op);
      uses.reads().forEach(local -> reads.merge(local, 1, Integer::sum));
    }
    Uses end = new Uses();
    end.readBy(block.end);
    end.reads().forEach(local -> reads.merge(local, 1, Integer::sum));
  }

  private void endInPlace(OpenBlock block) {
    block.end = endingInPlace(block.end);
    block.ops.replaceAll(
        op ->
            op instanceof Op.Run run
                ? new Op.Run(
                    run.code(),
                    run.exits().stream()
                        .map(exit -> new Op.Exit(exit.ops(), endingInPlace(exit.end())))
                        .toList(),
                    run.span())
                : op);
  }

  private Terminator endingInPlace(Terminator end) {
    return end instanceof Terminator.Goto jump && endsBody(block(jump.target()))
        ? block(jump.target()).end
        : end;
  }

  private static boolean endsBody(OpenBlock block) {
    return block.ops.stream().allMatch(Op.Undefine.class::isInstance)
        && block.end instanceof Terminator.Return result
        && result.value().isEmpty();
  }

  // Shape

  private void skipEmptyBlocks() {
    for (OpenBlock block : placed) {
      block.end = block.end.map(this::skippingEmpty);
      block.ops.replaceAll(op -> op.map(this::skippingEmpty));
    }
    openHandlers.replaceAll(
        handler ->
            new OpenHandler(
                handler.outer(), handler.arms().stream().map(this::skippingEmpty).toList()));
  }

  private Handler.Arm skippingEmpty(Handler.Arm arm) {
    return arm.to(skippingEmpty(arm.target()));
  }

  private int skippingEmpty(int id) {
    Set<Integer> seen = new HashSet<>();
    int at = id;
    while (seen.add(at)
        && block(at).ops.stream().allMatch(Op.Undefine.class::isInstance)
        && block(at).end instanceof Terminator.Goto next) {
      at = next.target();
    }
    return at;
  }

  private void joinSeams(OpenBlock entry) {
    Map<Integer, Integer> ways = new HashMap<>();
    ways.put(entry.id, 1);
    for (OpenBlock block : reachable(entry)) {
      successors(block).forEach(next -> ways.merge(next, 1, Integer::sum));
    }
    Set<OpenBlock> joined = new HashSet<>();
    for (OpenBlock block : reachable(entry)) {
      while (!joined.contains(block)
          && block.end instanceof Terminator.Goto seam
          && ways.getOrDefault(seam.target(), 0) == 1
          && block(seam.target()).handler == block.handler
          && seam.target() != block.id) {
        OpenBlock next = block(seam.target());
        block.ops.addAll(next.ops);
        block.end = next.end;
        joined.add(next);
      }
    }
  }

  private Set<OpenBlock> reachable(OpenBlock entry) {
    Set<OpenBlock> reached = new LinkedHashSet<>(List.of(entry));
    Deque<OpenBlock> work = new ArrayDeque<>(reached);
    while (!work.isEmpty()) {
      successors(work.remove()).mapToObj(this::block).filter(reached::add).forEach(work::add);
    }
    return reached;
  }

  private FlowGraph number(OpenBlock entry) {
    Set<OpenBlock> reached = reachable(entry);
    List<OpenBlock> order = new ArrayList<>(placed);
    order.removeIf(block -> block == entry || !reached.contains(block));
    order.add(0, entry);
    Map<Integer, Integer> numbers = new HashMap<>();
    order.forEach(block -> numbers.put(block.id, numbers.size()));
    List<Block> blocks =
        order.stream()
            .map(
                block ->
                    new Block(
                        Objects.requireNonNull(numbers.get(block.id)),
                        block.handler,
                        block.ops.stream().map(op -> op.map(numbers::get)).toList(),
                        block.end.map(numbers::get)))
            .toList();
    return new FlowGraph(body, blocks, numberedHandlers(numbers));
  }

  /** Arms whose region holds no block that is left lead nowhere and are dropped. */
  private List<Handler> numberedHandlers(Map<Integer, Integer> numbers) {
    List<Handler> handlers = new ArrayList<>();
    for (OpenHandler open : openHandlers) {
      List<Handler.Arm> arms =
          open.arms().stream()
              .filter(arm -> numbers.containsKey(arm.target()))
              .map(arm -> arm.to(Objects.requireNonNull(numbers.get(arm.target()))))
              .toList();
      handlers.add(new Handler(handlers.size(), open.outer(), arms));
    }
    return handlers;
  }

  private IntStream successors(OpenBlock block) {
    return IntStream.concat(
        normalSuccessors(block), arms(block.handler).stream().mapToInt(Handler.Arm::target));
  }

  private static IntStream normalSuccessors(OpenBlock block) {
    return new Block(block.id, block.handler, block.ops, block.end).successors();
  }

  private OpenBlock block(int id) {
    return Objects.requireNonNull(byId.get(id));
  }

  private List<Handler.Arm> arms(int handler) {
    List<Handler.Arm> arms = new ArrayList<>();
    int at = handler;
    while (at != Block.NO_HANDLER) {
      arms.addAll(openHandlers.get(at).arms());
      boolean caughtAll = openHandlers.get(at).arms().stream().anyMatch(Handler.Arm::catchesAll);
      at = caughtAll ? Block.NO_HANDLER : openHandlers.get(at).outer();
    }
    return arms;
  }
}
