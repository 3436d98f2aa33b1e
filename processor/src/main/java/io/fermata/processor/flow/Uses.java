package io.fermata.processor.flow;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrLocal;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** The variables of the body that steps and ends of blocks read and write. */
public final class Uses {
  private final Set<IrLocal> reads = new LinkedHashSet<>();
  private final Set<IrLocal> writes = new LinkedHashSet<>();

  /** Adds what {@code op} may read, in its exits too. */
  public void readBy(Op op) {
    if (op instanceof Op.Run run) {
      Uses inside = new Uses();
      run.exits().forEach(exit -> exit.ops().forEach(inside::readBy));
      run.exits().forEach(exit -> inside.readBy(exit.end()));
      inside.reads.removeAll(run.code().declares());
      reads.addAll(inside.reads);
      readBy(run.code());
    } else if (op instanceof Op.Set set) {
      readBy(set.value().code());
    }
  }

  /** Adds what {@code end} may read. */
  public void readBy(Terminator end) {
    codeOf(end).forEach(this::readBy);
  }

  /** Adds what {@code op} may write, in its exits too. */
  public void writtenBy(Op op) {
    if (op instanceof Op.Run run) {
      Uses inside = new Uses();
      run.exits().forEach(exit -> exit.ops().forEach(inside::writtenBy));
      run.exits().forEach(exit -> inside.writtenBy(exit.end()));
      inside.writes.removeAll(run.code().declares());
      writes.addAll(inside.writes);
      writtenBy(run.code());
    } else if (op instanceof Op.Set set) {
      written(set.local());
      writtenBy(set.value().code());
    } else if (op instanceof Op.Clear clear) {
      written(clear.local());
    } else if (op instanceof Op.Receive receive) {
      receive.local().ifPresent(this::written);
    }
  }

  /** Adds what {@code end} may write. */
  public void writtenBy(Terminator end) {
    codeOf(end).forEach(this::writtenBy);
    if (end instanceof Terminator.Switch choice) {
      choice.arms().forEach(arm -> arm.bindings().forEach(each -> written(each.variable())));
    }
  }

  /** Adds {@code local} to what is written. */
  public void written(IrLocal local) {
    writes.add(local);
  }

  /** Whether {@code local} is among what is read. */
  public boolean isRead(IrLocal local) {
    return reads.contains(local);
  }

  /** What is read. */
  public Set<IrLocal> reads() {
    return Collections.unmodifiableSet(reads);
  }

  /** What is written. */
  public Set<IrLocal> writes() {
    return Collections.unmodifiableSet(writes);
  }

  /** The code that runs at the end of a block, labels of a switch included. */
  public static Set<Code> codeOf(Terminator end) {
    Set<Code> codes = new LinkedHashSet<>();
    if (end instanceof Terminator.Branch branch) {
      codes.add(branch.condition().code());
    } else if (end instanceof Terminator.Switch choice) {
      codes.add(choice.selector().code());
      choice.arms().forEach(arm -> codes.add(arm.label()));
    } else if (end instanceof Terminator.Suspend suspend) {
      codes.add(suspend.operand());
    } else if (end instanceof Terminator.Return result) {
      result.value().ifPresent(value -> codes.add(value.code()));
    } else if (end instanceof Terminator.Throw thrown) {
      codes.add(thrown.exception().code());
    }
    return codes;
  }

  private void readBy(Code code) {
    Set<IrLocal> outer = new LinkedHashSet<>(code.reads());
    outer.removeAll(code.declares());
    reads.addAll(outer);
  }

  private void writtenBy(Code code) {
    Set<IrLocal> outer = new LinkedHashSet<>(code.writes());
    outer.removeAll(code.declares());
    writes.addAll(outer);
  }
}
