package io.fermata;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.codegen.Thrown;
import io.fermata.internal.TimerHeap;
import io.fermata.internal.reports.RuntimeLines;
import org.jspecify.annotations.Nullable;

/**
 * {@code sleep}: coroutine, timer and waitable in one object, so that a sleeping task costs no
 * other.
 *
 * <pre>
 * created --resume--&gt; in the timer heap --deadline--&gt; due --its turn--&gt; woken --resume--&gt; finished
 *                       |                             |
 *                       +---------cancelWait----------+--&gt; cancelled --resume--&gt; throws CancelledError
 * </pre>
 */
final class Sleep<T extends @Nullable Object> extends Continuation<T, RuntimeException>
    implements TimerHeap.Entry, Waitable {
  private static final LineTable LINES = RuntimeLines.of(Sleep.class, "sleep");
  private static final int SLEEPING = 2;

  private final long nanos;

  /** What the coroutine gives; a {@link Thrown} once it was cancelled. */
  private @Nullable Object outcome;

  private @Nullable Task<?> sleeper;
  private int heapIndex = NOWHERE;

  Sleep(long nanos, T result) {
    this.nanos = nanos;
    this.outcome = result;
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth) {
    if (state == SLEEPING) {
      return ended(outcome);
    }
    state = SLEEPING;
    if (nanos <= 0) {
      task.yieldPass(this);
    } else {
      sleeper = task;
      EventLoop loop = task.loop();
      loop.timers.add(loop.deadlineAfter(nanos), this);
      task.suspendOn(this, this);
    }
    return SUSPENDED;
  }

  /**
   * Its turn has come in the pass that found the deadline passed, as a timer's callback: the task
   * goes on in the next pass, unless it was cancelled meanwhile. Observers know that.
   */
  void wake() {
    Task<?> task = sleeper;
    if (task != null) {
      sleeper = null;
      task.loop.ready.add(task);
    }
  }

  /** Who sleeps; null once it was woken. */
  @Nullable Task<?> sleeper() {
    return sleeper;
  }

  @Override
  public boolean cancelWait(@Nullable Object message) {
    Task<?> task = sleeper;
    if (task == null) {
      return false;
    }
    if (heapIndex != NOWHERE) {
      task.loop().timers.remove(this);
    }
    outcome = new Thrown(new CancelledError(message));
    sleeper = null;
    task.wakeUp();
    return true;
  }

  @Override
  public @Nullable Object outcomeToSend() {
    return outcome instanceof Thrown ? outcome : null;
  }

  @Override
  public int heapIndex() {
    return heapIndex;
  }

  @Override
  public void heapIndex(int index) {
    heapIndex = index;
  }

  @Override
  protected void clear() {
    outcome = null;
  }

  @Override
  protected LineTable lines() {
    return LINES;
  }
}
