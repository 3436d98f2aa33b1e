package io.fermata;

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
final class Starting<T extends @Nullable Object> extends Member {
  private enum State {
    WAITING,
    STARTED,
    GIVEN_UP
  }

  /** The task that waits for the start. */
  private final Task<?> starter;

  private final Suspension arrival = new Suspension(this);
  private State state = State.WAITING;
  private boolean saidSo;
  private boolean ended;
  private @Nullable T value;

  Starting(TaskGroup group, Task<?> starter) {
    super(group);
    this.starter = starter;
  }

  void createTask(Coro<?> coro, TaskOptions options) {
    group().add(coro, options, this);
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
      group().onTaskDone(this);
    } else {
      group().leave(this);
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

  @Override
  boolean isGivenUp() {
    return state == State.GIVEN_UP;
  }

  /** Whether the task is done. */
  boolean hasEnded() {
    return ended;
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
    if (!group().isAborting()) {
      task().cancel(); // else it has been, and may be cleaning up
    }
  }

  @Override
  public @Nullable Promise<?> waiter() {
    return state == State.STARTED ? group().parent() : starter;
  }

  private String told() {
    return hasTask() ? "task " + task().getName() + " of " + group() : "a task of " + group();
  }

  /** What start waits for. */
  @Override
  public String toString() {
    return "the start of " + told();
  }
}
