package io.fermata.internal.reports;

import java.lang.ref.WeakReference;

/**
 * A trace that was found told: a failure that passes through a million frames is not looked through
 * at each of them. Holds the throwable weakly, since nothing says when it has come to its end.
 */
final class ToldTrace extends WeakReference<Throwable> {
  private final int length;
  private final StackTraceElement first;
  private final StackTraceElement last;

  /**
   * A trace that has been told.
   *
   * @param frames those of the throwable, at least one
   */
  ToldTrace(Throwable thrown, StackTraceElement[] frames) {
    super(thrown);
    this.length = frames.length;
    this.first = frames[0];
    this.last = frames[length - 1];
  }

  /** Whether it is this throwable's, which was given no other trace since: by identity. */
  @SuppressWarnings("ReferenceEquality") // equal frames may be those of another trace
  boolean isOf(Throwable thrown, StackTraceElement[] frames) {
    return refersTo(thrown)
        && frames.length == length
        && frames[0] == first
        && frames[length - 1] == last;
  }
}
