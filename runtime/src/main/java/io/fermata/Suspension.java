package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.codegen.Thrown;
import io.fermata.internal.reports.RuntimeLines;
import io.fermata.internal.reports.ValueText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place where one task at a time waits until somebody has it go on: what I/O and primitives are
 * built from. It is awaited again and again, and waiting at it allocates nothing. Trio's {@code
 * wait_task_rescheduled}, Kotlin's {@code suspendCancellableCoroutine}.
 *
 * <pre>{@code
 * Suspension arrival = new Suspension("a letter");
 *
 * while (letters.isEmpty()) {
 *   await(arrival);                 // always suspends
 * }
 *
 * letters.add(letter);              // elsewhere, on the loop's thread
 * if (arrival.isWaiting()) {
 *   arrival.resume();
 * }
 * }</pre>
 *
 * <pre>
 *  free --await--&gt; waiting --resume, fail, cancellation--&gt; woken --the task runs--&gt; free
 * </pre>
 *
 * <p><b>Cancellation.</b> A task that was resumed may be cancelled before it runs: it then gets
 * {@link CancelledError}, and looks for nothing. So a resumption hands nothing over; what the task
 * waited for stays where the next one finds it.
 *
 * <p><b>Thread.</b> The loop's.
 */
public final class Suspension extends SharedCoro implements Waitable {
  private static final LineTable LINES = RuntimeLines.of(Suspension.class, "Suspension", "await");

  private final Object purpose;

  /** Null unless a task waits. */
  private @Nullable Task<?> waiter;

  /** Whether a task was woken and has not run. */
  private boolean woken;

  private @Nullable Thrown failure;

  /**
   * A place where nobody waits.
   *
   * @param purpose what is waited for: its text stands behind "waits for" in call graphs and in
   *     reports, and is asked for only then
   */
  public Suspension(Object purpose) {
    super("suspension");
    this.purpose = Objects.requireNonNull(purpose, "purpose");
  }

  /** What is waited for. */
  Object purpose() {
    return purpose;
  }

  /** {@return whether a task waits that was not woken} */
  public boolean isWaiting() {
    return waiter != null;
  }

  /**
   * Has the waiting task go on, in its turn.
   *
   * @throws IllegalStateException if none waits
   */
  public void resume() {
    wake(null);
  }

  /**
   * Has the waiting task go on with a failure.
   *
   * @param thrown what {@code await} throws
   * @throws IllegalStateException if none waits
   */
  public void fail(Throwable thrown) {
    wake(new Thrown(Objects.requireNonNull(thrown, "thrown")));
  }

  private void wake(@Nullable Thrown with) {
    Task<?> task = waiter;
    if (task == null) {
      throw new IllegalStateException(
          "no task waits for "
              + ValueText.of(purpose)
              + ": ask isWaiting() before one is resumed.");
    }
    task.loop.checkThread();
    waiter = null;
    woken = true;
    failure = with;
    task.wakeUp();
  }

  @Override
  @Nullable Object awaitedBy(Task<?> task, Coro<?> frame) {
    if (waiter != null || woken) {
      throw new IllegalStateException(
          "a task waits for " + ValueText.of(purpose) + " already: one at a time may.");
    }
    waiter = task;
    task.suspendOn(this, frame);
    return SUSPENDED;
  }

  @Override
  Coro<Void> forTask() {
    return new Waiting();
  }

  @Override
  public boolean cancelWait(@Nullable Object message) {
    if (waiter == null) {
      return false;
    }
    wake(new Thrown(new CancelledError(message)));
    return true;
  }

  @Override
  public @Nullable Object outcomeToSend() {
    Object outcome = failure;
    failure = null;
    woken = false;
    return outcome;
  }

  @Override
  protected LineTable lines() {
    return LINES;
  }

  @Override
  public String toString() {
    return ValueText.of(purpose);
  }

  /** A task of its own that waits. */
  private final class Waiting extends RuntimeCoro<Void> {
    private static final int WAITING = 2;

    Waiting() {
      super(LINES);
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      if (state == WAITING) {
        return sent;
      }
      state = WAITING;
      return await(task, Suspension.this, depth);
    }
  }
}
