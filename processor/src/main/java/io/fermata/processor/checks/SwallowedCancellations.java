package io.fermata.processor.checks;

import static io.fermata.processor.diagnostics.Diagnostic.SWALLOWED_CANCELLATION;
import static io.fermata.processor.diagnostics.Diagnostic.SWALLOWED_WITH_OTHERS;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Finds the clause that a cancellation ends in, of a {@code try} with resume points, when the
 * clause neither throws nor looks at what it caught.
 */
final class SwallowedCancellations {

  private static final String CANCELLED = "io.fermata.CancelledError";
  private static final Set<String> WIDER = Set.of("java.lang.Error", "java.lang.Throwable");

  private final Trees trees;
  private final Findings findings;

  SwallowedCancellations(Trees trees, Findings findings) {
    this.trees = trees;
    this.findings = findings;
  }

  /** What the resume points of a block wait for. */
  enum Waits {
    /** All of them for promises, whose own cancellation may be what the clause is for. */
    FOR_PROMISES,
    FOR_ANYTHING
  }

  void check(TreePath tryPath, List<? extends CatchTree> clauses, Waits waits) {
    for (CatchTree clause : clauses) {
      TreePath parameter = new TreePath(new TreePath(tryPath, clause), clause.getParameter());
      TreePath type = new TreePath(parameter, clause.getParameter().getType());
      Optional<TreePath> caught = caughtBy(type);
      if (caught.isPresent()) {
        report(clause, caught.get(), waits);
        return;
      }
    }
  }

  private void report(CatchTree clause, TreePath caught, Waits waits) {
    boolean only = nameOf(caught).equals(CANCELLED);
    boolean ofOther = only && waits == Waits.FOR_PROMISES;
    if (!ofOther && !new Uses(clause.getParameter().getName().toString()).isIn(clause.getBlock())) {
      String name = caught.getLeaf().toString();
      findings.add(only ? SWALLOWED_CANCELLATION : SWALLOWED_WITH_OTHERS, caught.getLeaf(), name);
    }
  }

  private Optional<TreePath> caughtBy(TreePath type) {
    if (type.getLeaf() instanceof UnionTypeTree union) {
      return union.getTypeAlternatives().stream()
          .map(each -> new TreePath(type, each))
          .filter(this::takesCancellations)
          .findFirst();
    }
    return Optional.of(type).filter(this::takesCancellations);
  }

  private boolean takesCancellations(TreePath type) {
    String name = nameOf(type);
    return name.equals(CANCELLED) || WIDER.contains(name);
  }

  private String nameOf(TreePath type) {
    return trees.getElement(type) instanceof TypeElement element
        ? element.getQualifiedName().toString()
        : "";
  }

  /** Whether a clause names what it caught, or throws something itself. */
  private static final class Uses extends TreeScanner<@Nullable Void, @Nullable Void> {

    private final String caught;
    private boolean found;
    private int inner;

    Uses(String caught) {
      this.caught = caught;
    }

    boolean isIn(Tree block) {
      scan(block, null);
      return found;
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
      found |= tree.getName().contentEquals(caught);
      return null;
    }

    @Override
    public @Nullable Void visitThrow(ThrowTree tree, @Nullable Void unused) {
      found |= inner == 0;
      return super.visitThrow(tree, null);
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
      inner++;
      super.visitLambdaExpression(tree, null);
      inner--;
      return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
      inner++;
      super.visitClass(tree, null);
      inner--;
      return null;
    }
  }
}
