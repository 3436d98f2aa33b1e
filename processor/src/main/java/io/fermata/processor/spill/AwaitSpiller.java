package io.fermata.processor.spill;

import io.fermata.processor.ir.Boxed;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CodeShape;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrBody;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrRewriter;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import io.fermata.processor.ir.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes every resume point a statement of its own: {@code x = await e} or {@code await e}.
 *
 * <pre>
 * f(a(), x, await(b()), c());      t$1 = a(); t$2 = await b(); f(t$1, x, t$2, c());
 * a[i()] += await(f());            t$1 = a; t$2 = i(); t$3 = t$1[t$2]; t$4 = await f();
 *                                  t$1[t$2] = t$3 + t$4;
 * p() &amp;&amp; await(q())                t$1 = p(); if (t$1) t$1 = await q();  … t$1
 * while (await(more())) S          while (true) { t$1 = await more(); if (!t$1) break; S }
 * </pre>
 *
 * <p>Guarantees: what stands left of a resume point is evaluated before it, once and in order (JLS
 * 15.7); what cannot change in between stays where it is. After it all expressions are {@code
 * Plain}, and {@code Suspend} is the only resume point.
 */
public final class AwaitSpiller extends IrRewriter {

  /** Where what is spilled stands. */
  private Span at = Span.NONE;

  private final Assignments assignments = new Assignments();

  /** The body with its resume points spilled. */
  public IrBody spill(IrBody body) {
    return rewrite(body);
  }

  @Override
  protected List<IrStmt> statement(IrStmt statement) {
    Span around = at;
    at = spanOf(statement);
    List<IrStmt> out = new ArrayList<>();
    spill(statement, out);
    at = around;
    return out;
  }

  private Span spanOf(IrStmt statement) {
    Span span = Span.NONE;
    if (statement instanceof IrStmt.Declare declare) {
      span = declare.span();
    } else if (statement instanceof IrStmt.Evaluate evaluate) {
      span = evaluate.span();
    } else if (statement instanceof IrStmt.If choice) {
      span = choice.span();
    } else if (statement instanceof IrStmt.Loop loop) {
      span = loop.span();
    } else if (statement instanceof IrStmt.Switch choice) {
      span = choice.span();
    } else if (statement instanceof IrStmt.Throw exit) {
      span = exit.span();
    } else if (statement instanceof IrStmt.Return exit) {
      span = exit.span();
    }
    return span.equals(Span.NONE) ? at : span;
  }

  private void spill(IrStmt statement, List<IrStmt> out) {
    if (statement instanceof IrStmt.Exec exec) {
      out.add(new IrStmt.Exec(filled(code(exec.code())), exec.span()));
    } else if (statement instanceof IrStmt.Declare declare) {
      declare(declare, out);
    } else if (statement instanceof IrStmt.Evaluate evaluate) {
      evaluate(evaluate, out);
    } else if (statement instanceof IrStmt.If choice) {
      choice(choice, out);
    } else if (statement instanceof IrStmt.Loop loop) {
      out.add(loop(loop));
    } else if (statement instanceof IrStmt.Switch choice) {
      IrExpr.Plain selector = flat(choice.selector(), out);
      IrStmt.Switch rebuilt =
          new IrStmt.Switch(choice.label(), choice.form(), selector, choice.cases(), choice.span());
      out.add(rebuilt(rebuilt));
    } else if (statement instanceof IrStmt.Throw exit) {
      out.add(new IrStmt.Throw(flat(exit.exception(), out), exit.span()));
    } else if (statement instanceof IrStmt.Return exit) {
      out.add(new IrStmt.Return(exit.value().map(value -> flat(value, out)), exit.span()));
    } else {
      out.add(rebuilt(statement));
    }
  }

  @Override
  protected IrStmt.Case.Guard guard(IrStmt.Case.Guard guard) {
    List<IrStmt> before = new ArrayList<>();
    IrExpr.Plain condition = flat(guard.condition(), before);
    return new IrStmt.Case.Guard(before, condition, guard.span());
  }

  /** {@code if (a && b) S} is {@code if (a) if (b) S}, as long as there is no else. */
  private void choice(IrStmt.If choice, List<IrStmt> out) {
    if (choice.otherwise().isEmpty()
        && choice.condition() instanceof IrExpr.ShortCircuit both
        && both.operator().equals("&&")) {
      IrStmt inner = new IrStmt.If(both.right(), choice.then(), Optional.empty(), choice.span());
      choice(new IrStmt.If(both.left(), inner, Optional.empty(), choice.span()), out);
      return;
    }
    out.add(
        new IrStmt.If(
            flat(choice.condition(), out),
            one(choice.then()),
            choice.otherwise().map(this::one),
            choice.span()));
  }

  private void declare(IrStmt.Declare declare, List<IrStmt> out) {
    if (declare.value().isPresent() && declare.value().get() instanceof IrExpr.Await await) {
      out.add(new IrStmt.Declare(declare.local(), Optional.empty(), Span.NONE));
      suspend(await, Optional.of(declare.local()), out);
      return;
    }
    Optional<List<IrStmt>> inPlace = declare.value().flatMap(value -> inPlace(declare, value));
    if (inPlace.isPresent()) {
      out.addAll(all(inPlace.get()));
      return;
    }
    if (declare.value().isPresent()
        && declare.value().get() instanceof IrExpr.Conditional conditional
        && conditional.type().equals(declare.local().type())) {
      conditional(conditional, declare.local(), out);
      return;
    }
    out.add(
        new IrStmt.Declare(
            declare.local(),
            declare.value().map(value -> flat(value, out)),
            declare.value().isPresent() ? at : declare.span()));
  }

  /** {@code T t; S; T x = t;} is {@code T x; S;} with {@code x} for {@code t}. */
  private static Optional<List<IrStmt>> inPlace(IrStmt.Declare declare, IrExpr value) {
    if (value instanceof IrExpr.Sequence sequence
        && sequence.statements().get(0) instanceof IrStmt.Declare temporary
        && temporary.value().isEmpty()
        && sequence.value().equals(IrExpr.Plain.read(temporary.local()))
        && temporary.local().type().equals(declare.local().type())) {
      return Optional.of(
          new LocalReplacement(temporary.local(), declare.local()).in(sequence.statements()));
    }
    return Optional.empty();
  }

  private void evaluate(IrStmt.Evaluate evaluate, List<IrStmt> out) {
    IrExpr expr = evaluate.expr();
    if (expr instanceof IrExpr.Await await) {
      suspend(await, Optional.empty(), out);
    } else if (expr instanceof IrExpr.Emit emit) {
      emit(emit, out);
    } else if (expr instanceof IrExpr.Assign assign
        && assign.target() instanceof IrExpr.Target.Local local
        && assign.value() instanceof IrExpr.Await await) {
      suspend(await, Optional.of(local.local()), out);
    } else {
      IrExpr.Plain value = flat(expr, out);
      if (value.stability() == IrExpr.Stability.ANY) {
        out.add(new IrStmt.Evaluate(value, at));
      }
    }
  }

  /** A test with a resume point becomes a part of the loop's body, or of its update. */
  private IrStmt loop(IrStmt.Loop loop) {
    IrStmt body = one(loop.body());
    List<IrStmt> update = new ArrayList<>(all(loop.update()));
    if (loop.condition().isEmpty() || !loop.condition().get().suspends()) {
      return new IrStmt.Loop(
          loop.label(), loop.test(), loop.condition().map(this::expr), body, update, loop.span());
    }
    List<IrStmt> test = new ArrayList<>();
    test(loop.condition().get(), loop, test);
    if (loop.test() == IrStmt.Loop.Test.AFTER) {
      update.addAll(test);
    } else {
      test.add(body);
      body = new IrStmt.Block(test);
    }
    return new IrStmt.Loop(
        loop.label(), IrStmt.Loop.Test.BEFORE, Optional.empty(), body, update, loop.span());
  }

  /** Leaves the loop unless the condition holds; {@code a && b} is two tests. */
  private void test(IrExpr condition, IrStmt.Loop loop, List<IrStmt> out) {
    if (condition instanceof IrExpr.ShortCircuit both && both.operator().equals("&&")) {
      test(both.left(), loop, out);
      test(both.right(), loop, out);
      return;
    }
    IrExpr.Plain value = flat(condition, out);
    Code failed = CodeShape.negated(value.code());
    out.add(
        new IrStmt.If(
            new IrExpr.Plain(failed, CommonTypes.BOOLEAN, IrExpr.Stability.ANY),
            new IrStmt.Break(loop.label(), loop.span()),
            Optional.empty(),
            loop.span()));
  }

  /** What is left of an expression once its resume points have been moved to {@code out}. */
  private IrExpr.Plain flat(IrExpr expr, List<IrStmt> out) {
    if (expr instanceof IrExpr.Plain plain) {
      return new IrExpr.Plain(code(plain.code()), plain.type(), plain.stability());
    }
    if (expr instanceof IrExpr.Await await) {
      IrLocal result = temporary(await.type());
      out.add(new IrStmt.Declare(result, Optional.empty(), Span.NONE));
      suspend(await, Optional.of(result), out);
      return IrExpr.Plain.read(result);
    }
    if (expr instanceof IrExpr.Emit emit) {
      emit(emit, out);
      return new IrExpr.Plain(Code.of(""), CommonTypes.VOID, IrExpr.Stability.CONSTANT);
    }
    if (expr instanceof IrExpr.Composite composite) {
      return composite(composite, out);
    }
    if (expr instanceof IrExpr.Conditional conditional) {
      return conditional(conditional, out);
    }
    if (expr instanceof IrExpr.ShortCircuit binary) {
      return shortCircuit(binary, out);
    }
    if (expr instanceof IrExpr.Assign assign) {
      return assign(assign, out);
    }
    if (expr instanceof IrExpr.CompoundAssign assign) {
      return compoundAssign(assign, out);
    }
    if (expr instanceof IrExpr.Increment increment) {
      return increment(increment, out);
    }
    IrExpr.Sequence sequence = (IrExpr.Sequence) expr;
    out.addAll(all(sequence.statements()));
    return flat(sequence.value(), out);
  }

  private IrExpr.Plain flatAt(Span span, IrExpr expr, List<IrStmt> out) {
    Span around = at;
    at = span;
    IrExpr.Plain flat = flat(expr, out);
    at = around;
    return flat;
  }

  private void suspend(IrExpr.Await await, Optional<IrLocal> result, List<IrStmt> out) {
    IrExpr.Plain operand = flatAt(await.span(), await.operand(), out);
    out.add(
        new IrStmt.Suspend(
            IrStmt.Suspend.Reason.AWAIT,
            operand.code(),
            operand.type(),
            result,
            result.map(local -> received(local, await)).orElse(await.type()),
            await.span()));
  }

  /** What the value is cast to: the variable's own type, unless Java converts it on the way. */
  private static IrType received(IrLocal local, IrExpr.Await await) {
    return local.type().isReference() && await.type().isReference() ? local.type() : await.type();
  }

  private void emit(IrExpr.Emit emit, List<IrStmt> out) {
    IrExpr.Plain operand = flatAt(emit.span(), emit.value(), out);
    out.add(
        new IrStmt.Suspend(
            IrStmt.Suspend.Reason.EMIT,
            operand.code(),
            operand.type(),
            Optional.empty(),
            CommonTypes.VOID,
            emit.span()));
  }

  private IrExpr.Plain composite(IrExpr.Composite composite, List<IrStmt> out) {
    List<Part> parts = new ArrayList<>();
    addFlat(composite, parts, out);
    return new IrExpr.Plain(new Code(parts), composite.type(), IrExpr.Stability.ANY);
  }

  /** Adds what is left of the expression: of one in another no code of its own is made. */
  private void addFlat(IrExpr.Composite composite, List<Part> parts, List<IrStmt> out) {
    List<IrExpr> operands = composite.code().operands();
    List<Span> spans = operandSpans(composite.code());
    OperandOrder order = OperandOrder.of(operands, assignments);
    Span around = at;
    int next = 0;
    for (Part part : composite.code().parts()) {
      if (part instanceof Part.Operand) {
        at = spans.get(next);
        if (next >= order.last() && operands.get(next) instanceof IrExpr.Composite inner) {
          addFlat(inner, parts, out);
        } else {
          parts.addAll(flatInOrder(operands, next, order, out).code().parts());
        }
        at = around;
        next++;
      } else {
        parts.addAll(code(Code.of(part)).parts());
      }
    }
  }

  /** Where each operand stands. */
  private List<Span> operandSpans(Code code) {
    List<Span> spans = new ArrayList<>();
    int line = at.line();
    for (Part part : code.parts()) {
      if (part instanceof Part.Operand) {
        spans.add(new Span(line, ""));
      } else if (part instanceof Part.Lines lines && line > 0) {
        line += lines.count();
      } else if (part instanceof Part.Text text && line > 0) {
        line += (int) text.text().chars().filter(c -> c == '\n').count();
      }
    }
    return spans;
  }

  /** A value that stays what it is while these are assigned. */
  private IrExpr.Plain kept(IrExpr.Plain value, Set<IrLocal> assigned, List<IrStmt> out) {
    if (value.stability() == IrExpr.Stability.CONSTANT) {
      return value;
    }
    if (value.stability() == IrExpr.Stability.VARIABLE
        && Collections.disjoint(value.code().reads(), assigned)) {
      return value;
    }
    return saved(value, out);
  }

  private IrExpr.Plain saved(IrExpr.Plain value, List<IrStmt> out) {
    IrLocal temporary = temporary(value.type());
    out.add(new IrStmt.Declare(temporary, Optional.of(value), at));
    return IrExpr.Plain.read(temporary);
  }

  private IrExpr.Plain conditional(IrExpr.Conditional conditional, List<IrStmt> out) {
    IrLocal result = temporary(conditional.type());
    conditional(conditional, result, out);
    return IrExpr.Plain.read(result);
  }

  private void conditional(IrExpr.Conditional conditional, IrLocal result, List<IrStmt> out) {
    out.add(new IrStmt.Declare(result, Optional.empty(), Span.NONE));
    IrExpr.Plain condition = flat(conditional.condition(), out);
    out.add(
        new IrStmt.If(
            condition,
            assigned(result, conditional.whenTrue()),
            Optional.of(assigned(result, conditional.whenFalse())),
            at));
  }

  private IrExpr.Plain shortCircuit(IrExpr.ShortCircuit binary, List<IrStmt> out) {
    IrLocal result = temporary(CommonTypes.BOOLEAN);
    out.add(new IrStmt.Declare(result, Optional.empty(), Span.NONE));
    out.add(assigned(result, binary.left()));
    Code undecided =
        binary.operator().equals("&&") ? Code.read(result) : Code.of("!").then(Code.read(result));
    out.add(
        new IrStmt.If(
            new IrExpr.Plain(undecided, CommonTypes.BOOLEAN, IrExpr.Stability.ANY),
            assigned(result, binary.right()),
            Optional.empty(),
            at));
    return IrExpr.Plain.read(result);
  }

  /** {@code local = expr;} with its resume points before it. */
  private IrStmt assigned(IrLocal local, IrExpr expr) {
    return one(new IrStmt.Evaluate(new IrExpr.Assign(new IrExpr.Target.Local(local), expr), at));
  }

  private IrExpr.Plain assign(IrExpr.Assign assign, List<IrStmt> out) {
    Code target = target(assign.target(), assign.value(), Part.Mode.SET, out);
    IrExpr.Plain value = flat(assign.value(), out);
    return new IrExpr.Plain(
        target.then(" = ").then(value.as(assign.type())), assign.type(), IrExpr.Stability.ANY);
  }

  private IrExpr.Plain compoundAssign(IrExpr.CompoundAssign assign, List<IrStmt> out) {
    if (!assign.value().suspends()) {
      Code target = target(assign.target(), assign.value(), Part.Mode.UPDATE, out);
      IrExpr.Plain value = flat(assign.value(), out);
      return new IrExpr.Plain(
          target.then(" " + assign.operator() + "= ").then(value.code()),
          assign.type(),
          IrExpr.Stability.ANY);
    }
    Code target = target(assign.target(), assign.value(), Part.Mode.SET, out);
    IrExpr.Plain old =
        saved(new IrExpr.Plain(reading(target), operandType(assign), IrExpr.Stability.ANY), out);
    IrExpr.Plain value = flat(assign.value(), out);
    Code operand = CodeShape.operand(value.code());
    Code combined = old.code().then(" " + assign.operator() + " ").then(operand);
    return new IrExpr.Plain(
        target.then(" = ").then(Promotion.cast(assign, combined)),
        assign.type(),
        IrExpr.Stability.ANY);
  }

  /** The old value is unboxed before the right side is evaluated (JLS 15.26.2). */
  private static IrType operandType(IrExpr.CompoundAssign assign) {
    return Boxed.unboxed(assign.type()).<IrType>map(type -> type).orElse(assign.type());
  }

  private IrExpr.Plain increment(IrExpr.Increment increment, List<IrStmt> out) {
    Code target =
        target(
            increment.target(),
            new IrExpr.Plain(Code.of(""), CommonTypes.INT, IrExpr.Stability.CONSTANT),
            Part.Mode.UPDATE,
            out);
    Code code =
        increment.fix() == IrExpr.Increment.Fix.PREFIX
            ? Code.of(increment.operator()).then(target)
            : target.then(increment.operator());
    return new IrExpr.Plain(code, increment.type(), IrExpr.Stability.ANY);
  }

  /** The target, with its parts evaluated so that {@code value} may come after them. */
  private Code target(IrExpr.Target target, IrExpr value, Part.Mode mode, List<IrStmt> out) {
    if (target instanceof IrExpr.Target.Local local) {
      return Code.of(new Part.Write(local.local(), mode));
    }
    if (target instanceof IrExpr.Target.Field field) {
      if (field.receiver().isEmpty()) {
        return code(field.name());
      }
      List<IrExpr.Plain> flat =
          flatInOrder(List.of(field.receiver().get(), value), List.of(at), out, 1);
      return flat.get(0).code().then(".").then(field.name());
    }
    IrExpr.Target.Element element = (IrExpr.Target.Element) target;
    List<IrExpr.Plain> flat =
        flatInOrder(List.of(element.array(), element.index(), value), List.of(at, at), out, 2);
    return flat.get(0).code().then("[").then(flat.get(1).code()).then("]");
  }

  /**
   * Flattens the operands before {@code limit} so that each is evaluated before any resume point to
   * its right.
   *
   * @param spans where they stand
   */
  private List<IrExpr.Plain> flatInOrder(
      List<IrExpr> operands, List<Span> spans, List<IrStmt> out, int limit) {
    OperandOrder order = OperandOrder.of(operands, assignments);
    List<IrExpr.Plain> flat = new ArrayList<>();
    Span around = at;
    for (int i = 0; i < limit; i++) {
      at = spans.get(i);
      flat.add(flatInOrder(operands, i, order, out));
    }
    at = around;
    return flat;
  }

  private IrExpr.Plain flatInOrder(
      List<IrExpr> operands, int index, OperandOrder order, List<IrStmt> out) {
    IrExpr.Plain value = flat(operands.get(index), out);
    return index < order.last() ? kept(value, order.assignedLater().get(index), out) : value;
  }

  /** The same place, read. */
  private static Code reading(Code target) {
    return target.map(
        part ->
            part instanceof Part.Write write
                ? new Part.Read(write.local(), Part.Place.BODY)
                : part);
  }

  /** Code whose operands are plain, with them filled in. */
  private static Code filled(Code code) {
    List<Part> parts = new ArrayList<>();
    for (Part part : code.parts()) {
      if (part instanceof Part.Operand operand) {
        parts.addAll(((IrExpr.Plain) operand.expr()).code().parts());
      } else {
        parts.add(part);
      }
    }
    return new Code(parts);
  }

  private static IrLocal temporary(IrType type) {
    return new IrLocal("t", type, IrLocal.Origin.TEMPORARY);
  }
}
