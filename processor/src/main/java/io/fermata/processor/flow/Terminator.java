package io.fermata.processor.flow;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrExpr.Plain;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Span;
import java.util.ArrayList;
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
    public record Arm(
        Code label, IrStmt.Case.Takes takes, List<IrStmt.Case.Binding> bindings, int target) {
      public Arm {
        bindings = List.copyOf(bindings);
      }

      /** The same, but going to {@code block}. */
      public Arm to(int block) {
        return new Arm(label, takes, bindings, block);
      }
    }

    /**
     * One of several switches that stand for one: what its arms do not take goes on to the next.
     *
     * @param later what the labels of later parts take; if {@code null} is among it, this part must
     *     let it through, on which a switch without a label for it fails
     */
    public static Switch part(
        Plain selector, List<Arm> arms, int next, List<IrStmt.Case.Takes> later, Span span) {
      boolean leavesNothing = arms.stream().anyMatch(arm -> arm.takes().leavesNothing());
      if (later.stream().noneMatch(IrStmt.Case.Takes::hasNull)) {
        OptionalInt otherwise = leavesNothing ? OptionalInt.empty() : OptionalInt.of(next);
        return new Switch(selector, arms, otherwise, span);
      }
      List<Arm> all = new ArrayList<>(arms);
      IrStmt.Case.Takes takes =
          leavesNothing ? IrStmt.Case.Takes.NULL : IrStmt.Case.Takes.REST_AND_NULL;
      Code label = Code.of(leavesNothing ? "case null" : "case null, default");
      // Before an unconditional pattern: behind it javac holds the label dominated.
      all.add(leavesNothing ? 0 : all.size(), new Arm(label, takes, List.of(), next));
      return new Switch(selector, all, OptionalInt.empty(), span);
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
          arms.stream().map(arm -> arm.to(id.applyAsInt(arm.target))).toList(),
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
