package io.fermata;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tasks of a loop as text: each below the one that awaits it. */
final class TaskTree {
  private final Map<Promise<?>, List<Task<?>>> awaitedBy = new HashMap<>();
  private final Set<Task<?>> printed = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  private TaskTree() {}

  static String of(Collection<Task<?>> tasks) {
    TaskTree tree = new TaskTree();
    List<Task<?>> roots = new ArrayList<>();
    for (Task<?> task : tasks) {
      List<Task<?>> awaiters = CallGraph.awaiters(task);
      if (awaiters.isEmpty()) {
        roots.add(task);
      }
      for (Task<?> awaiter : awaiters) {
        tree.awaitedBy.computeIfAbsent(awaiter, key -> new ArrayList<>()).add(task);
      }
    }
    roots.forEach(root -> tree.print(root, "  "));
    for (Task<?> task : tasks) {
      if (!tree.printed.contains(task)) {
        tree.print(task, "  "); // in a circle of tasks that await each other
      }
    }
    return tree.text.toString();
  }

  private void print(Task<?> task, String indent) {
    List<StackTraceElement> stack = TaskStacks.innermostFirst(task);
    text.append(indent).append(task.getName());
    if (!stack.isEmpty()) {
      text.append(" at ").append(stack.get(0));
    }
    if (!printed.add(task)) {
      text.append(" (see above)\n");
      return;
    }
    text.append('\n');
    for (Task<?> child : awaitedBy.getOrDefault(task, List.of())) {
      print(child, indent + "  ");
    }
  }
}
