package io.fermata.net;

import io.fermata.Task;
import io.fermata.codegen.Continuation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine of a stream, written by hand. One that has given its result to the coroutine that
 * awaited it may serve again, so that a request on an open connection allocates nothing.
 */
abstract class StreamOperation<T extends @Nullable Object> extends Continuation<T, IOException> {
  private static final int CREATED = 0;
  static final int WAITING = -2;

  /** It has given its result to the coroutine that awaits it, and may be {@link #renew}ed. */
  void hasGiven() {}

  /** Makes of one that has given its result one that was not started. */
  final void renew() {
    state = CREATED;
  }

  /** Ends with this result; a task's own coroutine, which the task keeps, never serves again. */
  final @Nullable Object given(Task<?> task, @Nullable Object result) {
    if (task.getCoro() != this) {
      hasGiven();
    }
    return ended(result);
  }
}
