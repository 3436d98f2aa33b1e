package io.fermata.sync;

import io.fermata.codegen.Continuation;
import org.jspecify.annotations.Nullable;

/**
 * Coroutines one behind the other, linked through themselves: a set of promises would take an
 * identity hash of each, which costs more than the rest of a short wait.
 *
 * @param <P> the coroutines
 */
final class Line<P extends Line.Place<?, P>> {
  private @Nullable P first;
  private @Nullable P last;
  private int size;

  /**
   * A coroutine that may stand in a line, in one at a time.
   *
   * @param <R> what it gives
   * @param <P> the coroutines that may stand there
   */
  abstract static class Place<R extends @Nullable Object, P extends Place<?, P>>
      extends Continuation<R, RuntimeException> {
    /** The line that it stands in. */
    @Nullable Line<P> line;

    /** The neighbours there. */
    @Nullable P previous;

    @Nullable P next;
  }

  /** Puts it at the end. */
  void add(P place) {
    P before = last;
    place.line = this;
    place.previous = before;
    if (before == null) {
      first = place;
    } else {
      before.next = place;
    }
    last = place;
    size++;
  }

  /** Takes it out; one that does not stand here is left alone. */
  void remove(P place) {
    if (place.line != this) {
      return;
    }
    P before = place.previous;
    P after = place.next;
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
    place.line = null;
    place.previous = null;
    place.next = null;
    size--;
  }

  @Nullable P first() {
    return first;
  }

  boolean isEmpty() {
    return first == null;
  }

  int size() {
    return size;
  }
}
