package io.fermata.queue;

import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The coroutines that wait at one end of a queue, linked through themselves, by the numbers that
 * they drew when they came. Each awaits a promise, its turn.
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
  private @Nullable Place<?> first;
  private @Nullable Place<?> last;

  /** The one that came back last, behind which the next that comes back is likely to stand. */
  private @Nullable Place<?> cameBack;

  private int pending;
  private int woken;
  private long numbers;

  /**
   * A coroutine that may stand in a line.
   *
   * @param <R> what it gives
   */
  abstract static class Place<R extends @Nullable Object>
      extends Continuation<R, RuntimeException> {
    /** 0 until it has drawn one. */
    private long number;

    private boolean inLine;
    private @Nullable Promise<Boolean> turn;
    private @Nullable Place<?> previous;
    private @Nullable Place<?> next;

    /** Its turn, which it has once it has joined. */
    final Promise<Boolean> turn() {
      return Objects.requireNonNull(turn);
    }

    @Override
    protected void clear() {
      turn = null;
    }
  }

  /** It stands in line: at the end, or where its number belongs if it was in line before. */
  Promise<Boolean> join(Task<?> task, Place<?> place) {
    Promise<Boolean> turn = task.loop().createPromise();
    place.turn = turn;
    if (place.number == 0) {
      place.number = ++numbers;
      insert(place, last);
    } else {
      insert(place, lastBefore(place.number));
      cameBack = place;
    }
    return turn;
  }

  /** Those in front are those that came back before, and few. */
  private @Nullable Place<?> lastBefore(long number) {
    Place<?> before = null;
    Place<?> after = first;
    if (cameBack != null && cameBack.number < number) {
      before = cameBack;
      after = cameBack.next;
    }
    while (after != null && after.number < number) {
      before = after;
      after = after.next;
    }
    return before;
  }

  private void insert(Place<?> place, @Nullable Place<?> before) {
    Place<?> after = before == null ? first : before.next;
    place.inLine = true;
    place.previous = before;
    place.next = after;
    if (before == null) {
      first = place;
    } else {
      before.next = place;
    }
    if (after == null) {
      last = place;
    } else {
      after.previous = place;
    }
    pending++;
  }

  private void remove(Place<?> place) {
    Place<?> before = place.previous;
    Place<?> after = place.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    if (cameBack == place) {
      cameBack = null;
    }
    place.inLine = false;
    place.previous = null;
    place.next = null;
    pending--;
  }

  /** It runs again, with its turn or cancelled. Called once for each {@link #join}. */
  void leave(Place<?> place) {
    if (!place.turn().isCancelled()) {
      woken--;
    } else if (place.inLine) {
      remove(place);
    }
  }

  /** Wakes those with the lowest numbers until so many are woken, or none is left. */
  void wakeUpTo(int places) {
    for (Place<?> next = first; next != null && woken < places; next = first) {
      remove(next);
      if (!next.turn().isCancelled()) {
        woken++;
        next.turn().complete(true);
      }
    }
  }

  /** Whether nobody waits; a woken task counts until it has left, a cancelled one does not. */
  boolean isEmpty() {
    for (Place<?> next = first; next != null && next.turn().isCancelled(); next = first) {
      remove(next);
    }
    return woken == 0 && first == null;
  }

  /** How many stand in line; who was woken or cancelled counts until it has left. */
  int size() {
    return woken + pending;
  }
}
