package io.fermata;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a loop that are not done, in order of creation. The links stand in the tasks
 * themselves, so that keeping a task alive allocates nothing.
 */
final class TaskList {
  private @Nullable Task<?> first;
  private @Nullable Task<?> last;
  private int made;

  /** The number of the next task, which its name tells. */
  int nextNumber() {
    return ++made;
  }

  void add(Task<?> task) {
    Task<?> before = last;
    task.previous = before;
    if (before == null) {
      first = task;
    } else {
      before.next = task;
    }
    last = task;
  }

  void remove(Task<?> task) {
    Task<?> before = task.previous;
    Task<?> after = task.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    task.previous = null;
    task.next = null;
  }

  Set<Task<?>> toSet() {
    Set<Task<?>> tasks = new LinkedHashSet<>();
    for (Task<?> task = first; task != null; task = task.next) {
      tasks.add(task);
    }
    return tasks;
  }
}
