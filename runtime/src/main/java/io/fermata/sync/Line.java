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
    private @Nullable Line<P> line;
    private @Nullable P previous;
    private @Nullable P next;

    /** The one behind it. */
    final @Nullable P next() {
      return next;
    }
  }

  /** Puts it at the end. */
  void add(P place) {
    Place<?, P> added = place;
    P before = last;
    added.line = this;
    added.previous = before;
    if (before == null) {
      first = place;
    } else {
      ((Place<?, P>) before).next = place;
    }
    last = place;
    size++;
  }

  /** Takes it out; one that does not stand here is left alone. */
  void remove(P place) {
    Place<?, P> removed = place;
    if (removed.line != this) {
      return;
    }
    P before = removed.previous;
    P after = removed.next;
    if (before == null) {
      first = after;
    } else {
      ((Place<?, P>) before).next = after;
    }
    if (after == null) {
      last = before;
    } else {
      ((Place<?, P>) after).previous = before;
    }
    removed.line = null;
    removed.previous = null;
    removed.next = null;
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
