package io.fermata;

import io.fermata.internal.waiting.Line;
import org.jspecify.annotations.Nullable;

/**
 * Who of a group's tasks may run: so many at a time, and the others in the order of their creation.
 * A task that is cancelled while it waits ends in its own time, and may have its turn meanwhile; it
 * does not use it.
 */
final class Turns implements PromiseCallback {
  private final TaskGroup group;
  private final int limit;

  /** Those that wait; none unless so many run as may. */
  private final Line<InLine> line = new Line<>();

  private int running;

  Turns(TaskGroup group, int limit) {
    this.group = group;
    this.limit = limit;
  }

  /** Where one stands that waits. */
  static final class InLine extends Line.Place<InLine> {
    final Turn<?> turn;

    InLine(Turn<?> turn) {
      this.turn = turn;
    }
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
    line.add(turn.inLine);
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
    if (line.contains(turn.inLine)) {
      line.remove(turn.inLine);
    } else {
      giveAway();
    }
  }

  /** One runs no more, and the next one may. */
  private void giveAway() {
    InLine next = line.first();
    if (next != null) {
      line.remove(next);
      next.turn.come();
    } else {
      running--;
    }
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
