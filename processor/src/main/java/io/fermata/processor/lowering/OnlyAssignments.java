package io.fermata.processor.lowering;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Finds the variables that get their first value in the block of a try statement and are read
 * behind it (JLS 16: definitely assigned there because the block was).
 */
final class OnlyAssignments {

  private final BodyContext context;

  OnlyAssignments(BodyContext context) {
    this.context = context;
  }

  /** Whether code behind the statement relies on its block for the value of a variable. */
  boolean isReliedOn(TryTree tree) {
    Uses uses = new Uses(context.body().start(tree), context.body().end(tree.getBlock()));
    uses.scan(context.body().tree(), null);
    uses.assignedInside.retainAll(uses.readBehind);
    uses.assignedInside.removeAll(uses.valueBefore);
    return !uses.assignedInside.isEmpty();
  }

  private final class Uses extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final int start;
    private final int end;
    private final Set<Element> valueBefore = new HashSet<>();
    private final Set<Element> assignedInside = new HashSet<>();
    private final Set<Element> readBehind = new HashSet<>();

    Uses(int start, int end) {
      this.start = start;
      this.end = end;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
      boolean waitsForValue =
          context.body().start(tree) < start
              && tree.getInitializer() == null
              && context.facts().parent(tree) instanceof BlockTree;
      Element element = context.facts().element(tree);
      if (element != null && !waitsForValue) {
        valueBefore.add(element);
      }
      return super.visitVariable(tree, null);
    }

    @Override
    public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void unused) {
      Element element = context.facts().element(tree.getVariable());
      int at = context.body().start(tree);
      if (element != null && at < start) {
        valueBefore.add(element);
      } else if (element != null && at < end && context.facts().root(element) != null) {
        assignedInside.add(element);
      }
      return scan(tree.getExpression(), null);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
      Element element = context.facts().element(tree);
      if (element != null && context.body().start(tree) >= end) {
        readBehind.add(element);
      }
      return null;
    }
  }
}
