package io.fermata.benchmarks.floor;

import org.jspecify.annotations.Nullable;

/** A chain of frames that the loop runs. */
public final class FloorTask {
  private final FloorLoop loop;
  private Frame innermost;
  private @Nullable Object sent;
  private @Nullable Object result;
  private @Nullable FloorTask waiter;
  private boolean done;

  FloorTask(FloorLoop loop, Frame outermost) {
    this.loop = loop;
    this.innermost = outermost;
  }

  public FloorLoop loop() {
    return loop;
  }

  public boolean isDone() {
    return done;
  }

  public @Nullable Object result() {
    return result;
  }

  /** What the frame that waits is given when the task is next run. */
  public void send(@Nullable Object value) {
    sent = value;
  }

  void suspendedAt(Frame frame) {
    innermost = frame;
  }

  void wakes(FloorTask task) {
    waiter = task;
  }

  /** Resumes the innermost frame, then its callers for as long as each of them ends. */
  void step() {
    Frame frame = innermost;
    Object value = sent;
    sent = null;
    while (true) {
      value = frame.resume(this, value);
      if (value == Frame.SUSPENDED) {
        return;
      }
      Frame caller = frame.caller;
      if (caller == null) {
        finish(value);
        return;
      }
      frame = caller;
    }
  }

  private void finish(@Nullable Object value) {
    done = true;
    result = value;
    if (waiter != null) {
      waiter.sent = value;
      loop.ready(waiter);
    }
  }
}
