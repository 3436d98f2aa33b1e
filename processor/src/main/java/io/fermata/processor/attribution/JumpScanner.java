package io.fermata.processor.attribution;

import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.Name;
import org.jspecify.annotations.Nullable;

/** Scans code, and tells which of the jumps in it leave it. */
public abstract class JumpScanner extends TreeScanner<@Nullable Void, @Nullable Void> {

  private final Deque<Tree> loops = new ArrayDeque<>();
  private final Deque<Tree> breakables = new ArrayDeque<>();
  private final Set<String> labels = new HashSet<>();
  private int depth;
  private int yields;

  /** How many lambdas and classes the scan is in. */
  public final int depth() {
    return depth;
  }

  /** Notes that the scan goes into a lambda or class. */
  protected final void enter() {
    depth++;
  }

  /** Notes that the scan has come out of it. */
  protected final void leave() {
    depth--;
  }

  /** Whether this goes on outside of what is scanned. */
  protected final boolean leaves(BreakTree tree) {
    return leaves(tree.getLabel(), breakables);
  }

  /** Whether this goes on outside of what is scanned. */
  protected final boolean leaves(ContinueTree tree) {
    return leaves(tree.getLabel(), loops);
  }

  /** Whether this goes on outside of what is scanned. */
  protected final boolean leaves(YieldTree tree) {
    return depth == 0 && yields == 0;
  }

  private boolean leaves(@Nullable Name label, Deque<Tree> targets) {
    boolean isInside = label == null ? !targets.isEmpty() : labels.contains(label.toString());
    return depth == 0 && !isInside;
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
    enter();
    super.visitLambdaExpression(tree, null);
    leave();
    return null;
  }

  @Override
  public @Nullable Void visitLabeledStatement(LabeledStatementTree tree, @Nullable Void unused) {
    String label = tree.getLabel().toString();
    boolean added = labels.add(label);
    super.visitLabeledStatement(tree, null);
    if (added) {
      labels.remove(label);
    }
    return null;
  }

  @Override
  public @Nullable Void visitWhileLoop(WhileLoopTree tree, @Nullable Void unused) {
    enterLoop(tree);
    super.visitWhileLoop(tree, null);
    return leaveLoop();
  }

  @Override
  public @Nullable Void visitDoWhileLoop(DoWhileLoopTree tree, @Nullable Void unused) {
    enterLoop(tree);
    super.visitDoWhileLoop(tree, null);
    return leaveLoop();
  }

  @Override
  public @Nullable Void visitForLoop(ForLoopTree tree, @Nullable Void unused) {
    enterLoop(tree);
    super.visitForLoop(tree, null);
    return leaveLoop();
  }

  @Override
  public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, @Nullable Void unused) {
    enterLoop(tree);
    super.visitEnhancedForLoop(tree, null);
    return leaveLoop();
  }

  @Override
  public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void unused) {
    breakables.push(tree);
    super.visitSwitch(tree, null);
    breakables.pop();
    return null;
  }

  @Override
  public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void unused) {
    yields++;
    super.visitSwitchExpression(tree, null);
    yields--;
    return null;
  }

  private void enterLoop(Tree tree) {
    loops.push(tree);
    breakables.push(tree);
  }

  private @Nullable Void leaveLoop() {
    loops.pop();
    breakables.pop();
    return null;
  }
}
