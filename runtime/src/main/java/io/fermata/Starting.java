package io.fermata;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task between its creation by {@link TaskGroup#start} and the moment when it is ready.
 *
 * <pre>
 *  WAITING --started--&gt; STARTED              its end concerns the group
 *     |
 *     +--start is cancelled--&gt; GIVEN_UP      its end concerns start, as it does while WAITING
 * </pre>
 */
final class Starting<T extends @Nullable Object> implements PromiseCallback {
  private enum State {
    WAITING,
    STARTED,
    GIVEN_UP
  }

  private final TaskGroup group;

  /** The task that waits for the start. */
  private final Task<?> starter;

  private final Suspension arrival = new Suspension(this);
  private State state = State.WAITING;
  private boolean saidSo;
  private boolean ended;
  private @Nullable T value;

  /** Null until it is made. */
  private @Nullable Task<?> task;

  Starting(TaskGroup group, Task<?> starter) {
    this.group = group;
    this.starter = starter;
  }

  void createTask(Coro<?> coro, TaskOptions options) {
    task = group.add(coro, options, this);
  }

  /** The task says that it is ready. */
  void started(T with) {
    starter.loop.checkThread();
    if (ended) {
      throw new IllegalStateException(
          told() + " has ended, and can't become ready: call started() before.");
    }
    if (saidSo) {
      throw new IllegalStateException(
          told() + " is ready already: call started() once, when it begins to serve.");
    }
    saidSo = true;
    if (state == State.WAITING) {
      state = State.STARTED;
      value = with;
      wakeStarter();
    }
  }

  @Override
  public void onDone(Promise<?> done) {
    ended = true;
    if (state == State.STARTED) {
      group.onTaskDone((Task<?>) done);
    } else {
      group.leave((Task<?>) done);
    }
    wakeStarter();
  }

  private void wakeStarter() {
    if (arrival.isWaiting()) {
      arrival.resume();
    }
  }

  boolean isStarted() {
    return state == State.STARTED;
  }

  /** Whether the task was cancelled with its start. */
  boolean isGivenUp() {
    return state == State.GIVEN_UP;
  }

  /** Whether the task is done. */
  boolean hasEnded() {
    return ended;
  }

  /** The task, which has been made. */
  Task<?> task() {
    return Objects.requireNonNull(task);
  }

  Suspension arrival() {
    return arrival;
  }

  @Nullable T takeValue() {
    T taken = value;
    value = null;
    return taken;
  }

  /** Start is left before the task was ready, which is to end. */
  void giveUp() {
    if (state == State.WAITING) {
      state = State.GIVEN_UP;
    }
    if (!group.isAborting()) {
      task().cancel(); // else it has been, and may be cleaning up
    }
  }

  @Override
  public @Nullable Promise<?> waiter() {
    return state == State.STARTED ? group.parent() : starter;
  }

  private String told() {
    return task == null ? "a task of " + group : "task " + task.getName() + " of " + group;
  }

  /** What start waits for. */
  @Override
  public String toString() {
    return "the start of " + told();
  }
}
