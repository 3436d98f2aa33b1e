package io.fermata.processor.checks;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of the variables in a method, but for those of {@code catch} clauses. */
final class DeclaredNames {

  private final Set<String> names = new HashSet<>();

  DeclaredNames(TreePath place) {
    TreePath method = place;
    while (method.getParentPath() != null && !(method.getLeaf() instanceof MethodTree)) {
      method = method.getParentPath();
    }
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
        names.add(tree.getName().toString());
        return super.visitVariable(tree, null);
      }

      @Override
      public @Nullable Void visitCatch(CatchTree tree, @Nullable Void unused) {
        boolean isAround = isAround(tree, place);
        return isAround ? super.visitCatch(tree, null) : scan(tree.getBlock(), null);
      }
    }.scan(method.getLeaf(), null);
  }

  private static boolean isAround(Tree clause, TreePath place) {
    for (TreePath path = place.getParentPath(); path != null; path = path.getParentPath()) {
      if (path.getLeaf() == clause) {
        return true;
      }
    }
    return false;
  }

  boolean isFree(String name) {
    return !names.contains(name);
  }
}
