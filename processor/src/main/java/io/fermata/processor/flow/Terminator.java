package io.fermata.processor.flow;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrExpr.Plain;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** How a block ends. */
public sealed interface Terminator {

  /** The blocks that may come next. */
  default IntStream targets() {
    return IntStream.empty();
  }

  /** Whether an exception may come out of it. */
  default boolean mayThrow() {
    return true;
  }

  /** The same with other ids for its targets. */
  default Terminator map(IntUnaryOperator id) {
    return this;
  }

  /** On to {@code target}. */
  record Goto(int target) implements Terminator {
    @Override
    public boolean mayThrow() {
      return false;
    }

    @Override
    public IntStream targets() {
      return IntStream.of(target);
    }

    @Override
    public Terminator map(IntUnaryOperator id) {
      return new Goto(id.applyAsInt(target));
    }
  }

  /** One of two ways. */
  record Branch(Plain condition, int then, int otherwise, Span span) implements Terminator {
    @Override
    public IntStream targets() {
      return IntStream.of(then, otherwise);
    }

    @Override
    public Terminator map(IntUnaryOperator id) {
      return new Branch(condition, id.applyAsInt(then), id.applyAsInt(otherwise), span);
    }
  }

  /**
   * One of many ways.
   *
   * @param otherwise where it goes if no arm matches; empty if an arm always does
   */
  record Switch(Plain selector, List<Arm> arms, OptionalInt otherwise, Span span)
      implements Terminator {
    public Switch {
      arms = List.copyOf(arms);
    }

    /** A case: its label, the variables that take its bindings, and where it goes. */
    public record Arm(Code label, List<IrStmt.Case.Binding> bindings, int target) {
      public Arm {
        bindings = List.copyOf(bindings);
      }

      /** Whether this is the {@code default}, perhaps together with {@code null}. */
      public boolean isDefault() {
        String text = label.toString().strip();
        return text.startsWith("default") || text.endsWith("default");
      }
    }

    @Override
    public IntStream targets() {
      return IntStream.concat(
          arms.stream().mapToInt(Arm::target),
          otherwise.isPresent() ? IntStream.of(otherwise.getAsInt()) : IntStream.empty());
    }

    @Override
    public Terminator map(IntUnaryOperator id) {
      return new Switch(
          selector,
          arms.stream()
              .map(arm -> new Arm(arm.label, arm.bindings, id.applyAsInt(arm.target)))
              .toList(),
          otherwise.isPresent()
              ? OptionalInt.of(id.applyAsInt(otherwise.getAsInt()))
              : OptionalInt.empty(),
          span);
    }
  }

  /** A resume point: waits, then goes on at {@code resume}, which begins with a Receive. */
  record Suspend(
      IrStmt.Suspend.Reason reason, Code operand, IrType operandType, int resume, Span span)
      implements Terminator {
    @Override
    public IntStream targets() {
      return IntStream.of(resume);
    }

    @Override
    public Terminator map(IntUnaryOperator id) {
      return new Suspend(reason, operand, operandType, id.applyAsInt(resume), span);
    }
  }

  /** The result; no value for {@code void}. */
  record Return(Optional<Plain> value, Span span) implements Terminator {
    @Override
    public boolean mayThrow() {
      return value.isPresent() && !value.get().isSettled(value.get().type());
    }
  }

  /** An exception, which goes to the block's own handler. */
  record Throw(Plain exception, Span span) implements Terminator {}

  /** An end that Java has shown never to be reached. */
  record Unreachable() implements Terminator {}
}
