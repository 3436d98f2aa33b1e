package io.fermata;

import org.jspecify.annotations.Nullable;

/** What a suspended task waits for. */
interface Waitable {

  /** Cancels the wait, which wakes the task; false if the task is about to wake anyway. */
  boolean cancelWait(@Nullable Object message);

  /** What is sent into the frame that wakes: a value, or a {@code Thrown}. */
  @Nullable Object outcomeToSend();
}
