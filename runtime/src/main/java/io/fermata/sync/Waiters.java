package io.fermata.sync;

import io.fermata.Promise;
import io.fermata.Task;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait at one primitive, in order of arrival. Each awaits a promise, its turn.
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
 *
 * @param <T> what a turn gives
 */
final class Waiters<T> {
  private final Set<Promise<T>> pending = new LinkedHashSet<>();
  private final BoundLoop loop = new BoundLoop();
  private int woken;

  /**
   * Puts the task at the end.
   *
   * @param primitive what it waits at, for the message
   * @throws IllegalStateException if tasks of another loop have waited here
   */
  Promise<T> join(Task<?> task, Object primitive) {
    Promise<T> turn = loop.newTurn(task, primitive);
    pending.add(turn);
    return turn;
  }

  /** The task runs again, with its turn or cancelled. Called once for each {@link #join}. */
  void leave(Promise<T> turn) {
    if (turn.isCancelled()) {
      pending.remove(turn);
    } else {
      woken--;
    }
  }

  /** Wakes the first that has not been woken; gives false if there is none. */
  boolean wakeNext(T value) {
    Promise<T> first = firstPending();
    if (first == null) {
      return false;
    }
    pending.remove(first);
    woken++;
    first.complete(value);
    return true;
  }

  /** Wakes all that have not been woken. */
  void wakeAll(T value) {
    while (wakeNext(value)) {
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

  private @Nullable Promise<T> firstPending() {
    for (Iterator<Promise<T>> turns = pending.iterator(); turns.hasNext(); ) {
      Promise<T> turn = turns.next();
      if (!turn.isCancelled()) {
        return turn;
      }
      turns.remove();
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
