package io.fermata.processor.flow;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrExpr.Plain;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Span;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/** A step of a block. */
public sealed interface Op {

  /** Whether an exception may come out of it; if so, what it assigns is not assigned then. */
  default boolean mayThrow() {
    return true;
  }

  /** The same with other ids for the targets of exits. */
  default Op map(IntUnaryOperator id) {
    return this;
  }

  /**
   * The user's statements as they are.
   *
   * @param exits where the jumps in {@code code} go, in the order of {@link Code#jumps()}
   */
  record Run(Code code, List<Exit> exits, Span span) implements Op {
    public Run {
      exits = List.copyOf(exits);
    }

    @Override
    public Run map(IntUnaryOperator id) {
      return new Run(
          code,
          exits.stream().map(exit -> new Exit(exit.ops(), exit.end().map(id))).toList(),
          span);
    }

    /** The same with only these of the steps in its exits. */
    Run withExitOps(Predicate<Op> kept) {
      return new Run(
          code,
          exits.stream()
              .map(exit -> new Exit(exit.ops().stream().filter(kept).toList(), exit.end()))
              .toList(),
          span);
    }
  }

  /** {@code local = value}. */
  record Set(IrLocal local, Plain value, Span span) implements Op {
    @Override
    public boolean mayThrow() {
      return !value.isSettled(local.type());
    }
  }

  /** {@code local = null}: lets go of what a former round may have left there. */
  record Clear(IrLocal local) implements Op {
    @Override
    public boolean mayThrow() {
      return false;
    }
  }

  /** A declaration without a value: what was in {@code local} is of no use any more. */
  record Undefine(IrLocal local) implements Op {
    @Override
    public boolean mayThrow() {
      return false;
    }
  }

  /** The first step after a resume point: takes what was awaited, or throws its failure. */
  record Receive(Optional<IrLocal> local, IrType type, Span span) implements Op {}

  /**
   * A jump out of the middle of a {@link Run}.
   *
   * @param ops done first: {@link Set} and {@link Clear} only
   * @param end a {@link Terminator.Goto} or a {@link Terminator.Return}
   */
  record Exit(List<Op> ops, Terminator end) {
    public Exit {
      ops = List.copyOf(ops);
    }
  }
}
