package io.fermata.internal.waiting;

import org.jspecify.annotations.Nullable;

/**
 * Places one behind the other, linked through themselves: a set of promises would take an identity
 * hash of each, which costs more than the rest of a short wait.
 *
 * @param <P> the places
 */
public final class Line<P extends Line.Place<P>> {
  private @Nullable P first;
  private @Nullable P last;
  private int size;

  /** An empty one. */
  public Line() {}

  /**
   * A place of somebody who waits, in one line at a time.
   *
   * @param <P> the places that may stand there
   */
  public abstract static class Place<P extends Place<P>> {
    /** The line that it stands in. */
    @Nullable Line<P> line;

    /** The neighbours there. */
    @Nullable P previous;

    @Nullable P next;

    /** In no line yet. */
    protected Place() {}

    /** The one behind it; null if there is none, or it stands in no line. */
    public final @Nullable P next() {
      return next;
    }
  }

  /** Puts it at the end. */
  public void add(P place) {
    insert(place, last);
  }

  /**
   * Puts it in.
   *
   * @param before the one in front of it; null to put it first
   */
  public void insert(P place, @Nullable P before) {
    P after = before == null ? first : before.next;
    place.line = this;
    link(before, place);
    link(place, after);
    size++;
  }

  /** Takes it out; one that does not stand here is left alone. */
  public void remove(P place) {
    if (!contains(place)) {
      return;
    }
    link(place.previous, place.next);
    place.line = null;
    place.previous = null;
    place.next = null;
    size--;
  }

  /** The one stands right in front of the other; null for the ends of the line. */
  private void link(@Nullable P before, @Nullable P after) {
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
  }

  /** Whether it stands here. */
  public boolean contains(P place) {
    return place.line == this;
  }

  /** The one that stands first; null if none does. */
  public @Nullable P first() {
    return first;
  }

  /** Whether nobody stands here. */
  public boolean isEmpty() {
    return first == null;
  }

  /** How many stand here. */
  public int size() {
    return size;
  }
}
