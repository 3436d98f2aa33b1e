package io.fermata.processor.lowering;

import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.WhileLoopTree;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrExpr;
import io.fermata.processor.ir.IrLabel;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrStmt;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import io.fermata.processor.ir.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Lowers loops, and what gives all values of a sequence; see {@link Lowering}. */
final class LoopLowering {

  private final BodyLowering statements;
  private final BodyContext context;

  LoopLowering(BodyLowering statements, BodyContext context) {
    this.statements = statements;
    this.context = context;
  }

  /** Whether this is a loop. */
  static boolean isLoop(StatementTree tree) {
    return tree instanceof WhileLoopTree
        || tree instanceof DoWhileLoopTree
        || tree instanceof ForLoopTree
        || tree instanceof EnhancedForLoopTree;
  }

  /** Such a statement, whose jumps are to go by this label. */
  IrStmt loop(StatementTree tree, IrLabel label, JumpTargets targets) {
    JumpTargets inside = targets.inLoop(label);
    if (tree instanceof WhileLoopTree loop) {
      return new IrStmt.Loop(
          label,
          IrStmt.Loop.Test.BEFORE,
          test(loop.getCondition(), targets),
          statements.nested(loop.getStatement(), inside),
          List.of(),
          context.span(loop.getCondition()));
    }
    if (tree instanceof DoWhileLoopTree loop) {
      return new IrStmt.Loop(
          label,
          IrStmt.Loop.Test.AFTER,
          test(loop.getCondition(), targets),
          statements.nested(loop.getStatement(), inside),
          List.of(),
          context.span(loop.getCondition()));
    }
    return tree instanceof ForLoopTree loop
        ? forLoop(loop, label, targets)
        : forEach((EnhancedForLoopTree) tree, label, targets);
  }

  /** The condition of a loop; empty for the constant {@code true}. */
  private Optional<IrExpr> test(@Nullable ExpressionTree tree, JumpTargets targets) {
    if (tree == null || ExpressionLowering.bare(tree).toString().equals("true")) {
      return Optional.empty();
    }
    return Optional.of(statements.condition(tree, targets));
  }

  private IrStmt forLoop(ForLoopTree tree, IrLabel label, JumpTargets targets) {
    List<IrStmt> lowered = new ArrayList<>();
    for (StatementTree initializer : tree.getInitializer()) {
      lowered.addAll(
          initializer instanceof ExpressionStatementTree statement
              ? statements.evaluate(statement.getExpression(), targets)
              : statements.lowerAll(List.of(initializer), targets));
    }
    Optional<IrExpr> test = test(tree.getCondition(), targets);
    IrStmt body = statements.nested(tree.getStatement(), targets.inLoop(label));
    List<IrStmt> update = new ArrayList<>();
    for (ExpressionStatementTree step : tree.getUpdate()) {
      update.addAll(statements.evaluate(step.getExpression(), targets));
    }
    lowered.add(
        new IrStmt.Loop(
            label,
            IrStmt.Loop.Test.BEFORE,
            test,
            body,
            update,
            tree.getCondition() == null ? Span.NONE : context.span(tree.getCondition())));
    return BodyLowering.block(lowered);
  }

  private IrStmt forEach(EnhancedForLoopTree tree, IrLabel label, JumpTargets targets) {
    IrLocal variable = context.variable(tree.getVariable());
    TypeMirror subject = context.facts().type(tree.getExpression());
    return new IrStmt.ForEach(
        label,
        over(tree.getExpression(), subject),
        variable,
        statements.lower(tree.getExpression(), targets),
        context.describe(elementOf(subject)),
        statements.nested(tree.getStatement(), targets.inLoop(label)),
        context.headerSpan(tree));
  }

  private IrStmt.ForEach.Over over(ExpressionTree tree, TypeMirror subject) {
    if (subject.getKind() == TypeKind.ARRAY) {
      return IrStmt.ForEach.Over.ARRAY;
    }
    if (context.facts().isGeneratorCall(tree, "io.fermata.AsyncGenerator")
        || context.facts().isGeneratorCall(tree, "io.fermata.AsCompleted")) {
      return IrStmt.ForEach.Over.ASYNC_GENERATOR_CALL;
    }
    if (context.facts().isA(subject, "io.fermata.AsyncIterable")) {
      return IrStmt.ForEach.Over.ASYNC_ITERABLE;
    }
    return context.facts().isGeneratorCall(tree, "io.fermata.Generator")
        ? IrStmt.ForEach.Over.GENERATOR_CALL
        : IrStmt.ForEach.Over.ITERABLE;
  }

  /** What a for-each loop over this gives (JLS 14.14.2). */
  private TypeMirror elementOf(TypeMirror subject) {
    if (subject instanceof ArrayType array) {
      return array.getComponentType();
    }
    DeclaredType iterable = context.facts().iterable(subject);
    return iterable.getTypeArguments().isEmpty()
        ? context.facts().objectType()
        : context.facts().upperBound(iterable.getTypeArguments().get(0));
  }

  /**
   * An async generator goes over the elements itself. A plain one leaves it to the runtime, which
   * goes straight to the innermost source: {@code current = elementsOf(all)}.
   */
  IrStmt emitAll(MethodInvocationTree call, JumpTargets targets) {
    ExpressionTree all = call.getArguments().get(0);
    TypeMirror subject = context.facts().type(all);
    IrType element = context.describe(elementOf(subject));
    Span span = context.span(call);
    if (context.facts().isYieldAll(call)) {
      String source =
          over(all, subject) == IrStmt.ForEach.Over.GENERATOR_CALL ? "elementsOfOwn" : "elementsOf";
      Code elements =
          Code.of(source + "(")
              .then(Code.of(new Part.Operand(statements.lower(all, targets))))
              .then(")");
      return new IrStmt.Evaluate(
          new IrExpr.Emit(new IrExpr.Composite(elements, element), span), span);
    }
    IrLocal variable = context.temporary(element);
    return new IrStmt.ForEach(
        new IrLabel("loop"),
        over(all, subject),
        variable,
        statements.lower(all, targets),
        element,
        new IrStmt.Evaluate(new IrExpr.Emit(IrExpr.Plain.read(variable), span), span),
        span);
  }
}
