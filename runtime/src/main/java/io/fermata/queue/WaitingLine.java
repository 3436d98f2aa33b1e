package io.fermata.queue;

import io.fermata.Promise;
import io.fermata.Task;
import java.util.TreeMap;

/**
 * The tasks that wait at one end of a queue, by the numbers that they drew when they came. Each
 * awaits a promise, its turn.
 *
 * <pre>
 *  join --&gt; PENDING --wake----------------------&gt; WOKEN ------+--leave--&gt; gone
 *   ^          |                                    |         |
 *   |          +--its task is cancelled--&gt; CANCELLED --------+
 *   |                                               |
 *   +----- leave, its place was taken: it waits again with its number
 * </pre>
 *
 * <p>A woken task runs in a later pass, and may be cancelled until then: its turn is then not
 * cancelled, but its frame gets a {@code CancelledError}. So whoever joins calls {@link #leave}
 * whatever is sent to it, and has the queue wake the next.
 */
final class WaitingLine {
  private final TreeMap<Long, Promise<Boolean>> pending = new TreeMap<>();
  private int woken;
  private long numbers;

  /** The number for a task that comes. */
  long drawNumber() {
    return ++numbers;
  }

  /** The task stands in line, before those with higher numbers. */
  Promise<Boolean> join(Task<?> task, long number) {
    Promise<Boolean> turn = task.loop().createPromise();
    pending.put(number, turn);
    return turn;
  }

  /** The task runs again, with its turn or cancelled. Called once for each {@link #join}. */
  void leave(long number, Promise<Boolean> turn) {
    if (turn.isCancelled()) {
      pending.remove(number);
    } else {
      woken--;
    }
  }

  /** Wakes those with the lowest numbers until so many are woken, or none is left. */
  void wakeUpTo(int places) {
    while (woken < places && !pending.isEmpty()) {
      Promise<Boolean> first = pending.pollFirstEntry().getValue();
      if (!first.isCancelled()) {
        woken++;
        first.complete(true);
      }
    }
  }

  /** Whether nobody waits; a woken task counts until it has left, a cancelled one does not. */
  boolean isEmpty() {
    while (!pending.isEmpty() && pending.firstEntry().getValue().isCancelled()) {
      pending.pollFirstEntry();
    }
    return woken == 0 && pending.isEmpty();
  }

  /** How many stand in line; who was woken or cancelled counts until it has left. */
  int size() {
    return woken + pending.size();
  }
}
