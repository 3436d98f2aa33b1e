package io.fermata;

import org.jspecify.annotations.Nullable;

/**
 * What a coroutine can await: a {@linkplain Coro coroutine}, a {@linkplain Promise promise}, a
 * {@linkplain Task task}, or an object of your own that can tell its promise.
 *
 * <pre>{@code
 * record Download(Promise<byte[]> bytes) implements Awaitable<byte[]> {
 *   public Promise<byte[]> toPromise() {
 *     return bytes;
 *   }
 * }
 * }</pre>
 *
 * <p><b>Thread.</b> The loop's. <b>Cancellation</b> of the task that awaits cancels the promise.
 *
 * <p>asyncio: awaitable objects, {@code __await__}.
 *
 * @param <T> what awaiting it gives
 */
@FunctionalInterface
public interface Awaitable<T extends @Nullable Object> {

  /**
   * {@return the promise that stands for the outcome} Called on the loop's thread, each time this
   * is awaited.
   */
  Promise<T> toPromise();
}
