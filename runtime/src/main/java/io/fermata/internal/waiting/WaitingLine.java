package io.fermata.internal.waiting;

import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait for one thing, by the numbers that they drew when they came. Each waits for
 * its turn.
 *
 * <pre>
 *  join --&gt; PENDING --wake----------------------&gt; WOKEN ------+--leave--&gt; gone
 *   ^          |                                    |         |
 *   |          +--its task is cancelled--&gt; CANCELLED --------+
 *   |                                               |
 *   +----- leave, its turn was taken: it waits again with its number
 * </pre>
 *
 * <p>A woken task runs in a later pass, and may be cancelled until then: its turn is then not
 * cancelled, but its frame gets a {@code CancelledError}. So whoever joins calls {@link #leave}
 * whatever is sent to it, and has the next woken if it can't use its turn. A woken task counts as
 * waiting until it has left, so that no newcomer goes ahead of it; a cancelled one does not count.
 */
public class WaitingLine {
  private final Line<Waiter> line = new Line<>();

  /** The one that came back last, behind which the next that comes back is likely to stand. */
  private @Nullable Waiter cameBack;

  /** The place of the last that left, for the next. */
  private @Nullable Waiter free;

  protected final Object purpose;
  private int woken;
  private long numbers;

  /**
   * A line in which nobody waits.
   *
   * @param purpose its text says what is waited for
   */
  public WaitingLine(Object purpose) {
    this.purpose = purpose;
  }

  /** Puts a task at the end; it is to await its {@link Waiter#turn}. */
  public final Waiter join() {
    Waiter waiter = take(++numbers);
    line.add(waiter);
    return waiter;
  }

  /** Puts a task that has left where it was before. */
  public final Waiter joinAgain(long number) {
    Waiter waiter = take(number);
    line.insert(waiter, lastBefore(number));
    cameBack = waiter;
    return waiter;
  }

  private Waiter take(long number) {
    Waiter waiter = free == null ? new Waiter(purpose) : free;
    free = null;
    waiter.number = number;
    waiter.isWoken = false;
    return waiter;
  }

  /** Those in front are those that came back before, and few. */
  private @Nullable Waiter lastBefore(long number) {
    Waiter before = null;
    Waiter after = line.first();
    if (cameBack != null && cameBack.number < number) {
      before = cameBack;
      after = cameBack.next();
    }
    while (after != null && after.number < number) {
      before = after;
      after = after.next();
    }
    return before;
  }

  private void remove(Waiter waiter) {
    line.remove(waiter);
    if (cameBack == waiter) {
      cameBack = null;
    }
  }

  /**
   * Its task runs again. Called once for each time that it has joined; its place is another's from
   * then on.
   *
   * @return whether it has its turn; if not, its task was cancelled before
   */
  public final boolean leave(Waiter waiter) {
    free = waiter;
    if (waiter.isWoken) {
      woken--;
    } else {
      remove(waiter);
    }
    return waiter.isWoken;
  }

  /** Wakes those with the lowest numbers until so many are woken, or none is left. */
  public final void wakeUpTo(int count) {
    while (woken < count && wakeNext()) {
      // the next
    }
  }

  /** Wakes the first that has not been woken; gives false if there is none. */
  public final boolean wakeNext() {
    Waiter first = firstPending();
    if (first == null) {
      return false;
    }
    remove(first);
    woken++;
    first.isWoken = true;
    first.turn().resume();
    return true;
  }

  private @Nullable Waiter firstPending() {
    for (Waiter first = line.first(); first != null; first = line.first()) {
      if (first.turn().isWaiting()) {
        return first;
      }
      remove(first);
    }
    return null;
  }

  /** Whether nobody waits. */
  public final boolean isEmpty() {
    return woken == 0 && firstPending() == null;
  }

  /** Whether some were woken and have not left. */
  public final boolean hasWoken() {
    return woken > 0;
  }

  /** How many stand in line; who was woken or cancelled counts until it has left. */
  public final int size() {
    return woken + line.size();
  }
}
