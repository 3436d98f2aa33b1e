package io.fermata.sync;

import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.internal.waiting.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * A flag that tasks wait for: once it is set, all of them go on.
 *
 * <pre>{@code
 * AsyncEvent ready = new AsyncEvent();
 * Task<Void> server = createTask(ServerAsync.serve(ready));   // calls ready.set() when it listens
 * await(ready.whenSet());
 * }</pre>
 *
 * <p><b>Fairness.</b> Waiting tasks go on in the order in which they came. One that was released
 * goes on even if the flag is cleared before its turn.
 *
 * <p><b>Cancellation.</b> A task that is cancelled while it waits gets {@code CancelledError}; the
 * others are not concerned.
 *
 * <p><b>Thread.</b> The loop's; from another thread, {@code loop.callSoonThreadsafe(event::set)}.
 * The event is bound to the loop on which a task first had to wait.
 *
 * <p>asyncio: {@code asyncio.Event}; {@code whenSet} is its {@code wait}, a name that {@link
 * Object} has taken.
 */
public final class AsyncEvent {
  private final Waiters waiters = new Waiters(this);
  private boolean set;

  /** An event that is not set. */
  public AsyncEvent() {}

  /**
   * Whether the flag is set.
   *
   * @return whether who waits now goes on at once
   */
  public boolean isSet() {
    return set;
  }

  /** Sets the flag, and lets all go on that wait for it. Setting it again does nothing. */
  public void set() {
    if (!set) {
      set = true;
      waiters.wakeAll();
    }
  }

  /** Clears the flag: who comes from now on waits until it is set again. */
  public void clear() {
    set = false;
  }

  /**
   * Waits until the flag is set; does not suspend if it is. Nothing happens before the coroutine is
   * awaited.
   *
   * <p>Awaiting it throws {@link IllegalStateException} if it had to wait, and tasks of another
   * loop have waited for this event.
   *
   * @return a coroutine that gives true
   */
  public Coro<Boolean> whenSet() {
    return new WhenSet();
  }

  @Override
  public String toString() {
    return "AsyncEvent[" + (set ? "set" : "unset") + waiters + "]";
  }

  private final class WhenSet extends Continuation<Boolean, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "io.fermata.sync.AsyncEvent", "whenSet", "AsyncEvent.java", "", "");
    private static final int WAITING = -2;

    private @Nullable Waiter place;

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      Waiter waiting = place;
      if (waiting != null) {
        place = null;
        waiters.leave(waiting);
        received(sent);
        return true;
      }
      if (set) {
        return true;
      }
      Waiter waiter = waiters.join(task);
      place = waiter;
      state = WAITING;
      return await(task, waiter.turn(), depth);
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
