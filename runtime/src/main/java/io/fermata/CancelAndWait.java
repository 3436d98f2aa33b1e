package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.reports.RuntimeLines;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link Task#cancelAndWait}: cancels a task, and waits until it is done. */
final class CancelAndWait extends RuntimeCoro<Void> implements PromiseCallback {
  private static final LineTable LINES =
      RuntimeLines.of(CancelAndWait.class, "Task", "cancelAndWait");
  private static final int WAITING = -2;

  private @Nullable Task<?> target;
  private @Nullable Task<?> waiter;
  private @Nullable Suspension end;

  CancelAndWait(Task<?> target) {
    super(LINES);
    this.target = target;
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    Task<?> cancelled = Objects.requireNonNull(target);
    if (state == WAITING) {
      leave(cancelled, sent);
    } else {
      check(cancelled, task);
      if (!cancelled.isDone()) {
        cancelled.cancel();
        return waitForEnd(cancelled, task, depth);
      }
    }
    if (cancelled.state() == Promise.State.FAILED) {
      cancelled.result(); // throws it
    }
    return ended(null);
  }

  private static void check(Task<?> cancelled, Task<?> task) {
    if (cancelled == task) {
      throw new IllegalStateException(
          task
              + " can't wait for its own end: call cancel() on it, and it is cancelled where it"
              + " awaits next.");
    }
    Awaitables.requireLoop(task.loop, cancelled);
  }

  private @Nullable Object waitForEnd(Task<?> cancelled, Task<?> task, int depth) throws Throwable {
    Suspension suspension = new Suspension("the end of " + cancelled.getName());
    end = suspension;
    waiter = task;
    cancelled.addCallback(this);
    state = WAITING;
    return await(task, suspension, depth);
  }

  /** Whatever becomes of a task that this does not wait for any more concerns somebody else. */
  private void leave(Task<?> cancelled, @Nullable Object sent) throws Throwable {
    try {
      received(sent);
    } catch (Throwable t) {
      cancelled.removeCallback(this);
      throw t;
    }
  }

  @Override
  public void onDone(Promise<?> promise) {
    if (end != null && end.isWaiting()) {
      end.resume();
    }
  }

  @Override
  public @Nullable Promise<?> waiter() {
    return waiter;
  }

  @Override
  protected void clear() {
    target = null;
    waiter = null;
    end = null;
  }
}
