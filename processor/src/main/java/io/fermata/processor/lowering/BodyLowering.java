package io.fermata.processor.lowering;

import com.sun.source.tree.AssertTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLabel;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrStmt.TryResources.Swallowing;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import io.fermata.processor.ir.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lowers statements; see {@link Lowering}. */
final class BodyLowering {

  private static final Part ASSERTION_ERROR =
      new Part.TypeName(IrType.Declared.of("java.lang", "AssertionError"));

  private final BodyContext context;

  /** Pattern variables of the statement in hand that have to be declared before it. */
  private final Set<IrLocal> exposed = new LinkedHashSet<>();

  BodyLowering(BodyContext context) {
    this.context = context;
  }

  /** Statements one after the other. */
  List<IrStmt> lowerAll(List<? extends StatementTree> trees, JumpTargets targets) {
    List<IrStmt> statements = new ArrayList<>();
    for (StatementTree tree : trees) {
      List<IrStmt> lowered = lower(tree, targets);
      for (IrLocal binding : exposed) {
        statements.add(new IrStmt.Declare(binding, Optional.empty(), Span.NONE));
      }
      exposed.clear();
      statements.addAll(lowered);
    }
    return statements;
  }

  /** The code of a tree without a resume point. */
  Code code(Tree tree, JumpTargets targets) {
    CodeCutter cutter = new CodeCutter(context, targets);
    Code code = cutter.cut(tree);
    exposed(cutter);
    return code;
  }

  /** Sees to it that what a cut has exposed gets declared. */
  void exposed(CodeCutter cutter) {
    exposed.addAll(cutter.exposed());
  }

  /** An expression as a statement. */
  List<IrStmt> evaluate(ExpressionTree tree, JumpTargets targets) {
    if (tree instanceof MethodInvocationTree call && context.facts().isEmitAll(call)) {
      return List.of(new LoopLowering(this, context).emitAll(call, targets));
    }
    return List.of(new IrStmt.Evaluate(lower(tree, targets), context.span(tree)));
  }

  /** {@code return}, with the value as the body's result type has it. */
  List<IrStmt> returning(Optional<ExpressionTree> tree, Span span, JumpTargets targets) {
    return List.of(
        new IrStmt.Return(
            tree.map(value -> returnValue(value, targets)), spanOf(span, tree.orElse(null))));
  }

  private List<IrStmt> lower(StatementTree tree, JumpTargets targets) {
    Span span = context.span(tree);
    if (tree instanceof VariableTree variable) {
      return LocalClassLowering.declaresAnonymous(variable, context)
          ? new LocalClassLowering(context)
              .lowerAnonymous(variable, new ExpressionLowering(this, context, targets))
          : List.of(declare(variable, targets));
    }
    if (tree instanceof ReturnTree statement) {
      return returning(Optional.ofNullable(statement.getExpression()), span, targets);
    }
    if (tree instanceof BreakTree statement) {
      return List.of(new IrStmt.Break(breakTarget(statement, targets), span));
    }
    if (tree instanceof ContinueTree statement) {
      return List.of(new IrStmt.Continue(continueTarget(statement, targets), span));
    }
    if (tree instanceof YieldTree statement) {
      return yielding(statement.getValue(), span, targets);
    }
    if (tree instanceof ThrowTree statement) {
      return List.of(
          new IrStmt.Throw(
              lower(statement.getExpression(), targets), spanOf(span, statement.getExpression())));
    }
    if (tree instanceof EmptyStatementTree) {
      return List.of();
    }
    if (tree instanceof ClassTree type) {
      return new LocalClassLowering(context).lower(type);
    }
    if (!context.facts().suspends(tree)) {
      return List.of(new IrStmt.Exec(code(tree, targets), span));
    }
    return List.of(lowerSuspending(tree, targets, span));
  }

  private IrStmt lowerSuspending(StatementTree tree, JumpTargets targets, Span span) {
    if (tree instanceof ExpressionStatementTree statement) {
      return block(evaluate(statement.getExpression(), targets));
    }
    if (tree instanceof BlockTree block) {
      return new IrStmt.Block(lowerAll(block.getStatements(), targets));
    }
    if (tree instanceof IfTree statement) {
      return new IrStmt.If(
          condition(statement.getCondition(), targets),
          nested(statement.getThenStatement(), targets),
          Optional.ofNullable(statement.getElseStatement()).map(other -> nested(other, targets)),
          context.span(statement.getCondition()));
    }
    if (tree instanceof LabeledStatementTree statement) {
      return labeled(statement, targets);
    }
    if (tree instanceof SwitchTree statement) {
      return choice(statement, new IrLabel("switch"), targets);
    }
    if (tree instanceof TryTree statement) {
      return attempt(statement, targets, span);
    }
    if (tree instanceof AssertTree statement) {
      return assertion(statement, targets, span);
    }
    if (LoopLowering.isLoop(tree)) {
      return new LoopLowering(this, context).loop(tree, new IrLabel("loop"), targets);
    }
    if (tree instanceof SynchronizedTree statement
        && !context.facts().suspends(statement.getBlock())) {
      return withOperand(tree, ExpressionLowering.bare(statement.getExpression()), targets);
    }
    // A resume point in the block of a synchronized statement: a fault reported elsewhere.
    return new IrStmt.Exec(code(tree, targets), span);
  }

  IrExpr lower(ExpressionTree tree, JumpTargets targets) {
    return new ExpressionLowering(this, context, targets).lower(tree);
  }

  IrExpr condition(ExpressionTree tree, JumpTargets targets) {
    return lower(ExpressionLowering.bare(tree), targets);
  }

  /** A statement that is a scope of its own. */
  IrStmt nested(StatementTree tree, JumpTargets targets) {
    List<? extends StatementTree> statements =
        tree instanceof BlockTree block ? block.getStatements() : List.of(tree);
    return block(inScope(() -> lowerAll(statements, targets)));
  }

  /** What is exposed around the scope is declared around it. */
  List<IrStmt> inScope(Supplier<List<IrStmt>> lowering) {
    Set<IrLocal> around = new LinkedHashSet<>(exposed);
    exposed.clear();
    List<IrStmt> statements = lowering.get();
    exposed.addAll(around);
    return statements;
  }

  static IrStmt block(List<IrStmt> statements) {
    return statements.size() == 1 ? statements.get(0) : new IrStmt.Block(statements);
  }

  private IrStmt declare(VariableTree tree, JumpTargets targets) {
    Optional<IrExpr> value =
        Optional.ofNullable(tree.getInitializer())
            .map(init -> new ExpressionLowering(this, context, targets).initializer(init));
    return new IrStmt.Declare(
        context.variable(tree), value, spanOf(context.span(tree), tree.getInitializer()));
  }

  /** The statement with the line of its value, which may begin on a later one. */
  private Span spanOf(Span statement, @Nullable ExpressionTree value) {
    Span span = value == null ? Span.NONE : context.span(value);
    return span.line() == 0 ? statement : new Span(span.line(), statement.text());
  }

  private IrExpr returnValue(ExpressionTree tree, JumpTargets targets) {
    IrExpr value = lower(tree, targets);
    if (new TargetTyping(context.facts()).needsTarget(tree)) {
      IrLocal temporary = context.temporary(context.result());
      return new IrExpr.Sequence(
          List.of(new IrStmt.Declare(temporary, Optional.of(value), Span.NONE)),
          IrExpr.Plain.read(temporary));
    }
    Code operand = Code.of(new Part.Operand(value));
    Code coerced = context.coerced(tree, operand);
    return coerced.equals(operand) ? value : new IrExpr.Composite(coerced, context.result());
  }

  /** {@code yield}: the value, and the way out. */
  List<IrStmt> yielding(ExpressionTree tree, Span span, JumpTargets targets) {
    JumpTargets.YieldTarget target = targets.yields().orElseThrow();
    return List.of(
        new IrStmt.Evaluate(
            new IrExpr.Assign(new IrExpr.Target.Local(target.result()), lower(tree, targets)),
            span),
        new IrStmt.Break(target.label(), span));
  }

  private IrLabel breakTarget(BreakTree tree, JumpTargets targets) {
    return tree.getLabel() == null
        ? targets.breaks().orElseThrow()
        : context.label(targets, tree.getLabel());
  }

  private IrLabel continueTarget(ContinueTree tree, JumpTargets targets) {
    return tree.getLabel() == null
        ? targets.continues().orElseThrow()
        : context.label(targets, tree.getLabel());
  }

  private IrStmt labeled(LabeledStatementTree tree, JumpTargets targets) {
    IrLabel label = new IrLabel(tree.getLabel().toString());
    JumpTargets inside = targets.labeled(tree.getLabel().toString(), label);
    StatementTree statement = tree.getStatement();
    return LoopLowering.isLoop(statement)
        ? new LoopLowering(this, context).loop(statement, label, inside)
        : new IrStmt.Labeled(label, nested(statement, inside));
  }

  private IrStmt choice(SwitchTree tree, IrLabel label, JumpTargets targets) {
    ExpressionTree selector = ExpressionLowering.bare(tree.getExpression());
    Span span = context.span(tree.getExpression());
    if (tree.getCases().stream().noneMatch(context.facts()::suspends)) {
      return withOperand(tree, selector, targets);
    }
    IrExpr value = lower(selector, targets);
    CaseLowering lowering = new CaseLowering(this, context, selector);
    List<IrStmt.Case> cases = lowering.lower(tree.getCases(), targets.inSwitch(label));
    IrStmt.Switch.Form form =
        lowering.isExhaustive(tree.getCases())
            ? IrStmt.Switch.Form.EXHAUSTIVE
            : IrStmt.Switch.Form.STATEMENT;
    return new IrStmt.Switch(label, form, value, cases, span);
  }

  /** A statement whose only resume points are in the expression that it evaluates first. */
  private IrStmt withOperand(StatementTree tree, ExpressionTree operand, JumpTargets targets) {
    IrLocal value = context.temporary(context.typeOf(operand));
    CodeCutter cutter = new CodeCutter(context, targets).with(operand, IrExpr.Plain.read(value));
    Code code = cutter.cut(tree);
    exposed(cutter);
    return new IrStmt.Block(
        List.of(
            new IrStmt.Declare(value, Optional.of(lower(operand, targets)), context.span(operand)),
            new IrStmt.Exec(code, context.span(operand))));
  }

  private IrStmt attempt(TryTree tree, JumpTargets targets, Span span) {
    List<IrStmt.Resource> resources =
        tree.getResources().stream().map(resource -> resource(resource, targets)).toList();
    List<IrStmt> body = lowerAll(tree.getBlock().getStatements(), targets);
    List<IrStmt.Catch> catches =
        tree.getCatches().stream().map(clause -> lower(clause, targets)).toList();
    Optional<List<IrStmt>> last =
        Optional.ofNullable(tree.getFinallyBlock())
            .map(block -> lowerAll(block.getStatements(), targets));
    return resources.isEmpty()
        ? new IrStmt.Try(body, catches, last, span)
        : new IrStmt.TryResources(resources, body, catches, last, swallowing(tree), span);
  }

  private Swallowing swallowing(TryTree tree) {
    if (!new Completion(context.facts()).canComplete(tree.getBlock())) {
      return Swallowing.UNREACHABLE;
    }
    return new OnlyAssignments(context).isReliedOn(tree) ? Swallowing.FAILS : Swallowing.ENDS;
  }

  private IrStmt.Resource resource(Tree tree, JumpTargets targets) {
    IrStmt.Resource.Protocol protocol =
        context.facts().isA(context.facts().type(tree), "io.fermata.ThrowingScope")
            ? IrStmt.Resource.Protocol.ASYNC_SCOPE
            : IrStmt.Resource.Protocol.CLOSEABLE;
    if (tree instanceof VariableTree variable) {
      return new IrStmt.Resource(
          protocol,
          context.variable(variable),
          lower(variable.getInitializer(), targets),
          context.span(tree));
    }
    ExpressionTree expression = (ExpressionTree) tree;
    return new IrStmt.Resource(
        protocol,
        context.temporary(context.typeOf(expression)),
        lower(expression, targets),
        context.span(tree));
  }

  private IrStmt.Catch lower(CatchTree tree, JumpTargets targets) {
    Tree type = tree.getParameter().getType();
    List<? extends Tree> alternatives =
        type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
    List<IrType> types =
        alternatives.stream().map(each -> context.describe(context.facts().type(each))).toList();
    return new IrStmt.Catch(
        types,
        context.variable(tree.getParameter()),
        lowerAll(tree.getBlock().getStatements(), targets));
  }

  /** {@code assert c : d} as {@code if (enabled && !c) throw new AssertionError(d)} (JLS 14.10). */
  private IrStmt assertion(AssertTree tree, JumpTargets targets, Span span) {
    IrExpr enabled =
        new IrExpr.Plain(
            Code.of(
                context.names().typeName(context.names().owner()),
                new Part.Text(".class.desiredAssertionStatus()")),
            CommonTypes.BOOLEAN,
            IrExpr.Stability.ANY);
    IrExpr violated =
        new IrExpr.Composite(
            Code.of(
                new Part.Text("!("),
                new Part.Operand(condition(tree.getCondition(), targets)),
                new Part.Text(")")),
            CommonTypes.BOOLEAN);
    IrExpr error =
        new IrExpr.Composite(
            tree.getDetail() == null
                ? Code.of(new Part.Text("new "), ASSERTION_ERROR, new Part.Text("()"))
                : Code.of(
                    new Part.Text("new "),
                    ASSERTION_ERROR,
                    new Part.Text("("),
                    new Part.Operand(lower(tree.getDetail(), targets)),
                    new Part.Text(")")),
            CommonTypes.THROWABLE);
    return new IrStmt.If(
        new IrExpr.ShortCircuit("&&", enabled, violated),
        new IrStmt.Throw(error, span),
        Optional.empty(),
        span);
  }
}
