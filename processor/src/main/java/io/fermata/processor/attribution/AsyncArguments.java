package io.fermata.processor.attribution;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code async} is called with: a lambda, cast or in parentheses, or what chooses between
 * lambdas, a conditional or a {@code switch}.
 *
 * <pre>{@code
 * async(fast ? () -> cached() : (AsyncCallable<Page, IOException>) () -> await(load()))
 * }</pre>
 */
public final class AsyncArguments {

  private AsyncArguments() {}

  /** The expressions one of which an argument gives: itself, or what it chooses between. */
  public static List<ExpressionTree> choices(ExpressionTree argument) {
    List<ExpressionTree> choices = new ArrayList<>();
    collect(argument, choices);
    return choices;
  }

  private static void collect(ExpressionTree tree, List<ExpressionTree> choices) {
    if (tree instanceof ParenthesizedTree parenthesized) {
      collect(parenthesized.getExpression(), choices);
    } else if (tree instanceof TypeCastTree cast) {
      collect(cast.getExpression(), choices);
    } else if (tree instanceof ConditionalExpressionTree conditional) {
      collect(conditional.getTrueExpression(), choices);
      collect(conditional.getFalseExpression(), choices);
    } else if (tree instanceof SwitchExpressionTree choice) {
      choice.getCases().forEach(each -> new Yields(choices).scan(each, null));
    } else {
      choices.add(tree);
    }
  }

  /** The call whose argument gives this expression, if it is a choice of one. */
  public static Optional<MethodInvocationTree> callAround(TreePath choice) {
    TreePath at = choice;
    while (true) {
      Tree child = at.getLeaf();
      TreePath parent = at.getParentPath();
      Tree around = parent.getLeaf();
      boolean isValue =
          around instanceof ParenthesizedTree
              || around instanceof TypeCastTree
              || (around instanceof ConditionalExpressionTree conditional
                  && conditional.getCondition() != child);
      if (isValue) {
        at = parent;
      } else if (around instanceof YieldTree || isRule(around, child)) {
        at = switchAround(parent);
      } else {
        return around instanceof MethodInvocationTree call
                && call.getArguments().stream().anyMatch(each -> each == child)
            ? Optional.of(call)
            : Optional.empty();
      }
    }
  }

  /** Whether this is the expression behind an arrow of a {@code switch} that has a value. */
  private static boolean isRule(Tree tree, Tree child) {
    return tree instanceof CaseTree rule && rule.getBody() == child;
  }

  private static TreePath switchAround(TreePath inside) {
    TreePath at = inside;
    while (!(at.getLeaf() instanceof SwitchExpressionTree)) {
      at = at.getParentPath();
    }
    return at;
  }

  /** Collects the values of one {@code switch}. */
  private static final class Yields extends TreeScanner<@Nullable Void, @Nullable Void> {

    private final List<ExpressionTree> choices;

    Yields(List<ExpressionTree> choices) {
      this.choices = choices;
    }

    @Override
    public @Nullable Void visitCase(CaseTree tree, @Nullable Void unused) {
      if (tree.getBody() instanceof ExpressionTree value) {
        collect(value, choices);
        return null;
      }
      return tree.getBody() == null ? scan(tree.getStatements(), null) : scan(tree.getBody(), null);
    }

    @Override
    public @Nullable Void visitYield(YieldTree tree, @Nullable Void unused) {
      collect(tree.getValue(), choices);
      return null;
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void unused) {
      return null;
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
      return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
      return null;
    }
  }
}
