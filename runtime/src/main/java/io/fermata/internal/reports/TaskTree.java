package io.fermata.internal.reports;

import io.fermata.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tasks of a loop as text: each below the one that awaits it. */
public final class TaskTree {
  private static final int MAX_INDENTATION = 40;
  private static final int MAX_TASKS = 20_000;

  private final Map<Task<?>, List<Task<?>>> awaitedBy = new HashMap<>();
  private final Set<Task<?>> printed = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  private TaskTree() {}

  public static String of(Collection<Task<?>> tasks) {
    TaskTree tree = new TaskTree();
    List<Task<?>> roots = new ArrayList<>();
    for (Task<?> task : tasks) {
      List<Task<?>> awaiters = LoopAccess.get().awaiters(task);
      if (awaiters.isEmpty()) {
        roots.add(task);
      }
      for (Task<?> awaiter : awaiters) {
        tree.awaitedBy.computeIfAbsent(awaiter, key -> new ArrayList<>()).add(task);
      }
    }
    roots.forEach(tree::print);
    for (Task<?> task : tasks) {
      if (!tree.printed.contains(task)) {
        tree.print(task); // in a circle of tasks that await each other
      }
    }
    int leftOut = tree.printed.size() - MAX_TASKS;
    if (leftOut > 0) {
      tree.text.append("  ... and ").append(leftOut).append(" more tasks\n");
    }
    return tree.text.toString();
  }

  /** By hand instead of by recursion, since a chain of tasks may be long. */
  private void print(Task<?> root) {
    Deque<Branch> left = new ArrayDeque<>();
    left.push(new Branch(root, 1));
    while (!left.isEmpty()) {
      Branch branch = left.pop();
      boolean isNew = printed.add(branch.task);
      if (printed.size() <= MAX_TASKS) {
        append(branch, isNew ? "" : " (see above)");
      }
      if (isNew) {
        List<Task<?>> children = awaitedBy.getOrDefault(branch.task, List.of());
        for (int i = children.size() - 1; i >= 0; i--) {
          left.push(new Branch(children.get(i), branch.depth + 1));
        }
      }
    }
  }

  private void append(Branch branch, String note) {
    text.append("  ".repeat(Math.min(branch.depth, MAX_INDENTATION))).append(branch.task.getName());
    String waitsFor = LoopAccess.get().waitsFor(branch.task);
    if (waitsFor != null) {
      text.append(" waits for ").append(waitsFor);
    }
    StackTraceElement place = TaskStacks.place(branch.task);
    if (place != null) {
      text.append(" at ").append(place);
    }
    text.append(note).append('\n');
  }

  private record Branch(Task<?> task, int depth) {}
}
