package io.fermata;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task's place in a group: stands in the task's callbacks, and tells the call graph who waits for
 * it.
 */
class Member implements PromiseCallback {
  private final TaskGroup group;

  /** Null until it is made. */
  private @Nullable Task<?> task;

  /** The neighbours in the group's list. */
  @Nullable Member previous;

  @Nullable Member next;

  Member(TaskGroup group) {
    this.group = group;
  }

  /** The task has been made. */
  void join(Task<?> made) {
    task = made;
  }

  boolean hasTask() {
    return task != null;
  }

  /** The task, which has been made. */
  Task<?> task() {
    return Objects.requireNonNull(task);
  }

  TaskGroup group() {
    return group;
  }

  /** Whether the task was cancelled with its start. */
  boolean isGivenUp() {
    return false;
  }

  @Override
  public void onDone(Promise<?> done) {
    group.onTaskDone(this);
  }

  @Override
  public @Nullable Promise<?> waiter() {
    return group.parent();
  }
}
