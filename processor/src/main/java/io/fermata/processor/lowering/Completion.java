package io.fermata.processor.lowering;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreeScanner;
import java.util.List;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** Whether Java holds the end of a statement reachable (JLS 14.22). */
final class Completion {

  private final BodyFacts facts;

  Completion(BodyFacts facts) {
    this.facts = facts;
  }

  /** Whether the statement can complete normally. */
  boolean canComplete(StatementTree tree) {
    if (tree instanceof ReturnTree
        || tree instanceof ThrowTree
        || tree instanceof BreakTree
        || tree instanceof ContinueTree
        || tree instanceof YieldTree) {
      return false;
    }
    if (tree instanceof BlockTree block) {
      return canComplete(block.getStatements());
    }
    if (tree instanceof IfTree choice) {
      return choice.getElseStatement() == null
          || canComplete(choice.getThenStatement())
          || canComplete(choice.getElseStatement());
    }
    if (tree instanceof LabeledStatementTree labeled) {
      return canComplete(labeled.getStatement())
          || hasBreak(labeled.getStatement(), labeled.getLabel().toString());
    }
    if (tree instanceof SynchronizedTree locked) {
      return canComplete(locked.getBlock());
    }
    if (tree instanceof TryTree attempt) {
      return canComplete(attempt);
    }
    if (tree instanceof SwitchTree choice) {
      return canComplete(choice);
    }
    return canCompleteLoop(tree);
  }

  private boolean canCompleteLoop(StatementTree tree) {
    if (tree instanceof WhileLoopTree loop) {
      return !isTrue(loop.getCondition()) || hasBreak(loop.getStatement(), "");
    }
    if (tree instanceof DoWhileLoopTree loop) {
      boolean reachesTest = canComplete(loop.getStatement()) || hasContinue(loop.getStatement());
      return (reachesTest && !isTrue(loop.getCondition())) || hasBreak(loop.getStatement(), "");
    }
    if (tree instanceof ForLoopTree loop) {
      boolean endless = loop.getCondition() == null || isTrue(loop.getCondition());
      return !endless || hasBreak(loop.getStatement(), "");
    }
    return true;
  }

  private boolean canComplete(List<? extends StatementTree> statements) {
    return statements.stream().allMatch(this::canComplete);
  }

  private boolean canComplete(TryTree tree) {
    if (tree.getFinallyBlock() != null && !canComplete(tree.getFinallyBlock())) {
      return false;
    }
    return canComplete(tree.getBlock())
        || tree.getCatches().stream().map(CatchTree::getBlock).anyMatch(this::canComplete);
  }

  private boolean canComplete(SwitchTree tree) {
    List<? extends CaseTree> cases = tree.getCases();
    if (cases.isEmpty() || !hasDefault(cases)) {
      return true;
    }
    for (CaseTree each : cases) {
      if (each.getCaseKind() == CaseTree.CaseKind.RULE && canCompleteRule(each)) {
        return true;
      }
      if (hasBreak(each, "")) {
        return true;
      }
    }
    CaseTree last = cases.get(cases.size() - 1);
    return last.getCaseKind() == CaseTree.CaseKind.STATEMENT && canComplete(last.getStatements());
  }

  private boolean canCompleteRule(CaseTree tree) {
    return !(tree.getBody() instanceof StatementTree statement) || canComplete(statement);
  }

  private static boolean hasDefault(List<? extends CaseTree> cases) {
    return cases.stream().anyMatch(each -> each.toString().stripLeading().startsWith("default"));
  }

  /** Whether this is a constant that is true (JLS 15.29). */
  boolean isTrue(ExpressionTree condition) {
    ExpressionTree bare = ExpressionLowering.bare(condition);
    if (bare instanceof LiteralTree literal) {
      return Boolean.TRUE.equals(literal.getValue());
    }
    return facts.element(bare) instanceof VariableElement variable
        && Boolean.TRUE.equals(variable.getConstantValue());
  }

  private static boolean hasBreak(Tree tree, String label) {
    Jumps jumps = new Jumps(label);
    jumps.scan(tree, null);
    return jumps.breaks;
  }

  private static boolean hasContinue(Tree tree) {
    Jumps jumps = new Jumps("");
    jumps.scan(tree, null);
    return jumps.continues;
  }

  /** Jumps to the statement around, by its label or (empty) without one. */
  private static final class Jumps extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final String label;
    private boolean breaks;
    private boolean continues;
    private int loops;
    private int breakables;

    Jumps(String label) {
      this.label = label;
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
      boolean isLoop =
          tree instanceof WhileLoopTree
              || tree instanceof DoWhileLoopTree
              || tree instanceof ForLoopTree
              || tree instanceof EnhancedForLoopTree;
      boolean isBreakable = isLoop || tree instanceof SwitchTree;
      loops += isLoop ? 1 : 0;
      breakables += isBreakable ? 1 : 0;
      super.scan(tree, null);
      loops -= isLoop ? 1 : 0;
      breakables -= isBreakable ? 1 : 0;
      return null;
    }

    @Override
    public @Nullable Void visitBreak(BreakTree tree, @Nullable Void unused) {
      breaks |=
          tree.getLabel() == null
              ? label.isEmpty() && breakables == 0
              : tree.getLabel().contentEquals(label);
      return null;
    }

    @Override
    public @Nullable Void visitContinue(ContinueTree tree, @Nullable Void unused) {
      continues |= loops == 0 || tree.getLabel() != null;
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
