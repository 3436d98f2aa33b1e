package io.fermata.processor.lowering;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;

/** Tells expressions that surely change nothing. */
final class OnlyReads {
  private OnlyReads() {}

  static boolean in(ExpressionTree tree) {
    if (tree instanceof ParenthesizedTree parenthesized) {
      return in(parenthesized.getExpression());
    } else if (tree instanceof BinaryTree binary) {
      return in(binary.getLeftOperand()) && in(binary.getRightOperand());
    } else if (tree instanceof UnaryTree unary) {
      return !ExpressionLowering.isIncrement(unary) && in(unary.getExpression());
    } else if (tree instanceof TypeCastTree cast) {
      return in(cast.getExpression());
    } else if (tree instanceof MemberSelectTree select) {
      return in(select.getExpression());
    } else if (tree instanceof ArrayAccessTree access) {
      return in(access.getExpression()) && in(access.getIndex());
    }
    return tree instanceof LiteralTree || tree instanceof IdentifierTree;
  }
}
