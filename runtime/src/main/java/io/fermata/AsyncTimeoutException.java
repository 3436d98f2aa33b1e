package io.fermata;

import org.jspecify.annotations.Nullable;

/**
 * A deadline has passed: what {@link Async#timeout} and {@link Async#waitFor} end in. Its cause is
 * the {@link CancelledError} that interrupted the work.
 *
 * <pre>{@code
 * try (Timeout limit = timeout(ofSeconds(10))) {
 *   await(download());
 * } catch (AsyncTimeoutException e) {
 *   System.out.println("given up");
 * }
 * }</pre>
 *
 * <p>asyncio: {@code TimeoutError}.
 */
public class AsyncTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * With what ran out of time, and the cancellation that ended it.
   *
   * @param message what took too long
   * @param cause what led to it, or null
   */
  public AsyncTimeoutException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
