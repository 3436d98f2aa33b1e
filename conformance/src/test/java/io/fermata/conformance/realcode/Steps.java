package io.fermata.conformance.realcode;

import io.fermata.Async;
import io.fermata.Awaitable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the coroutines await. */
public final class Steps {
  private static int calls;

  private Steps() {}

  /** The value, at once or later by turns. */
  public static <T extends @Nullable Object> Awaitable<T> later(T value) {
    return calls++ % 2 == 0 ? Async.sleep(Duration.ZERO, value) : Async.completed(value);
  }
}
