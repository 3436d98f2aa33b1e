package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.FlowGraph;
import io.fermata.processor.flow.Handler;
import io.fermata.processor.flow.Op;
import io.fermata.processor.flow.Terminator;
import io.fermata.processor.flow.Uses;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.Part;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where each variable is declared.
 *
 * <p>A variable stands in the case that holds all of its uses, if its first use there gives it its
 * value and precedes all others; a parameter does if it is never assigned and no resume point needs
 * it. All others are declared at the top of the method.
 */
final class Placement {

  /** Where a variable is declared. */
  enum Home {
    /** At the top of the method. */
    TOP,
    /** Where it gets its value, or, a parameter, at the start of a block. */
    BLOCK,
    /** Nowhere: a parameter read from its field, once. */
    FIELD
  }

  /** What the first step of a block that uses a variable does. */
  private enum FirstUse {
    /** Gives it its value. */
    GIVES_VALUE,
    /** Something else. */
    OTHER
  }

  private final FlowGraph graph;
  private final Layout layout;
  private final Map<IrLocal, References> references = new LinkedHashMap<>();
  private final Map<IrLocal, Home> homes = new LinkedHashMap<>();
  private final Map<Integer, Map<IrLocal, FirstUse>> firstUses = new HashMap<>();

  Placement(FlowGraph graph, Layout layout, Set<IrLocal> kept) {
    this.graph = graph;
    this.layout = layout;
    graph.blocks().forEach(this::collect);
    graph.blocks().forEach(this::collectUndefined);
    references.forEach((local, found) -> homes.put(local, home(local, found, kept)));
  }

  /** All variables that the body uses, in the order of their first use. */
  List<IrLocal> used() {
    return List.copyOf(references.keySet());
  }

  boolean isUsed(IrLocal local) {
    return references.containsKey(local);
  }

  Home homeOf(IrLocal local) {
    return homes.getOrDefault(local, Home.TOP);
  }

  /** The block in which a variable whose home is a block is declared. */
  int blockOf(IrLocal local) {
    return Objects.requireNonNull(references.get(local)).ancestor;
  }

  /** Whether a declaration without a value in {@code block} declares {@code local}. */
  boolean isDeclaredIn(Block block, IrLocal local) {
    return homeOf(local) == Home.BLOCK
        && layout.caseOf(blockOf(local)) == layout.caseOf(block.id());
  }

  /**
   * Whether {@code local} is assigned once, where it is declared, so that Java lets it be captured.
   */
  boolean isEffectivelyFinal(IrLocal local) {
    References found = Objects.requireNonNull(references.get(local));
    boolean isParameter = graph.body().parameters().contains(local);
    return homeOf(local) == Home.BLOCK && found.writes == (isParameter ? 0 : 1) && !found.undefined;
  }

  private Home home(IrLocal local, References found, Set<IrLocal> kept) {
    if (graph.body().parameters().contains(local)) {
      return parameterHome(found, kept.contains(local));
    }
    boolean standsAlone = found.cases() == 1 && !found.caught && startsWithValue(local, found);
    return standsAlone ? Home.BLOCK : Home.TOP;
  }

  private static Home parameterHome(References found, boolean kept) {
    if (kept || found.writes > 0 || found.cases() > 1) {
      return Home.TOP;
    }
    return found.plainReads == 1 && found.reads == 1 ? Home.FIELD : Home.BLOCK;
  }

  private boolean startsWithValue(IrLocal local, References found) {
    return firstUses
        .computeIfAbsent(found.ancestor, this::firstUsesIn)
        .getOrDefault(local, FirstUse.OTHER)
        .equals(FirstUse.GIVES_VALUE);
  }

  private Map<IrLocal, FirstUse> firstUsesIn(int block) {
    Map<IrLocal, FirstUse> found = new HashMap<>();
    for (Op op : graph.block(block).ops()) {
      givenBy(op).ifPresent(local -> found.putIfAbsent(local, FirstUse.GIVES_VALUE));
      Uses uses = new Uses();
      uses.readBy(op);
      uses.writtenBy(op);
      uses.reads().forEach(local -> found.putIfAbsent(local, FirstUse.OTHER));
      uses.writes().forEach(local -> found.putIfAbsent(local, FirstUse.OTHER));
    }
    return found;
  }

  private static Optional<IrLocal> givenBy(Op op) {
    if (op instanceof Op.Set set) {
      return Optional.of(set.local());
    } else if (op instanceof Op.Undefine undefine) {
      return Optional.of(undefine.local());
    }
    return op instanceof Op.Receive receive ? receive.local() : Optional.empty();
  }

  private void collect(Block block) {
    for (Op op : block.ops()) {
      Uses uses = new Uses();
      uses.readBy(op);
      uses.writtenBy(op);
      note(block, uses, op instanceof Op.Set set ? List.of(set.value().code()) : List.of());
    }
    Uses uses = new Uses();
    uses.readBy(block.end());
    uses.writtenBy(block.end());
    boolean isOneTime = !(block.end() instanceof Terminator.Switch);
    note(block, uses, isOneTime ? List.copyOf(Uses.codeOf(block.end())) : List.of());
    for (Handler.Arm arm : graph.armsOf(block)) {
      arm.written().forEach(local -> at(block, local).caught = true);
    }
  }

  /** A declaration without a value counts where it stands with all the uses. */
  private void collectUndefined(Block block) {
    for (Op op : block.ops()) {
      if (op instanceof Op.Undefine undefine) {
        Optional.ofNullable(references.get(undefine.local()))
            .filter(found -> found.cases.equals(Set.of(layout.caseOf(block.id()))))
            .ifPresent(
                found -> {
                  found.add(block.id(), layout);
                  found.undefined = true;
                });
      }
    }
  }

  private void note(Block block, Uses uses, List<Code> plain) {
    uses.writes().forEach(local -> at(block, local).writes++);
    uses.reads().forEach(local -> at(block, local).reads++);
    for (Code code : plain) {
      for (Part part : code.parts()) {
        if (part instanceof Part.Read read) {
          boolean isPlain = read.place() == Part.Place.BODY;
          at(block, read.local(), code).plainReads += isPlain ? 1 : 2;
        } else if (part instanceof Part.NewCoroutine lambda) {
          boolean isPlain = lambda.place() == Part.Place.BODY;
          lambda.captures().forEach(local -> at(block, local, code).plainReads += isPlain ? 1 : 2);
        }
      }
    }
  }

  private References at(Block block, IrLocal local, Code code) {
    return code.declares().contains(local) ? new References(block.id()) : at(block, local);
  }

  private References at(Block block, IrLocal local) {
    References found = references.computeIfAbsent(local, each -> new References(block.id()));
    found.add(block.id(), layout);
    return found;
  }

  /** What is known of the uses of a variable. */
  private static final class References {
    private final Set<Integer> cases = new HashSet<>();
    private int ancestor;
    private int reads;
    private int plainReads;
    private int writes;
    private boolean undefined;
    private boolean caught;

    References(int block) {
      ancestor = block;
    }

    int cases() {
      return cases.size();
    }

    void add(int block, Layout layout) {
      cases.add(layout.caseOf(block));
      if (cases.size() == 1) {
        ancestor = layout.commonAncestor(ancestor, block);
      }
    }
  }
}
