package io.fermata.processor.checks;

import static io.fermata.processor.diagnostics.Diagnostic.LOCK_ACROSS_AWAIT;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;

/**
 * Follows the {@code java.util.concurrent} locks of one body in the order of its source, and finds
 * resume points between a {@code lock} and the {@code unlock} of the same receiver.
 *
 * <p>A lock that is not given back in the body is left alone, and so is one that may not have been
 * had: {@code tryLock} counts where it is the whole condition of an {@code if}.
 */
final class HeldLocks {

  private static final String LOCK = "java.util.concurrent.locks.Lock";
  private static final Set<String> TAKES = Set.of("lock", "lockInterruptibly", "tryLock");
  private static final String GIVES_BACK = "unlock";

  private final Api api;
  private final Findings findings;
  private final Map<String, Optional<Tree>> firstWaits = new LinkedHashMap<>();

  HeldLocks(Api api, Findings findings) {
    this.api = api;
    this.findings = findings;
  }

  void resumePoint(Tree at) {
    firstWaits.replaceAll((lock, first) -> first.isPresent() ? first : Optional.of(at));
  }

  void call(TreePath call, ExpressionTree select, ExecutableElement method) {
    String name = method.getSimpleName().toString();
    if (!(TAKES.contains(name) || name.equals(GIVES_BACK))
        || !(select instanceof MemberSelectTree member)
        || !api.isMethodOf(method, LOCK)) {
      return;
    }
    String lock = member.getExpression().toString();
    String key = lock.startsWith("this.") ? lock.substring("this.".length()) : lock;
    if (name.equals(GIVES_BACK)) {
      Optional<Tree> firstWait = firstWaits.remove(key);
      if (firstWait != null) {
        firstWait.ifPresent(at -> findings.add(LOCK_ACROSS_AWAIT, at, lock));
      }
    } else if (!name.equals("tryLock") || isCondition(call)) {
      firstWaits.put(key, Optional.empty());
    }
  }

  private static boolean isCondition(TreePath call) {
    TreePath around = call.getParentPath();
    while (around.getLeaf() instanceof ParenthesizedTree) {
      around = around.getParentPath();
    }
    return around.getLeaf() instanceof IfTree;
  }
}
