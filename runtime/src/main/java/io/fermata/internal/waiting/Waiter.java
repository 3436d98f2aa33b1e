package io.fermata.internal.waiting;

import io.fermata.Suspension;

/** The place of a task that waits in a {@link WaitingLine}. */
public final class Waiter extends Line.Place<Waiter> {
  private final Suspension turn;
  boolean isWoken;
  long number;

  Waiter(Object purpose) {
    turn = new Suspension(purpose);
  }

  /** What its task awaits. */
  public Suspension turn() {
    return turn;
  }

  /** Which one it was of all that have come. */
  public long number() {
    return number;
  }
}
