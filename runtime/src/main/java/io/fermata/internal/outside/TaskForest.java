package io.fermata.internal.outside;

import io.fermata.internal.outside.LoopView.TaskView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code pstree} prints: each task of a loop, with its frames, below those that await it. */
final class TaskForest {
  private static final int MAX_INDENTATION = 40;

  private final LoopView loop;
  private final Map<Long, List<Long>> awaits;
  private final Set<Long> inCycle = new HashSet<>();
  private final Set<Long> printed = new HashSet<>();
  private final List<String> lines = new ArrayList<>();

  private TaskForest(LoopView loop) {
    this.loop = loop;
    this.awaits = loop.awaits();
    loop.cycles().forEach(inCycle::addAll);
  }

  static List<String> of(LoopView loop) {
    TaskForest forest = new TaskForest(loop);
    forest.lines.add(loop.title());
    List<String> heldUp = loop.heldUp();
    if (heldUp != null) {
      forest.lines.add("  its thread is held up:");
      heldUp.forEach(frame -> forest.lines.add("    at " + frame));
    }
    for (TaskView task : loop.tasks().values()) {
      if (task.awaitedBy().isEmpty()) {
        forest.print(task);
      }
    }
    for (TaskView task : loop.tasks().values()) {
      if (!forest.printed.contains(task.number())) {
        forest.print(task); // in a cycle, or awaited by one that is left out
      }
    }
    if (loop.leftOut() > 0) {
      forest.lines.add("  ... and " + loop.leftOut() + " more tasks");
    }
    loop.cycleTexts().forEach(cycle -> forest.lines.add("  " + cycle));
    return forest.lines;
  }

  /** By hand instead of by recursion, since a chain of tasks may be long. */
  private void print(TaskView root) {
    Deque<Branch> left = new ArrayDeque<>();
    left.push(new Branch(root, 1));
    while (!left.isEmpty()) {
      Branch branch = left.pop();
      Long number = branch.task.number();
      boolean isNew = printed.add(number);
      append(branch, isNew);
      if (isNew) {
        List<Long> children = awaits.getOrDefault(number, List.of());
        for (int i = children.size() - 1; i >= 0; i--) {
          TaskView child = loop.tasks().get(children.get(i));
          if (child != null) {
            left.push(new Branch(child, branch.depth + 1));
          }
        }
      }
    }
  }

  private void append(Branch branch, boolean isNew) {
    String indent = "  ".repeat(Math.min(branch.depth, MAX_INDENTATION));
    TaskView task = branch.task;
    StringBuilder line = new StringBuilder(indent).append(task.name());
    if (!isNew) {
      lines.add(line.append(" (see above)").append(mark(task)).toString());
      return;
    }
    line.append(" (").append(task.number()).append(", ").append(task.state()).append(')');
    if (task.waitsFor() != null) {
      line.append(" waits for ").append(task.waitsFor());
    }
    lines.add(line.append(mark(task)).toString());
    task.stack().forEach(frame -> lines.add(indent + "    at " + frame));
  }

  private String mark(TaskView task) {
    return inCycle.contains(task.number()) ? " [cycle]" : "";
  }

  private record Branch(TaskView task, int depth) {}
}
