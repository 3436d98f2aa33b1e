package io.fermata.processor.lowering;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.CommonTypes;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks through what is cut, and has each kind of tree edited. */
final class CutScanner extends Cut {

  /** How many classes the scan is in. */
  private int classes;

  /** What the lambda in hand gives, if that has to be cast. */
  private IrType result = CommonTypes.VOID;

  CutScanner(CodeCutter cutter, int from, int to) {
    super(cutter, from, to);
  }

  @Override
  public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
    names.identifier(tree);
    return null;
  }

  @Override
  public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
    names.select(tree);
    return null;
  }

  @Override
  public @Nullable Void visitTypeParameter(TypeParameterTree tree, @Nullable Void unused) {
    types.parameter(tree);
    return super.visitTypeParameter(tree, null);
  }

  @Override
  public @Nullable Void visitAnnotatedType(AnnotatedTypeTree tree, @Nullable Void unused) {
    return types.annotate(tree.getUnderlyingType(), tree.getAnnotations())
        ? null
        : super.visitAnnotatedType(tree, null);
  }

  @Override
  public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void unused) {
    return privates.reference(tree) || creations.reference(tree)
        ? null
        : super.visitMemberReference(tree, null);
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
    creations.creation(tree);
    return null;
  }

  @Override
  public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void unused) {
    values.assignment(tree);
    return null;
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
    values.invocation(tree);
    return null;
  }

  @Override
  public @Nullable Void visitInstanceOf(InstanceOfTree tree, @Nullable Void unused) {
    List<IrLocal> leaving = patterns.leaving(tree);
    if (leaving.isEmpty()) {
      return super.visitInstanceOf(tree, null);
    }
    patterns.expose(tree, leaving);
    return null;
  }

  @Override
  public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
    if (depth() == 0) {
      jumps.leave(tree);
    } else if (tree.getExpression() != null) {
      values.scanAs(Optional.of(result).filter(IrType::isInferred), tree.getExpression());
    }
    return null;
  }

  @Override
  public @Nullable Void visitYield(YieldTree tree, @Nullable Void unused) {
    if (!leaves(tree)) {
      return super.visitYield(tree, null);
    }
    jumps.leave(tree);
    return null;
  }

  @Override
  public @Nullable Void visitBreak(BreakTree tree, @Nullable Void unused) {
    if (leaves(tree)) {
      jumps.leave(tree);
    }
    return null;
  }

  @Override
  public @Nullable Void visitContinue(ContinueTree tree, @Nullable Void unused) {
    if (leaves(tree)) {
      jumps.leave(tree);
    }
    return null;
  }

  /** The names of an annotation's elements are no names of the code (JLS 9.7.1). */
  @Override
  public @Nullable Void visitAnnotation(AnnotationTree tree, @Nullable Void unused) {
    scan(tree.getAnnotationType(), null);
    for (ExpressionTree argument : tree.getArguments()) {
      scan(
          argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument,
          null);
    }
    return null;
  }

  @Override
  public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
    values.declaration(tree);
    return scan(tree.getInitializer(), null);
  }

  @Override
  public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
    if (tree.getReturnType() != null) {
      types.annotateType(tree.getReturnType(), tree.getModifiers());
    }
    return super.visitMethod(tree, null);
  }

  @Override
  public @Nullable Void visitCompoundAssignment(
      CompoundAssignmentTree tree, @Nullable Void unused) {
    if (privates.compoundAssignment(tree)) {
      return null;
    }
    values.target(tree.getVariable(), Part.Mode.UPDATE);
    return scan(tree.getExpression(), null);
  }

  @Override
  public @Nullable Void visitUnary(UnaryTree tree, @Nullable Void unused) {
    if (!ExpressionLowering.isIncrement(tree)) {
      return super.visitUnary(tree, null);
    }
    if (!privates.increment(tree)) {
      values.target(tree.getExpression(), Part.Mode.UPDATE);
    }
    return null;
  }

  /** A variable that is a resource must be effectively final: here a copy of it is. */
  @Override
  public @Nullable Void visitTry(TryTree tree, @Nullable Void unused) {
    for (Tree resource : tree.getResources()) {
      privates.resource(resource);
      Optional<IrLocal> local = context.variableOf(resource).map(this::current);
      if (local.filter(each -> !depths.containsKey(each)).isPresent()) {
        replace(resource, List.of(new Part.Read(local.get(), Part.Place.CAPTURE)));
      }
    }
    return super.visitTry(tree, null);
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
    if (!context.facts().isCoroutineLambda(tree)) {
      lambda(tree);
      return null;
    }
    Code creation = Code.of(context.coroutineLambda(tree, place()));
    replace(tree, creation.then(linesOf(tree)).parts());
    return null;
  }

  private void lambda(LambdaExpressionTree tree) {
    new PrivateTypes(context).checkFunction(tree);
    IrType around = result;
    result = inferred.result(tree);
    enter();
    scan(tree.getParameters(), null);
    if (tree.getBody() instanceof ExpressionTree value) {
      values.scanAs(Optional.of(result).filter(IrType::isInferred), value);
    } else {
      scan(tree.getBody(), null);
    }
    leave();
    result = around;
  }

  @Override
  public @Nullable Void visitTypeCast(TypeCastTree tree, @Nullable Void unused) {
    if (context.facts().asyncAround(tree).isEmpty()) {
      return super.visitTypeCast(tree, null);
    }
    // A coroutine is not of the lambda's type.
    replaceAround(tree, tree.getExpression(), "", "");
    return scan(tree.getExpression(), null);
  }

  @Override
  public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
    if (context.variables().root() != tree
        && !tree.getSimpleName().isEmpty()
        && context.facts().mustMove(context.facts().requireElement(tree))) {
      creations.moveNamed(tree);
      return null;
    }
    IrType around = result;
    result = CommonTypes.VOID;
    enter();
    classes++;
    new SuperCalls(context, edits).qualify(tree, place());
    scan(tree.getModifiers(), null);
    scan(tree.getTypeParameters(), null);
    if (!tree.getSimpleName().isEmpty()) {
      // javac gives an anonymous class the name that stands in its creation.
      scan(tree.getExtendsClause(), null);
      scan(tree.getImplementsClause(), null);
    }
    for (Tree member : tree.getMembers()) {
      if (context.body().end(member) >= 0) {
        scan(member, null);
      }
    }
    classes--;
    leave();
    result = around;
    return null;
  }

  @Override
  public @Nullable Void visitCatch(CatchTree tree, @Nullable Void unused) {
    super.visitCatch(tree, null);
    CatchClauses clauses = new CatchClauses(context, edits);
    if (clauses.isRead(tree)) {
      Part caught =
          context
              .variables()
              .find(context.facts().requireElement(tree.getParameter()))
              .<Part>map(local -> reading(current(local)))
              .orElseGet(() -> new Part.Text(tree.getParameter().getName().toString()));
      clauses.tell(tree, caught, classes > 0, from);
    }
    return null;
  }

  @Override
  public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void unused) {
    String text = context.body().text(tree);
    if (text.startsWith("\"\"\"")) {
      // As it is: less indentation would change the text.
      replace(tree, List.of(new Part.Text(text)));
    }
    return null;
  }
}
