package io.fermata.benchmarks.floor;

import org.jspecify.annotations.Nullable;

/**
 * A call that can be suspended.
 *
 * <p>A frame starts a child by calling its {@link #resume} directly. Only if that gives {@link
 * #SUSPENDED} does it write itself into {@link #caller} of the child, and gives {@code SUSPENDED}
 * in turn.
 */
public abstract class Frame {
  public static final Object SUSPENDED = new Object();

  /** Where to go on; 0 is the start. */
  protected int state;

  @Nullable Frame caller;

  /** Gives the result, or {@link #SUSPENDED}. */
  protected abstract @Nullable Object resume(FloorTask task, @Nullable Object sent);

  /** Runs the child until it ends or is suspended. */
  protected final @Nullable Object call(FloorTask task, Frame child) {
    Object result = child.resume(task, null);
    if (result == SUSPENDED) {
      child.caller = this;
    }
    return result;
  }

  /** Puts the task at the end of the ready queue. */
  protected final Object yieldToLoop(FloorTask task) {
    task.suspendedAt(this);
    task.loop().ready(task);
    return SUSPENDED;
  }

  /** Leaves the task to whoever wakes it. */
  protected final Object park(FloorTask task) {
    task.suspendedAt(this);
    return SUSPENDED;
  }

  /** Gives the result of the other task, or waits for it. */
  protected final @Nullable Object join(FloorTask task, FloorTask other) {
    if (other.isDone()) {
      return other.result();
    }
    other.wakes(task);
    return park(task);
  }
}
