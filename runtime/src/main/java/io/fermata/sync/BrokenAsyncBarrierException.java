package io.fermata.sync;

/**
 * Thrown to tasks that wait at an {@link AsyncBarrier} when it is reset or aborted, and to those
 * that arrive at an aborted one.
 *
 * <p>asyncio: {@code asyncio.BrokenBarrierError}.
 */
public final class BrokenAsyncBarrierException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  BrokenAsyncBarrierException(String message) {
    super(message);
  }
}
