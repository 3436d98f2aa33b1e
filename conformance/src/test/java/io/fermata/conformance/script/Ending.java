package io.fermata.conformance.script;

/** How an awaitable of the environment ends, and when. */
public enum Ending {
  /** Has its value before it is awaited. */
  DONE,
  /** Gets its value while it is awaited. */
  LATER,
  /** Has failed before it is awaited. */
  FAILED,
  /** Fails while it is awaited. */
  FAILS_LATER,
  /** Was cancelled before it is awaited. */
  CANCELLED,
  /** Is cancelled while it is awaited. */
  CANCELLED_LATER,
  /** The task that awaits it is cancelled. */
  TASK_CANCELLED;

  /** Whether the body sees a {@link Boom}. */
  public boolean fails() {
    return this == FAILED || this == FAILS_LATER;
  }

  /** Whether the body sees a cancellation. */
  public boolean cancels() {
    return this == CANCELLED || this == CANCELLED_LATER || this == TASK_CANCELLED;
  }
}
