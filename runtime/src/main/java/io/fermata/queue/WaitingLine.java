package io.fermata.queue;

import io.fermata.Suspension;
import io.fermata.internal.waiting.Line;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The coroutines that wait at one end of a queue, linked through themselves, by the numbers that
 * they drew when they came. Each waits for its turn.
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
  private final Line<Place<?>> line = new Line<>();

  /** The one that came back last, behind which the next that comes back is likely to stand. */
  private @Nullable Place<?> cameBack;

  /** Where the last that left has waited, for the next. */
  private @Nullable Suspension free;

  private final Object purpose;
  private int woken;
  private long numbers;

  /**
   * @param purpose its text says what is waited for
   */
  WaitingLine(Object purpose) {
    this.purpose = purpose;
  }

  /**
   * A coroutine that may stand in a line.
   *
   * @param <R> what it gives
   */
  abstract static class Place<R extends @Nullable Object> extends Line.Place<R, Place<?>> {
    /** 0 until it has drawn one. */
    private long number;

    private @Nullable Suspension turn;
    private boolean isWoken;

    /** What it waits for once it has joined. */
    private Suspension turn() {
      return Objects.requireNonNull(turn);
    }

    @Override
    protected void clear() {
      turn = null;
    }
  }

  /** It stands in line: at the end, or where its number belongs if it was in line before. */
  Suspension join(Place<?> place) {
    Suspension turn = free == null ? new Suspension(purpose) : free;
    free = null;
    place.turn = turn;
    if (place.number == 0) {
      place.number = ++numbers;
      line.add(place);
    } else {
      line.insert(place, lastBefore(place.number));
      cameBack = place;
    }
    return turn;
  }

  /** Those in front are those that came back before, and few. */
  private @Nullable Place<?> lastBefore(long number) {
    Place<?> before = null;
    Place<?> after = line.first();
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

  private void remove(Place<?> place) {
    line.remove(place);
    if (cameBack == place) {
      cameBack = null;
    }
  }

  /** It runs again, with its turn or cancelled. Called once for each {@link #join}. */
  void leave(Place<?> place) {
    free = place.turn();
    place.turn = null;
    if (place.isWoken) {
      place.isWoken = false;
      woken--;
    } else {
      remove(place);
    }
  }

  /** Wakes those with the lowest numbers until so many are woken, or none is left. */
  void wakeUpTo(int places) {
    for (Place<?> next = line.first(); next != null && woken < places; next = line.first()) {
      remove(next);
      if (next.turn().isWaiting()) {
        woken++;
        next.isWoken = true;
        next.turn().resume();
      }
    }
  }

  /** Whether nobody waits; a woken task counts until it has left, a cancelled one does not. */
  boolean isEmpty() {
    for (Place<?> next = line.first();
        next != null && !next.turn().isWaiting();
        next = line.first()) {
      remove(next);
    }
    return woken == 0 && line.isEmpty();
  }

  /** How many stand in line; who was woken or cancelled counts until it has left. */
  int size() {
    return woken + line.size();
  }
}
