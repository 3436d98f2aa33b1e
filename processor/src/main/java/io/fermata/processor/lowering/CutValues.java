package io.fermata.processor.lowering;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import io.fermata.processor.ir.Code;
import io.fermata.processor.ir.IrLocal;
import io.fermata.processor.ir.IrType;
import io.fermata.processor.ir.Part;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;

/** Variables in code, what is assigned to them, and what is passed to methods. */
final class CutValues {

  private final Cut cut;
  private final BodyContext context;

  CutValues(Cut cut) {
    this.cut = cut;
    this.context = cut.context;
  }

  void declaration(VariableTree tree) {
    Element element = context.facts().element(tree);
    Optional<IrLocal> local =
        element == null ? Optional.empty() : context.variables().find(element).map(cut::current);
    if (local.isPresent() && !tree.getName().isEmpty()) {
      cut.depths.put(local.get(), cut.depth());
      int at = context.positionOfName(tree);
      if (at >= 0) {
        int end = at + tree.getName().length();
        cut.edits.replace(at, end, List.of(new Part.Declare(local.get())));
      }
    }
    Tree type = tree.getType();
    if (type != null && context.isWritten(tree, type)) {
      cut.types.annotateType(type, tree.getModifiers());
      cut.scan(type);
    } else if (element != null && tree.getInitializer() == null) {
      new PrivateTypes(context).checkNamed(element.asType(), tree);
    }
    cut.scan(tree.getModifiers());
  }

  void assignment(AssignmentTree tree) {
    if (!cut.privates.assignment(tree)) {
      target(tree.getVariable(), Part.Mode.SET);
      assigned(tree);
    }
  }

  /** The value that is assigned. */
  void assigned(AssignmentTree tree) {
    if (cut.inferred.isNameless(tree)) {
      expect(tree.getExpression());
    }
    scanAs(targetType(tree.getVariable()), tree.getExpression());
  }

  /** The type that what is assigned there has to be cast to. */
  private Optional<IrType> targetType(ExpressionTree target) {
    boolean isDeclaredHere =
        context.variableOf(target).map(cut::current).filter(cut.depths::containsKey).isPresent();
    return isDeclaredHere ? Optional.empty() : cut.inferred.target(target);
  }

  /** Cuts a value that javac can't know to be of this type. */
  void scanAs(Optional<IrType> type, ExpressionTree value) {
    if (type.isEmpty()) {
      cut.scan(value);
      return;
    }
    // What is cut is put between the two, whatever it is: a cast through Object always fits.
    Code cast = cast(type.get()).then("(Object) ");
    if (ExpressionLowering.bare(value) instanceof MemberReferenceTree) {
      cast = cast.then(cast(type.get().withBounds()));
    }
    cut.edits.before(context.body().start(value), cast.then("(").parts());
    cut.scan(value);
    cut.edits.after(context.body().end(value), List.of(new Part.Text(")")));
  }

  static Code cast(IrType type) {
    return Code.of(new Part.Text("("), new Part.TypeName(type), new Part.Text(") "));
  }

  void target(ExpressionTree tree, Part.Mode mode) {
    ExpressionTree bare = tree;
    while (bare instanceof ParenthesizedTree parenthesized) {
      bare = parenthesized.getExpression();
    }
    Optional<IrLocal> local = context.variableOf(bare).map(cut::current);
    if (local.isPresent() && !cut.operands.containsKey(bare)) {
      cut.replace(bare, List.of(new Part.Write(local.get(), mode)));
    } else {
      cut.scan(tree);
    }
  }

  void invocation(MethodInvocationTree tree) {
    if (context.facts().isAsync(tree)) {
      // What is left is the argument, which creates the coroutine itself.
      ExpressionTree argument = tree.getArguments().get(0);
      boolean isLambda = ExpressionLowering.coroutine(argument) instanceof LambdaExpressionTree;
      cut.replaceAround(tree, argument, isLambda ? "" : "(", isLambda ? "" : ")");
      cut.scan(argument);
      return;
    }
    if (!cut.privates.invocation(tree)) {
      cut.scan(tree.getTypeArguments());
      cut.scan(tree.getMethodSelect());
    }
    boolean isInferred = cut.inferred.isReceiver(tree);
    for (int i = 0; i < tree.getArguments().size(); i++) {
      argument(tree, i, isInferred ? cut.inferred.parameter(tree, i) : Optional.empty());
    }
  }

  private void argument(MethodInvocationTree tree, int index, Optional<IrType> type) {
    ExpressionTree argument = tree.getArguments().get(index);
    if (isCapturedCoroutine(argument)
        || (cut.inferred.isNameless(tree, index) && !cut.operands.containsKey(argument))) {
      expect(argument);
    }
    if (context.variableOf(argument).filter(local -> !cut.depths.containsKey(local)).isPresent()) {
      new PrivateTypes(context).checkArgument(tree, index);
    }
    scanAs(type, argument);
  }

  /** The class of a coroutine lambda can't say that it gives a captured wildcard. */
  private boolean isCapturedCoroutine(ExpressionTree value) {
    return ExpressionLowering.bare(value) instanceof MethodInvocationTree call
        && context.facts().isAsync(call)
        && CapturedArguments.mentionsCaptured(context.facts().type(value));
  }

  private void expect(ExpressionTree value) {
    cut.edits.before(context.body().start(value), List.of(new Part.Text("asExpected(")));
    cut.edits.after(context.body().end(value), List.of(new Part.Text(")")));
  }
}
