package io.fermata.processor.checks;

import static io.fermata.processor.diagnostics.Diagnostic.FINALLY_JUMP;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.YieldTree;
import io.fermata.processor.attribution.JumpScanner;
import org.jspecify.annotations.Nullable;

/**
 * Finds jumps that leave a {@code finally} block, and with it drop the cancellation that brought
 * control there. A {@code throw} keeps a failure a failure, and is left alone.
 */
final class FinallyJumps extends JumpScanner {

  private final Findings findings;

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
    if (leaves(tree)) {
      findings.add(FINALLY_JUMP, tree, "break");
    }
    return null;
  }

  @Override
  public @Nullable Void visitContinue(ContinueTree tree, @Nullable Void unused) {
    if (leaves(tree)) {
      findings.add(FINALLY_JUMP, tree, "continue");
    }
    return null;
  }

  @Override
  public @Nullable Void visitYield(YieldTree tree, @Nullable Void unused) {
    if (leaves(tree)) {
      findings.add(FINALLY_JUMP, tree, "yield");
    }
    return super.visitYield(tree, null);
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
