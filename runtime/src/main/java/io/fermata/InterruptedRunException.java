package io.fermata;

import org.jspecify.annotations.Nullable;

/**
 * The thread in {@code run} was interrupted: the main task has been cancelled, and the thread's
 * interrupt flag is set again.
 *
 * <pre>{@code
 * try {
 *   run(ServerAsync.serve());
 * } catch (InterruptedRunException e) {
 *   System.out.println("stopped");
 * }
 * }</pre>
 *
 * <p>It comes of {@link Thread#interrupt} alone. Ctrl-C ends the JVM instead, as {@link Runner}
 * tells: what stands behind {@code run} may not be reached.
 *
 * <p>asyncio: none. {@code KeyboardInterrupt} out of {@code asyncio.run} is for Ctrl-C.
 */
public class InterruptedRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * With what was interrupted, and the cancellation that came out.
   *
   * @param message what happened
   * @param cause what led to it, or null
   */
  public InterruptedRunException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
