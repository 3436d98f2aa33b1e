package io.fermata;

/**
 * A coroutine lambda without a value: {@code async(() -> await(sleep(delay)))}. Only the processor
 * makes something of one; see {@link Async#async(AsyncRunnable)}.
 *
 * @param <X> the checked exception that it throws, {@link RuntimeException} if none
 */
@FunctionalInterface
public interface AsyncRunnable<X extends Throwable> {

  /**
   * The body; the processor makes a coroutine of it, and nothing calls it as it stands.
   *
   * @throws X as the coroutine declares it
   */
  void run() throws X;
}
