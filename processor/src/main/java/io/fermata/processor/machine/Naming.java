package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.FlowGraph;
import io.fermata.processor.flow.Op;
import io.fermata.processor.flow.Uses;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.Part;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives out names: the user's own where they can stay, else with {@code $1}, {@code $2}, …
 *
 * <p>Names are given out from the outside in: first those of the method, then those of each case.
 */
final class Naming {
  /** Fields that generated classes inherit, or have beside their slots. */
  private static final Set<String> FIELDS_TAKEN =
      Set.of(
          "state",
          "current",
          "START",
          "SUSPENDED",
          "EMITTED",
          "CONTRACT",
          "LINES",
          "JUMPED",
          "handed");

  private final Set<String> reserved;
  private final Set<String> userLocals;
  private final Optional<Naming> outer;
  private final Set<String> taken = new HashSet<>();

  /** By stem, the last number that was given out: those before it are known, too. */
  private final Map<String, Integer> lastNumbers = new HashMap<>();

  private final Set<String> fields = new HashSet<>(FIELDS_TAKEN);

  Naming(FlowGraph graph) {
    reserved = graph.body().reserved();
    userLocals = new HashSet<>();
    outer = Optional.empty();
    graph.body().parameters().forEach(this::noteUsersName);
    graph.blocks().forEach(this::noteUsersNames);
    graph.handlers().stream()
        .flatMap(handler -> handler.arms().stream())
        .forEach(arm -> arm.variable().ifPresent(this::noteUsersName));
  }

  private Naming(Naming outer) {
    reserved = outer.reserved;
    userLocals = outer.userLocals;
    this.outer = Optional.of(outer);
  }

  /**
   * Names for a scope inside this one, when all of this one's are given out; the same name may be
   * given out in two such scopes.
   */
  Naming inner() {
    return new Naming(this);
  }

  /** The names of the method's own variables; they give way to the user's. */
  StateMachine.Names machineNames() {
    return new StateMachine.Names(
        machineName("task"),
        machineName("sent"),
        machineName("depth"),
        machineName("state"),
        machineName("region"),
        machineName("caught"),
        reserved.contains("resume") ? freshIn("resume") : "resume",
        constant("START", Integer.toString(StateMachine.START)),
        constant("SUSPENDED", "this.SUSPENDED"),
        constant("EMITTED", "this.EMITTED"));
  }

  /** The user's name if it is free here, else a fresh one; temporaries are always fresh. */
  String nameOf(IrLocal local) {
    boolean isUsers = local.origin() != IrLocal.Origin.TEMPORARY;
    return isUsers && !isTaken(local.name()) && taken.add(local.name())
        ? local.name()
        : fresh(local.name());
  }

  /** The user's name if nothing declared around it has it, else a fresh one; not given out. */
  String innerNameOf(IrLocal local) {
    boolean isUsers = local.origin() != IrLocal.Origin.TEMPORARY;
    return isUsers && !isTaken(local.name()) ? local.name() : fresh(local.name());
  }

  /** A name that nobody has: the stem with the next free number. */
  String fresh(String stem) {
    String name = freshIn(stem);
    taken.add(name);
    return name;
  }

  /** The name of the slot for a variable of that name. */
  String field(String name) {
    String field = name;
    for (int i = 1; !fields.add(field); i++) {
      field = name + "$" + i;
    }
    return field;
  }

  private String freshIn(String stem) {
    int i = lastNumber(stem) + 1;
    while (isKnown(stem + "$" + i)) {
      i++;
    }
    lastNumbers.put(stem, i - 1);
    return stem + "$" + i;
  }

  private int lastNumber(String stem) {
    Integer last = lastNumbers.get(stem);
    return last != null ? last : outer.map(each -> each.lastNumber(stem)).orElse(0);
  }

  private boolean isKnown(String name) {
    return reserved.contains(name) || isTaken(name) || userLocals.contains(name);
  }

  private boolean isTaken(String name) {
    return taken.contains(name) || outer.filter(each -> each.isTaken(name)).isPresent();
  }

  private String machineName(String name) {
    return userLocals.contains(name) ? fresh(name) : name;
  }

  private String constant(String name, String otherwise) {
    return userLocals.contains(name) ? otherwise : name;
  }

  private void noteUsersNames(Block block) {
    for (Op op : block.ops()) {
      if (op instanceof Op.Run run) {
        noteUsersNames(run.code());
      } else if (op instanceof Op.Set set) {
        noteUsersName(set.local());
        noteUsersNames(set.value().code());
      } else if (op instanceof Op.Receive receive) {
        receive.local().ifPresent(this::noteUsersName);
      }
    }
    Uses.codeOf(block.end()).forEach(this::noteUsersNames);
  }

  private void noteUsersNames(Code code) {
    for (Part part : code.parts()) {
      if (part instanceof Part.Read read) {
        noteUsersName(read.local());
      } else if (part instanceof Part.Write write) {
        noteUsersName(write.local());
      } else if (part instanceof Part.Declare declare) {
        noteUsersName(declare.local());
      } else if (part instanceof Part.NewCoroutine lambda) {
        lambda.captures().forEach(this::noteUsersName);
      } else if (part instanceof Part.Jump jump) {
        jump.value().ifPresent(this::noteUsersNames);
      }
    }
  }

  private void noteUsersName(IrLocal local) {
    if (local.origin() != IrLocal.Origin.TEMPORARY) {
      userLocals.add(local.name());
    }
  }
}
