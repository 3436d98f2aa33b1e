package io.fermata.processor.checks;

import static io.fermata.processor.diagnostics.Diagnostic.BUSY_LOOP;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Finds loops without a resume point that wait for what only another task can change, which never
 * runs while they do.
 *
 * <p>The condition is made of plain fields and of what promises, queues, events and locks tell of
 * themselves, and the loop does nothing that could change any of it: no call but to a thread or a
 * stream that prints, no assignment to what the condition reads, no jump out.
 */
final class BusyLoops {

  private static final Map<String, Set<String>> STATES =
      Map.of(
          "io.fermata.Promise", Set.of("isDone", "isCancelled"),
          "io.fermata.sync.AsyncEvent", Set.of("isSet"),
          "io.fermata.sync.AsyncLock", Set.of("locked"),
          "io.fermata.queue.AsyncQueue", Set.of("isEmpty", "isFull", "size"));
  private static final Set<String> HARMLESS = Set.of("java.lang.Thread", "java.io.PrintStream");

  private final Api api;
  private final Trees trees;
  private final Findings findings;

  BusyLoops(Api api, Trees trees, Findings findings) {
    this.api = api;
    this.trees = trees;
    this.findings = findings;
  }

  void check(TreePath loop, ExpressionTree condition, List<? extends Tree> repeated) {
    Condition read = new Condition();
    read.add(new TreePath(loop, condition));
    if (read.waits
        && read.isPlain
        && repeated.stream().allMatch(each -> leaves(read, loop, each))) {
      Tree at = condition instanceof ParenthesizedTree inner ? inner.getExpression() : condition;
      findings.add(BUSY_LOOP, at, at.toString());
    }
  }

  private boolean leaves(Condition condition, TreePath loop, Tree repeated) {
    Changes changes = new Changes(condition);
    changes.scan(new TreePath(loop, repeated), null);
    return !changes.found;
  }

  private final class Condition {

    private final Set<Element> variables = new HashSet<>();
    private boolean waits;
    private boolean isPlain = true;

    void add(TreePath path) {
      Tree tree = path.getLeaf();
      if (tree instanceof ParenthesizedTree inner) {
        add(new TreePath(path, inner.getExpression()));
      } else if (tree instanceof BinaryTree binary) {
        add(new TreePath(path, binary.getLeftOperand()));
        add(new TreePath(path, binary.getRightOperand()));
      } else if (tree instanceof UnaryTree unary
          && unary.getKind() == Tree.Kind.LOGICAL_COMPLEMENT) {
        add(new TreePath(path, unary.getExpression()));
      } else if (tree instanceof MethodInvocationTree call) {
        addCall(path, call);
      } else if (tree instanceof IdentifierTree || isFieldOfThis(tree)) {
        addVariable(trees.getElement(path));
      } else {
        isPlain &= tree instanceof LiteralTree;
      }
    }

    private void addCall(TreePath path, MethodInvocationTree call) {
      TreePath select = new TreePath(path, call.getMethodSelect());
      boolean state =
          call.getArguments().isEmpty()
              && call.getMethodSelect() instanceof MemberSelectTree member
              && member.getExpression() instanceof IdentifierTree
              && trees.getElement(select) instanceof ExecutableElement method
              && isState(method);
      isPlain &= state;
      waits |= state;
      if (state && call.getMethodSelect() instanceof MemberSelectTree member) {
        Element receiver = trees.getElement(new TreePath(select, member.getExpression()));
        if (receiver != null) {
          variables.add(receiver);
        }
      }
    }

    private void addVariable(@Nullable Element element) {
      if (element == null) {
        isPlain = false;
        return;
      }
      variables.add(element);
      if (element.getKind() == ElementKind.FIELD) {
        // Another thread may write it, and end the loop.
        isPlain &= !element.getModifiers().contains(Modifier.VOLATILE);
        waits |= !element.getModifiers().contains(Modifier.FINAL);
      }
    }
  }

  private static boolean isFieldOfThis(Tree tree) {
    return tree instanceof MemberSelectTree member
        && member.getExpression().toString().equals("this");
  }

  private boolean isState(ExecutableElement method) {
    return STATES.entrySet().stream()
        .filter(each -> each.getValue().contains(method.getSimpleName().toString()))
        .anyMatch(each -> api.isMethodOf(method, each.getKey()));
  }

  /** Whether a loop may end by itself. */
  private final class Changes extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private final Condition condition;
    private boolean found;

    Changes(Condition condition) {
      this.condition = condition;
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
      Element method = trees.getElement(new TreePath(getCurrentPath(), tree.getMethodSelect()));
      found |=
          method == null
              || !(method.getEnclosingElement() instanceof TypeElement owner)
              || !HARMLESS.contains(owner.getQualifiedName().toString());
      return super.visitMethodInvocation(tree, null);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
      found = true;
      return null;
    }

    @Override
    public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void unused) {
      assigned(tree.getVariable());
      return super.visitAssignment(tree, null);
    }

    @Override
    public @Nullable Void visitCompoundAssignment(
        CompoundAssignmentTree tree, @Nullable Void unused) {
      assigned(tree.getVariable());
      return super.visitCompoundAssignment(tree, null);
    }

    @Override
    public @Nullable Void visitUnary(UnaryTree tree, @Nullable Void unused) {
      assigned(tree.getExpression());
      return super.visitUnary(tree, null);
    }

    private void assigned(Tree variable) {
      Element element = trees.getElement(new TreePath(getCurrentPath(), variable));
      found |= element == null || condition.variables.contains(element);
    }

    @Override
    public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
      found = true;
      return null;
    }

    @Override
    public @Nullable Void visitBreak(BreakTree tree, @Nullable Void unused) {
      found = true;
      return null;
    }

    @Override
    public @Nullable Void visitThrow(ThrowTree tree, @Nullable Void unused) {
      found = true;
      return null;
    }
  }
}
