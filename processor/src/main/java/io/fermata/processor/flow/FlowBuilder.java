package io.fermata.processor.flow;

import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrBody;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrExpr.Plain;
import io.fermata.processor.ir.IrExpr.Stability;
import io.fermata.processor.ir.IrLabel;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.Part;
import io.fermata.processor.ir.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the statements of a body into blocks.
 *
 * <pre>{@code
 * try {                       //  0: [handler 0] suspend f() -> 1
 *   await(f());               //  1: [handler 0] receive; clear thrown; goto 2
 * } finally {                 //  2: suspend g() -> 3
 *   await(g());               //  3: receive; if (thrown != null) 4 else 5
 * }                           //  4: throw thrown
 *                             //  5: return
 *                             //  handler 0: Throwable thrown -> 2
 * }</pre>
 *
 * <p>Guarantees: each block has one terminator and one handler; the code of a {@code finally} is
 * there once, and every way that leads through it (end, exception, {@code return}, {@code break},
 * {@code continue}, also out of the middle of plain code) goes on where it was bound for; blocks
 * that cannot be reached are gone; blocks stand in the order of the source.
 *
 * <p>Does not number states or choose where locals live: that is the state machine's.
 */
public final class FlowBuilder {

  private final IrBody body;
  private final List<OpenHandler> handlers = new ArrayList<>();
  private final Map<IrLabel, JumpTargets> labels = new HashMap<>();

  /** The blocks placed so far, in the order of the source. */
  private List<OpenBlock> placed = new ArrayList<>();

  private int handler = Block.NO_HANDLER;
  private Optional<Finally> enclosing = Optional.empty();

  /** The block being filled; empty where control cannot come. */
  private Optional<OpenBlock> current = Optional.empty();

  private int created;

  private FlowBuilder(IrBody body) {
    this.body = body;
  }

  /** Builds the graph of a body that has been through the {@code spill} pass. */
  public static FlowGraph build(IrBody body) {
    FlowBuilder builder = new FlowBuilder(body);
    builder.place(builder.newBlock());
    builder.statements(body.statements());
    builder.current.ifPresent(builder::endOfBody);
    return new GraphCleaner(body, builder.placed, builder.handlers).clean();
  }

  private void endOfBody(OpenBlock last) {
    boolean givesNothing = body.result().equals(CommonTypes.VOID);
    last.end =
        givesNothing
            ? new Terminator.Return(Optional.empty(), Span.NONE)
            : new Terminator.Unreachable();
  }

  // Statements

  void statements(List<IrStmt> statements) {
    statements.forEach(this::statement);
  }

  private void statement(IrStmt statement) {
    if (current.isEmpty()) {
      return;
    }
    if (statement instanceof IrStmt.Exec exec) {
      run(exec.code(), exec.span());
    } else if (statement instanceof IrStmt.Declare declare) {
      declare(declare);
    } else if (statement instanceof IrStmt.Evaluate evaluate) {
      evaluate(plain(evaluate.expr()), evaluate.span());
    } else if (statement instanceof IrStmt.Suspend suspend) {
      suspend(suspend);
    } else if (statement instanceof IrStmt.Block block) {
      statements(block.statements());
    } else if (statement instanceof IrStmt.If branch) {
      branch(branch);
    } else if (statement instanceof IrStmt.Loop loop) {
      loop(loop);
    } else if (statement instanceof IrStmt.Labeled labeled) {
      labeled(labeled);
    } else if (statement instanceof IrStmt.Switch choice) {
      choice(choice);
    } else if (statement instanceof IrStmt.Try attempt) {
      attempt(attempt);
    } else if (statement instanceof IrStmt.Throw thrown) {
      finish(new Terminator.Throw(plain(thrown.exception()), thrown.span()));
    } else if (statement instanceof IrStmt.Return result) {
      finish(leave(new Destination.Result(), result.value().map(this::plain), result.span()));
    } else if (statement instanceof IrStmt.Break jump) {
      finish(leave(targetsOf(jump.target()).onBreak(), Optional.empty(), jump.span()));
    } else if (statement instanceof IrStmt.Continue jump) {
      finish(leave(targetsOf(jump.target()).onContinue(), Optional.empty(), jump.span()));
    } else {
      throw new IllegalArgumentException("not spilled: " + statement);
    }
  }

  private void evaluate(Plain expr, Span span) {
    if (expr.stability() == Stability.ANY) {
      run(expr.code().then(";"), span);
    }
  }

  private void run(Code code, Span span) {
    List<Op.Exit> exits = code.jumps().stream().map(jump -> exit(jump, span)).toList();
    add(new Op.Run(code, exits, span));
  }

  private Op.Exit exit(Part.Jump jump, Span span) {
    Destination destination =
        switch (jump.kind()) {
          case RETURN -> new Destination.Result();
          case BREAK -> targetsOf(jump.target().orElseThrow()).onBreak();
          case CONTINUE -> targetsOf(jump.target().orElseThrow()).onContinue();
        };
    Optional<Plain> value = jump.value().map(code -> new Plain(code, body.result(), Stability.ANY));
    return leave(destination, value, span);
  }

  private void declare(IrStmt.Declare declare) {
    Op op =
        declare
            .value()
            .<Op>map(value -> new Op.Set(declare.local(), plain(value), declare.span()))
            .orElseGet(() -> new Op.Undefine(declare.local()));
    add(op);
  }

  private void suspend(IrStmt.Suspend suspend) {
    OpenBlock resume = newBlock();
    resume.referenced = true;
    end(
        new Terminator.Suspend(
            suspend.reason(), suspend.operand(), suspend.operandType(), resume.id, suspend.span()));
    place(resume);
    add(new Op.Receive(suspend.result(), suspend.resultType(), suspend.span()));
  }

  private void branch(IrStmt.If branch) {
    OpenBlock then = newBlock();
    OpenBlock join = newBlock();
    OpenBlock otherwise = branch.otherwise().isPresent() ? newBlock() : join;
    branchTo(plain(branch.condition()), then, otherwise, branch.span());
    place(then);
    statement(branch.then());
    goTo(join);
    branch
        .otherwise()
        .ifPresent(
            statement -> {
              place(otherwise);
              statement(statement);
              goTo(join);
            });
    placeIfReferenced(join);
  }

  private void loop(IrStmt.Loop loop) {
    boolean testsFirst = loop.test() == IrStmt.Loop.Test.BEFORE;
    OpenBlock head = newBlock();
    OpenBlock next = testsFirst && loop.update().isEmpty() ? head : newBlock();
    OpenBlock exit = newBlock();
    labels.put(loop.label(), new JumpTargets(exit, next, enclosing));
    goTo(head);
    place(head);
    if (testsFirst) {
      loop.condition().ifPresent(condition -> enterRound(plain(condition), exit, loop.span()));
    }
    statement(loop.body());
    goTo(next);
    if (next != head) {
      placeIfReferenced(next);
      statements(loop.update());
      if (current.isPresent() && !testsFirst && loop.condition().isPresent()) {
        branchTo(plain(loop.condition().get()), head, exit, loop.span());
      }
      goTo(head);
    }
    placeIfReferenced(exit);
  }

  private void enterRound(Plain condition, OpenBlock exit, Span span) {
    OpenBlock round = newBlock();
    branchTo(condition, round, exit, span);
    place(round);
  }

  private void labeled(IrStmt.Labeled labeled) {
    OpenBlock exit = newBlock();
    labels.put(labeled.label(), new JumpTargets(exit, exit, enclosing));
    statement(labeled.statement());
    goTo(exit);
    placeIfReferenced(exit);
  }

  private void choice(IrStmt.Switch choice) {
    OpenBlock exit = newBlock();
    labels.put(choice.label(), new JumpTargets(exit, exit, enclosing));
    List<OpenBlock> starts = choice.cases().stream().map(each -> newBlock()).toList();
    new SwitchBuilder(this, choice, starts, exit).build();
    for (int i = 0; i < starts.size(); i++) {
      goTo(starts.get(i));
      place(starts.get(i));
      statements(choice.cases().get(i).body());
      if (choice.cases().get(i).end() == IrStmt.Case.End.BREAKS) {
        goTo(exit);
      }
    }
    goTo(exit);
    placeIfReferenced(exit);
  }

  // try

  private void attempt(IrStmt.Try attempt) {
    if (attempt.finallyBody().isPresent()) {
      tryFinally(attempt, attempt.finallyBody().get());
    } else {
      OpenBlock join = newBlock();
      tryCatch(attempt, () -> goTo(join));
      placeIfReferenced(join);
    }
  }

  /**
   * The code of the {@code finally} is built first, to know whether its end is reached, and placed
   * last.
   */
  private void tryFinally(IrStmt.Try attempt, List<IrStmt> finallyBody) {
    Finally block = new Finally(newBlock(), enclosing, body.result(), attempt.thrown());
    List<OpenBlock> before = placed;
    Optional<OpenBlock> start = current;

    placed = new ArrayList<>();
    place(block.entry);
    statements(finallyBody);
    Optional<OpenBlock> last = current;
    block.endReached = last.isPresent();
    List<OpenBlock> finallyBlocks = placed;

    placed = before;
    current = start;
    int outer = handler;
    handler = newHandler(outer, List.of(block.arm()));
    enclosing = Optional.of(block);
    tryCatch(
        attempt,
        () ->
            current.ifPresent(
                here -> finish(leave(new Destination.End(), Optional.empty(), Span.NONE))));
    enclosing = block.outer;
    handler = outer;

    placed.addAll(finallyBlocks);
    current = last;
    goOn(block);
  }

  /** The body and the catch clauses; {@code leave} ends each of them. */
  private void tryCatch(IrStmt.Try attempt, Runnable leave) {
    List<OpenBlock> starts = attempt.catches().stream().map(each -> newBlock()).toList();
    List<Handler.Arm> arms = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      IrStmt.Catch each = attempt.catches().get(i);
      starts.get(i).referenced = true;
      arms.add(new Handler.Arm(each.types(), Optional.of(each.variable()), starts.get(i).id));
    }
    int outer = handler;
    if (!arms.isEmpty()) {
      handler = newHandler(outer, arms);
    }
    OpenBlock start = newBlock();
    goTo(start);
    place(start);
    statements(attempt.body());
    leave.run();
    handler = outer;
    for (int i = 0; i < starts.size(); i++) {
      starts.get(i).handler = outer;
      place(starts.get(i));
      statements(attempt.catches().get(i).body());
      leave.run();
    }
  }

  /** At the end of a {@code finally}: an exception goes on, and so does every other way. */
  private void goOn(Finally block) {
    if (current.isEmpty() || block.onlyEnds()) {
      return;
    }
    if (block.seesToThrown) {
      OpenBlock end = newBlock();
      branchOff(test(block.thrown, " != null"), () -> goTo(end));
      dispatch(block);
      goTo(end);
      place(end);
      return;
    }
    Terminator rethrow = new Terminator.Throw(Plain.read(block.thrown), Span.NONE);
    if (block.ways.isEmpty()) {
      finish(rethrow);
      return;
    }
    Plain failed = test(block.thrown, " != null");
    branchOff(failed, () -> finish(rethrow));
    dispatch(block);
  }

  /** The ways by their numbers; to the end of the statement by none. */
  private void dispatch(Finally block) {
    List<Destination> ways = block.waysWithEndLast();
    for (Destination way : ways.subList(0, ways.size() - 1)) {
      Plain taken = test(block.exit, " == " + block.ways.indexOf(way));
      branchOff(taken, () -> finish(leave(way, block.valueFor(way), Span.NONE)));
    }
    Destination lastWay = ways.get(ways.size() - 1);
    if (!(lastWay instanceof Destination.End)) {
      finish(leave(lastWay, block.valueFor(lastWay), Span.NONE));
    }
  }

  private static Plain test(IrLocal local, String test) {
    return new Plain(Code.read(local).then(test), CommonTypes.BOOLEAN, Stability.ANY);
  }

  private void branchOff(Plain condition, Runnable then) {
    OpenBlock taken = newBlock();
    OpenBlock next = newBlock();
    branchTo(condition, taken, next, Span.NONE);
    place(taken);
    then.run();
    place(next);
  }

  /** The way from here to {@code destination}, by the innermost {@code finally} if one is left. */
  private Op.Exit leave(Destination destination, Optional<Plain> value, Span span) {
    if (enclosing.isEmpty() || destination.isInside(enclosing.get())) {
      return new Op.Exit(List.of(), destination.reach(value, span));
    }
    Finally left = enclosing.get();
    left.entry.referenced = true;
    return new Op.Exit(left.record(destination, value, span), new Terminator.Goto(left.entry.id));
  }

  private void finish(Op.Exit exit) {
    exit.ops().forEach(this::add);
    end(exit.end());
  }

  private JumpTargets targetsOf(IrLabel label) {
    JumpTargets targets = labels.get(label);
    if (targets == null) {
      throw new IllegalArgumentException("no statement around this has the label " + label);
    }
    return targets;
  }

  // Blocks

  OpenBlock newBlock() {
    return new OpenBlock(created++, handler);
  }

  private int newHandler(int outer, List<Handler.Arm> arms) {
    handlers.add(new OpenHandler(outer, arms));
    return handlers.size() - 1;
  }

  void place(OpenBlock block) {
    placed.add(block);
    current = Optional.of(block);
  }

  private void placeIfReferenced(OpenBlock block) {
    current = Optional.empty();
    if (block.referenced) {
      place(block);
    }
  }

  void add(Op op) {
    current.orElseThrow().ops.add(op);
  }

  void end(Terminator terminator) {
    current.orElseThrow().end = terminator;
    current = Optional.empty();
  }

  private void finish(Terminator terminator) {
    end(terminator);
  }

  void goTo(OpenBlock target) {
    if (current.isPresent()) {
      target.referenced = true;
      end(new Terminator.Goto(target.id));
    }
  }

  void branchTo(Plain condition, OpenBlock then, OpenBlock otherwise, Span span) {
    then.referenced = true;
    otherwise.referenced = true;
    end(new Terminator.Branch(condition, then.id, otherwise.id, span));
  }

  Plain plain(IrExpr expr) {
    if (expr instanceof Plain plain) {
      return plain;
    }
    throw new IllegalArgumentException("not spilled: " + expr);
  }

  private record JumpTargets(OpenBlock broken, OpenBlock continued, Optional<Finally> around) {
    Destination onBreak() {
      return new Destination.Place(broken, around);
    }

    Destination onContinue() {
      return new Destination.Place(continued, around);
    }
  }
}
