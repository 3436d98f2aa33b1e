package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.FlowGraph;
import io.fermata.processor.flow.Handler;
import io.fermata.processor.flow.Op;
import io.fermata.processor.flow.Terminator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Which blocks become cases of the switch, and which stand in line or nested in an {@code if} of
 * such a case.
 *
 * <pre>{@code
 * 0: if (c) 1 else 2       case START:
 * 1: f(); goto 0             if (c) { f(); state = START; continue; }    // 1 is nested in 0
 * 2: suspend g -> 3          sent = await(g)…                            // 2 stands in line
 * 3: return                case 2: return;                               // 3 is a case
 * }</pre>
 *
 * <p>Guarantees: a block that is jumped to from more than one place, resumed at, or entered with an
 * exception is a case; a nested block holds no resume point; the blocks of a case form a tree.
 */
final class Layout {
  private static final int NONE = -1;

  /** How a two-way end of a block is printed. */
  enum Fork {
    /** {@code if (condition) { then } otherwise in line}. */
    NEST_THEN,
    /** {@code if (!condition) { otherwise } then in line}. */
    NEST_OTHERWISE
  }

  private final FlowGraph graph;
  private final BitSet cases = new BitSet();
  private final Fork[] forks;
  private final int[] parent;
  private final int[] caseOf;

  /** How many blocks of its case precede or enclose each block. */
  private final int[] depth;

  private final Optional<Boolean>[] nestable;

  @SuppressWarnings({"unchecked", "rawtypes"})
  Layout(FlowGraph graph, BitSet cuts) {
    this.graph = graph;
    int size = graph.blocks().size();
    forks = new Fork[size];
    parent = new int[size];
    caseOf = new int[size];
    depth = new int[size];
    nestable = new Optional[size];
    Arrays.fill(nestable, Optional.empty());
    Arrays.fill(parent, NONE);
    Arrays.fill(caseOf, NONE);
    cases.or(cuts);
    findCases();
    arrange();
  }

  /** The blocks that are cases, in order. */
  List<Integer> cases() {
    return cases.stream().boxed().toList();
  }

  boolean isCase(int block) {
    return cases.get(block);
  }

  /** The case that {@code block} is printed in. */
  int caseOf(int block) {
    return caseOf[block];
  }

  /** The case printed after the one that {@code block} is in; -1 if that is the last. */
  int caseAfter(int block) {
    return cases.nextSetBit(caseOf[block] + 1);
  }

  Fork forkOf(int block) {
    return forks[block];
  }

  /** The innermost block whose code precedes or encloses that of both. */
  int commonAncestor(int one, int other) {
    int left = one;
    int right = other;
    while (left != right) {
      if (depth[left] >= depth[right]) {
        left = parent[left];
      } else {
        right = parent[right];
      }
    }
    return left;
  }

  private void findCases() {
    int[] ways = new int[graph.blocks().size()];
    cases.set(0);
    for (Block block : graph.blocks()) {
      block.successors().forEach(next -> ways[next]++);
      graph.armsOf(block).stream().mapToInt(Handler.Arm::target).forEach(cases::set);
      block.ops().forEach(this::exitsAreCases);
      if (block.end() instanceof Terminator.Suspend || block.end() instanceof Terminator.Switch) {
        block.end().targets().forEach(cases::set);
      }
    }
    for (int i = 0; i < ways.length; i++) {
      if (ways[i] > 1) {
        cases.set(i);
      }
    }
  }

  private void exitsAreCases(Op op) {
    if (op instanceof Op.Run run) {
      run.exits().forEach(exit -> exit.end().targets().forEach(cases::set));
    }
  }

  private void arrange() {
    Deque<Integer> work = new ArrayDeque<>(cases());
    while (!work.isEmpty()) {
      int block = work.remove();
      caseOf[block] = cases.get(block) ? block : caseOf[parent[block]];
      for (int next : placedWith(block)) {
        if (cases.get(next)) {
          work.add(next);
        } else {
          parent[next] = block;
          depth[next] = depth[block] + 1;
          work.add(next);
        }
      }
    }
  }

  /** What is printed with {@code block}, and a target that has become a case of its own. */
  private List<Integer> placedWith(int block) {
    Terminator end = graph.block(block).end();
    List<Integer> placed = new ArrayList<>();
    if (end instanceof Terminator.Goto jump && !cases.get(jump.target())) {
      placed.add(jump.target());
    } else if (end instanceof Terminator.Branch branch) {
      forks[block] = fork(branch, block);
      int nested = forks[block] == Fork.NEST_THEN ? branch.then() : branch.otherwise();
      int inLine = forks[block] == Fork.NEST_THEN ? branch.otherwise() : branch.then();
      if (!cases.get(nested)) {
        if (!isNestable(nested)) {
          cases.set(nested);
        }
        placed.add(nested);
      }
      if (!cases.get(inLine)) {
        placed.add(inLine);
      }
    }
    return placed;
  }

  private Fork fork(Terminator.Branch branch, int block) {
    boolean thenIsCase = cases.get(branch.then());
    boolean otherwiseIsCase = cases.get(branch.otherwise());
    if (thenIsCase && otherwiseIsCase) {
      return branch.then() <= block ? Fork.NEST_THEN : Fork.NEST_OTHERWISE;
    }
    if (thenIsCase) {
      boolean thenIsNext = branch.then() > block && isShort(branch.otherwise());
      return thenIsNext ? Fork.NEST_OTHERWISE : Fork.NEST_THEN;
    }
    return isNestable(branch.then()) ? Fork.NEST_THEN : Fork.NEST_OTHERWISE;
  }

  /** Whether the block is nothing but steps and one way out. */
  private boolean isShort(int block) {
    Terminator end = graph.block(block).end();
    return isNestable(block) && !(end instanceof Terminator.Branch);
  }

  /** Whether all that is printed with {@code block} can stand in braces: no resume point. */
  private boolean isNestable(int block) {
    if (nestable[block].isEmpty()) {
      Terminator end = graph.block(block).end();
      boolean followersAre = end.targets().allMatch(next -> cases.get(next) || isNestable(next));
      nestable[block] = Optional.of(!(end instanceof Terminator.Suspend) && followersAre);
    }
    return nestable[block].get();
  }
}
