package io.fermata;

import org.jspecify.annotations.Nullable;

/**
 * A coroutine lambda with a value: {@code async(() -> { await(sleep(delay)); return 42; })}. Only
 * the processor makes something of one; see {@link Async#async(AsyncCallable)}.
 *
 * @param <T> type of the value
 * @param <X> the checked exception that it throws, {@link RuntimeException} if none
 */
@FunctionalInterface
public interface AsyncCallable<T extends @Nullable Object, X extends Throwable> {

  /**
   * {@return the body; the processor makes a coroutine of it, and nothing calls it as it stands}
   *
   * @throws X as the coroutine declares it
   */
  T call() throws X;
}
