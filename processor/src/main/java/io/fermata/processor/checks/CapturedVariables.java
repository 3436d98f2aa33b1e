package io.fermata.processor.checks;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Whether code may move into a lambda, whose variables are never assigned again (JLS 4.12.4). */
final class CapturedVariables {

  private final Trees trees;

  CapturedVariables(Trees trees) {
    this.trees = trees;
  }

  /** Whether all variables in a piece of code have one value for good. */
  boolean areFixed(TreePath place) {
    Set<Element> used = new HashSet<>();
    Set<Element> own = new HashSet<>();
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
        Element element = trees.getElement(getCurrentPath());
        if (element != null && isVariable(element)) {
          used.add(element);
        }
        return null;
      }

      @Override
      public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
        own.add(trees.getElement(getCurrentPath()));
        return super.visitVariable(tree, null);
      }
    }.scan(place, null);
    used.removeAll(own);
    TreePath method = place;
    while (method.getParentPath() != null && !(method.getLeaf() instanceof MethodTree)) {
      method = method.getParentPath();
    }
    used.retainAll(assignedIn(method));
    return used.isEmpty();
  }

  private static boolean isVariable(Element element) {
    return switch (element.getKind()) {
      case LOCAL_VARIABLE, PARAMETER, EXCEPTION_PARAMETER, RESOURCE_VARIABLE, BINDING_VARIABLE ->
          true;
      default -> false;
    };
  }

  private Set<Element> assignedIn(TreePath method) {
    Set<Element> assigned = new HashSet<>();
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void unused) {
        add(tree.getVariable());
        return super.visitAssignment(tree, null);
      }

      @Override
      public @Nullable Void visitCompoundAssignment(
          CompoundAssignmentTree tree, @Nullable Void unused) {
        add(tree.getVariable());
        return super.visitCompoundAssignment(tree, null);
      }

      @Override
      public @Nullable Void visitUnary(UnaryTree tree, @Nullable Void unused) {
        switch (tree.getKind()) {
          case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT ->
              add(tree.getExpression());
          default -> {}
        }
        return super.visitUnary(tree, null);
      }

      private void add(Tree variable) {
        Element element = trees.getElement(new TreePath(getCurrentPath(), variable));
        if (element != null) {
          assigned.add(element);
        }
      }
    }.scan(method, null);
    return assigned;
  }
}
