package io.fermata;

import org.jspecify.annotations.Nullable;

/** What a promise calls through the loop when it is done. */
interface PromiseCallback {

  /** Called by the loop in the pass after the promise was settled. */
  void onDone(Promise<?> promise);

  /** The loop was closed: the promise stays as it is, and {@link #onDone} will not be called. */
  default void onAbandoned(Promise<?> promise) {}

  /** The context it runs in; null for the runtime's own, which look at none. */
  default @Nullable Context context() {
    return null;
  }

  /** Whether somebody waits for the outcome; what keeps accounts only is none of those who wait. */
  default boolean isWaiter() {
    return true;
  }

  /** Whether the one that waits through this callback may go on before the promise is done. */
  default boolean waitsForAny() {
    return false;
  }

  /** Who waits through this callback: a promise or a task; null if nobody does. */
  default @Nullable Promise<?> waiter() {
    return null;
  }
}
