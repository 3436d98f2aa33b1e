package io.fermata.processor.checks;

import static io.fermata.processor.diagnostics.Diagnostic.OWN_LOCK;
import static io.fermata.processor.diagnostics.Diagnostic.OWN_TASK;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Finds a body that waits for what only itself can bring: a lock that it holds, its own task. */
final class SelfDeadlocks {

  private static final String LOCK = "io.fermata.sync.AsyncLock";
  private static final Set<String> WAITING =
      Set.of("await", "gather", "gatherOutcomes", "race", "waitFor", "waitUntil");

  private final Api api;
  private final Trees trees;
  private final Findings findings;
  private final Set<Element> held = new HashSet<>();
  private final Set<Element> ownTask = new HashSet<>();

  SelfDeadlocks(Api api, Trees trees, Findings findings) {
    this.api = api;
    this.trees = trees;
    this.findings = findings;
  }

  /** The lock that a resource takes, if it is one whose name always means the same. */
  Optional<Element> take(TreePath resource) {
    boolean declares = resource.getLeaf() instanceof VariableTree;
    TreePath expression =
        resource.getLeaf() instanceof VariableTree variable && variable.getInitializer() != null
            ? new TreePath(resource, variable.getInitializer())
            : resource;
    Optional<Element> lock =
        variable(expression)
            .filter(each -> api.isSubtype(each.asType(), LOCK))
            .filter(each -> !declares || each.getModifiers().contains(Modifier.FINAL));
    lock.filter(held::contains).ifPresent(each -> report(expression.getLeaf()));
    return lock.filter(held::add);
  }

  void giveBack(Element lock) {
    held.remove(lock);
  }

  void declare(VariableTree tree, @Nullable Element variable) {
    if (variable != null && tree.getInitializer() != null && isCurrentTask(tree.getInitializer())) {
      ownTask.add(variable);
    }
  }

  void assign(@Nullable Element variable) {
    ownTask.remove(variable);
  }

  void call(TreePath call, MethodInvocationTree tree, ExecutableElement method) {
    String name = method.getSimpleName().toString();
    if (name.equals("release") || name.equals("acquire")) {
      checkLock(call, tree, method, name);
    } else if (WAITING.contains(name) && api.isOfAsync(method)) {
      for (ExpressionTree argument : tree.getArguments()) {
        if (isOwnTask(new TreePath(call, argument))) {
          findings.add(OWN_TASK, argument, argument.toString());
        }
      }
    }
  }

  private void checkLock(
      TreePath call, MethodInvocationTree tree, ExecutableElement method, String name) {
    if (held.isEmpty()
        || !(tree.getMethodSelect() instanceof MemberSelectTree select)
        || !api.isMethodOf(method, LOCK)) {
      return;
    }
    TreePath receiver = new TreePath(new TreePath(call, select), select.getExpression());
    Optional<Element> lock = variable(receiver).filter(held::contains);
    if (name.equals("release")) {
      lock.ifPresent(held::remove);
    } else if (lock.isPresent() && isAwaited(call)) {
      report(select.getExpression());
    }
  }

  private void report(Tree lock) {
    findings.add(OWN_LOCK, lock, lock.toString());
  }

  private boolean isAwaited(TreePath call) {
    TreePath around = call.getParentPath();
    return around.getLeaf() instanceof MethodInvocationTree outer
        && trees.getElement(new TreePath(around, outer.getMethodSelect()))
            instanceof ExecutableElement method
        && api.isAwait(method);
  }

  private boolean isOwnTask(TreePath argument) {
    Tree tree = argument.getLeaf();
    return isCurrentTask(tree)
        || (tree instanceof IdentifierTree && ownTask.contains(trees.getElement(argument)));
  }

  /** {@code currentTask()}, also in parentheses, a cast or {@code requireNonNull}. */
  private static boolean isCurrentTask(Tree tree) {
    if (tree instanceof ParenthesizedTree inner) {
      return isCurrentTask(inner.getExpression());
    }
    if (tree instanceof TypeCastTree cast) {
      return isCurrentTask(cast.getExpression());
    }
    if (!(tree instanceof MethodInvocationTree call)) {
      return false;
    }
    String name = simpleName(call.getMethodSelect());
    return call.getArguments().isEmpty()
        ? name.equals("currentTask")
        : name.equals("requireNonNull") && isCurrentTask(call.getArguments().get(0));
  }

  private static String simpleName(ExpressionTree select) {
    return select instanceof MemberSelectTree member
        ? member.getIdentifier().toString()
        : select.toString();
  }

  /** A name, a field of this object, or a static one: {@code node.lock} may be another's by now. */
  private Optional<Element> variable(TreePath path) {
    if (path.getLeaf() instanceof MemberSelectTree member && !isFixed(path, member)) {
      return Optional.empty();
    }
    if (!(path.getLeaf() instanceof IdentifierTree || path.getLeaf() instanceof MemberSelectTree)) {
      return Optional.empty();
    }
    TypeMirror type = trees.getTypeMirror(path);
    return type != null && trees.getElement(path) instanceof VariableElement variable
        ? Optional.of(variable)
        : Optional.empty();
  }

  private boolean isFixed(TreePath path, MemberSelectTree member) {
    return member.getExpression().toString().equals("this")
        || trees.getElement(new TreePath(path, member.getExpression())) instanceof TypeElement;
  }
}
