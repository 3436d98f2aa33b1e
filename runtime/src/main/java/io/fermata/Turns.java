package io.fermata;

import org.jspecify.annotations.Nullable;

/**
 * Who of a group's tasks may run: so many at a time, and the others in the order of their creation.
 * A task that is cancelled while it waits ends in its own time, and may have its turn meanwhile; it
 * does not use it.
 */
final class Turns implements PromiseCallback {
  private final TaskGroup group;
  private final int limit;

  /** Those that wait, linked; none unless so many run as may. */
  private @Nullable Turn<?> first;

  private @Nullable Turn<?> last;
  private int running;

  Turns(TaskGroup group, int limit) {
    this.group = group;
    this.limit = limit;
  }

  /** A task that runs at once, or when its turn has come. */
  <T extends @Nullable Object> Task<T> createTask(
      EventLoop loop, Coro<T> coro, TaskOptions options) {
    return running < limit ? running(loop, coro, options) : waiting(loop, coro, options);
  }

  private <T extends @Nullable Object> Task<T> running(
      EventLoop loop, Coro<T> coro, TaskOptions options) {
    running++; // before it may start others of the group
    Task<T> task;
    try {
      task = loop.createTask(coro, options);
    } catch (Throwable t) {
      giveAway();
      throw t;
    }
    task.addCallback(this);
    return task;
  }

  private <T extends @Nullable Object> Task<T> waiting(
      EventLoop loop, Coro<T> coro, TaskOptions options) {
    Turn<T> turn = new Turn<>(this, coro);
    join(turn);
    Task<T> task;
    try {
      task = loop.createTask(turn, options);
    } catch (Throwable t) {
      end(turn);
      throw t;
    }
    task.addCallback(turn);
    return task;
  }

  /** A task is done that had its turn from the start. */
  @Override
  public void onDone(Promise<?> task) {
    giveAway();
  }

  /** A task is done that had to wait. */
  void end(Turn<?> turn) {
    if (turn.inLine) {
      leave(turn);
    } else {
      giveAway();
    }
  }

  /** One runs no more, and the next one may. */
  private void giveAway() {
    Turn<?> next = first;
    if (next != null) {
      leave(next);
      next.come();
    } else {
      running--;
    }
  }

  private void join(Turn<?> turn) {
    Turn<?> before = last;
    turn.inLine = true;
    turn.previous = before;
    if (before == null) {
      first = turn;
    } else {
      before.next = turn;
    }
    last = turn;
  }

  private void leave(Turn<?> turn) {
    Turn<?> before = turn.previous;
    Turn<?> after = turn.next;
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
    turn.inLine = false;
    turn.previous = null;
    turn.next = null;
  }

  @Override
  public boolean isWaiter() {
    return false;
  }

  /** What a task waits for that has to. */
  @Override
  public String toString() {
    return "its turn in " + group + ", which runs " + limit + " at a time";
  }
}
