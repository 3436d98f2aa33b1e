package io.fermata.processor.checks;

import static io.fermata.processor.diagnostics.Diagnostic.FINALLY_JUMP;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.Name;
import org.jspecify.annotations.Nullable;

/**
 * Finds jumps that leave a {@code finally} block, and with it drop the cancellation that brought
 * control there. A {@code throw} keeps a failure a failure, and is left alone.
 */
final class FinallyJumps extends TreeScanner<@Nullable Void, @Nullable Void> {

  private final Findings findings;
  private final Set<String> labels = new HashSet<>();
  private int loops;
  private int switches;
  private int switchExpressions;

  private FinallyJumps(Findings findings) {
    this.findings = findings;
  }

  static void check(BlockTree block, Findings findings) {
    new FinallyJumps(findings).scan(block, null);
  }

  @Override
  public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
    findings.add(FINALLY_JUMP, tree, "return");
    return null;
  }

  @Override
  public @Nullable Void visitBreak(BreakTree tree, @Nullable Void unused) {
    if (leaves(tree.getLabel(), loops + switches)) {
      findings.add(FINALLY_JUMP, tree, "break");
    }
    return null;
  }

  @Override
  public @Nullable Void visitContinue(ContinueTree tree, @Nullable Void unused) {
    if (leaves(tree.getLabel(), loops)) {
      findings.add(FINALLY_JUMP, tree, "continue");
    }
    return null;
  }

  @Override
  public @Nullable Void visitYield(YieldTree tree, @Nullable Void unused) {
    if (switchExpressions == 0) {
      findings.add(FINALLY_JUMP, tree, "yield");
    }
    return super.visitYield(tree, null);
  }

  private boolean leaves(@Nullable Name label, int targets) {
    return label == null ? targets == 0 : !labels.contains(label.toString());
  }

  @Override
  public @Nullable Void visitLabeledStatement(LabeledStatementTree tree, @Nullable Void unused) {
    labels.add(tree.getLabel().toString());
    return super.visitLabeledStatement(tree, null);
  }

  @Override
  public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void unused) {
    switches++;
    super.visitSwitch(tree, null);
    switches--;
    return null;
  }

  @Override
  public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void unused) {
    switchExpressions++;
    super.visitSwitchExpression(tree, null);
    switchExpressions--;
    return null;
  }

  @Override
  public @Nullable Void visitWhileLoop(WhileLoopTree tree, @Nullable Void unused) {
    return inLoop(tree.getStatement());
  }

  @Override
  public @Nullable Void visitDoWhileLoop(DoWhileLoopTree tree, @Nullable Void unused) {
    return inLoop(tree.getStatement());
  }

  @Override
  public @Nullable Void visitForLoop(ForLoopTree tree, @Nullable Void unused) {
    return inLoop(tree.getStatement());
  }

  @Override
  public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, @Nullable Void unused) {
    return inLoop(tree.getStatement());
  }

  private @Nullable Void inLoop(Tree body) {
    loops++;
    scan(body, null);
    loops--;
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
