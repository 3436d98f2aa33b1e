package io.fermata.processor.checks;

import static io.fermata.processor.checks.SwallowedCancellations.Waits.FOR_ANYTHING;
import static io.fermata.processor.checks.SwallowedCancellations.Waits.FOR_PROMISES;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * What the walk has seen of one body: its resume points so far, and what the checks that go by
 * their order remember. A lambda or a class inside has a body of its own.
 */
final class CoroutineBody {

  private static final String PROMISE = "io.fermata.Promise";

  private final Api api;
  private final Trees trees;
  private final Findings findings;
  private final HeldLocks locks;
  private final SelfDeadlocks deadlocks;
  private int resumePoints;
  private int promises;
  private boolean cancels;

  CoroutineBody(Api api, Trees trees, Findings findings) {
    this.api = api;
    this.trees = trees;
    this.findings = findings;
    this.locks = new HeldLocks(api, findings);
    this.deadlocks = new SelfDeadlocks(api, trees, findings);
  }

  void resumePoint(Tree at) {
    resumePoints++;
    locks.resumePoint(at);
  }

  void call(TreePath path, MethodInvocationTree tree, ExecutableElement method) {
    String name = method.getSimpleName().toString();
    if (name.equals("cancel") || name.equals("uncancel")) {
      cancels |= api.isMethodOf(method, PROMISE);
    } else if (api.isAwait(method)) {
      promises += isOfPromise(path, tree) ? 1 : 0;
    }
    locks.call(path, tree.getMethodSelect(), method);
    deadlocks.call(path, tree, method);
  }

  private boolean isOfPromise(TreePath path, MethodInvocationTree await) {
    TypeMirror type = trees.getTypeMirror(new TreePath(path, await.getArguments().get(0)));
    return type != null && api.isSubtype(type, PROMISE);
  }

  void declare(VariableTree tree, TreePath path) {
    if (tree.getInitializer() != null) {
      deadlocks.declare(tree, trees.getElement(path));
    }
  }

  void assign(TreePath variable) {
    deadlocks.assign(trees.getElement(variable));
  }

  Optional<Element> take(TreePath resource) {
    return deadlocks.take(resource);
  }

  void giveBack(List<Element> taken) {
    taken.forEach(deadlocks::giveBack);
  }

  /** The state before a piece of code, to be compared with that behind it. */
  Mark mark() {
    return new Mark(resumePoints, promises);
  }

  record Mark(int resumePoints, int promises) {}

  private boolean isSince(Mark mark) {
    return resumePoints > mark.resumePoints();
  }

  /** After the block of a {@code try} and its resources, before the clauses. */
  void checkClauses(TreePath path, TryTree tree, Mark before) {
    if (isSince(before) && !cancels) {
      boolean onlyPromises = promises - before.promises() == resumePoints - before.resumePoints();
      new SwallowedCancellations(trees, findings)
          .check(path, tree.getCatches(), onlyPromises ? FOR_PROMISES : FOR_ANYTHING);
    }
  }

  /** After the clauses, before the {@code finally} block. */
  void checkFinally(TryTree tree, Mark before) {
    if (isSince(before) && tree.getFinallyBlock() != null) {
      FinallyJumps.check(tree.getFinallyBlock(), findings);
    }
  }

  void checkLoop(
      TreePath loop, @Nullable ExpressionTree condition, List<? extends Tree> repeated, Mark mark) {
    if (condition != null && !isSince(mark)) {
      new BusyLoops(api, trees, findings).check(loop, condition, repeated);
    }
  }
}
