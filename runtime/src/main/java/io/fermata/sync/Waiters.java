package io.fermata.sync;

import io.fermata.Suspension;
import io.fermata.Task;
import io.fermata.internal.waiting.Line;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait at one primitive, in order of arrival, each for its turn.
 *
 * <pre>
 *  join --&gt; PENDING --wakeNext------------------&gt; WOKEN ------+--leave--&gt; gone
 *              |                                              |
 *              +--its task is cancelled--&gt; CANCELLED ---------+
 * </pre>
 *
 * <p>A woken task runs in a later pass, and may be cancelled until then: its turn is then not
 * cancelled, but its frame gets a {@code CancelledError}. So whoever joins calls {@link #leave}
 * whatever is sent to it, and passes on the wake-up that it can't use. A woken task counts as
 * waiting until it has left, so that no newcomer goes ahead of it; a cancelled one does not count.
 */
final class Waiters {
  private final Line<Waiting> pending = new Line<>();
  private final BoundLoop loop = new BoundLoop();
  private final Object primitive;
  private int woken;

  /** Where the last that left has waited, for the next. */
  private @Nullable Suspension free;

  /**
   * @param primitive what the tasks wait at: its text says so
   */
  Waiters(Object primitive) {
    this.primitive = primitive;
  }

  /** A coroutine that waits, once. */
  abstract static class Waiting extends Line.Place<Boolean, Waiting> {
    private @Nullable Suspension turn;
    private boolean isWoken;

    /** What it waits for once it has joined. */
    private Suspension turn() {
      return Objects.requireNonNull(turn);
    }

    /** Whether its task, which runs again, was cancelled before it was woken. */
    final boolean isCancelled() {
      return !isWoken;
    }

    @Override
    protected void clear() {
      turn = null;
    }
  }

  /**
   * Puts the task at the end.
   *
   * @return what it is to await
   * @throws IllegalStateException if tasks of another loop have waited here
   */
  Suspension join(Task<?> task, Waiting waiting) {
    loop.bind(task, primitive);
    Suspension turn = free == null ? new Suspension(primitive) : free;
    free = null;
    waiting.turn = turn;
    pending.add(waiting);
    return turn;
  }

  /** The task runs again, with its turn or cancelled. Called once for each {@link #join}. */
  void leave(Waiting waiting) {
    free = waiting.turn();
    waiting.turn = null;
    if (waiting.isCancelled()) {
      pending.remove(waiting);
    } else {
      woken--;
    }
  }

  /** Wakes the first that has not been woken; gives false if there is none. */
  boolean wakeNext() {
    Waiting first = firstPending();
    if (first == null) {
      return false;
    }
    pending.remove(first);
    woken++;
    first.isWoken = true;
    first.turn().resume();
    return true;
  }

  /** Wakes all that have not been woken. */
  void wakeAll() {
    while (wakeNext()) {
      // the next
    }
  }

  /** Whether nobody waits. */
  boolean isEmpty() {
    return woken == 0 && firstPending() == null;
  }

  /** Whether some were woken and have not left. */
  boolean hasWoken() {
    return woken > 0;
  }

  private @Nullable Waiting firstPending() {
    for (Waiting first = pending.first(); first != null; first = pending.first()) {
      if (first.turn().isWaiting()) {
        return first;
      }
      pending.remove(first);
    }
    return null;
  }

  /** {@code ", waiters=2"}, or nothing; who was woken or cancelled counts until it has left. */
  @Override
  public String toString() {
    int count = pending.size() + woken;
    return count == 0 ? "" : ", waiters=" + count;
  }
}
