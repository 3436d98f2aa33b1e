package io.fermata.processor.lowering;

import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import java.util.List;
import javax.lang.model.element.ExecutableElement;

/**
 * Tells whether an expression may mean something else, or nothing, where no type is expected of it
 * (JLS 15.2, poly expressions).
 */
final class TargetTyping {

  private final BodyFacts facts;

  TargetTyping(BodyFacts facts) {
    this.facts = facts;
  }

  /** Whether {@code tree} must stand where its type is expected. */
  boolean needsTarget(ExpressionTree tree) {
    if (tree instanceof ParenthesizedTree parenthesized) {
      return needsTarget(parenthesized.getExpression());
    }
    if (tree instanceof LambdaExpressionTree || tree instanceof MemberReferenceTree) {
      return true;
    }
    if (tree instanceof ConditionalExpressionTree conditional) {
      return needsTarget(conditional.getTrueExpression())
          || needsTarget(conditional.getFalseExpression());
    }
    if (tree instanceof SwitchExpressionTree) {
      return true;
    }
    if (tree instanceof NewClassTree creation) {
      return isDiamond(creation)
          && (creation.getClassBody() != null
              || anyNeedsTarget(creation.getArguments())
              || creation.getArguments().stream().anyMatch(this::isInferred));
    }
    if (tree instanceof MethodInvocationTree call) {
      return isInferred(call) && anyNeedsTarget(call.getArguments());
    }
    return false;
  }

  private boolean anyNeedsTarget(List<? extends ExpressionTree> arguments) {
    return arguments.stream().anyMatch(this::needsTarget);
  }

  /** Whether this gets type arguments that may depend on what is around it. */
  private boolean isInferred(ExpressionTree tree) {
    return (tree instanceof NewClassTree creation && isDiamond(creation))
        || (tree instanceof MethodInvocationTree call && isInferred(call));
  }

  private boolean isInferred(MethodInvocationTree call) {
    return call.getTypeArguments().isEmpty()
        && facts.element(call.getMethodSelect()) instanceof ExecutableElement method
        && !method.getTypeParameters().isEmpty();
  }

  private static boolean isDiamond(NewClassTree creation) {
    return creation.getIdentifier() instanceof ParameterizedTypeTree type
        && type.getTypeArguments().isEmpty();
  }
}
