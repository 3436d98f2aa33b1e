package io.fermata.queue;

/**
 * Thrown to who puts into an {@link AsyncQueue} that was shut down, or gets from it when it has run
 * empty.
 *
 * <p>asyncio: {@code asyncio.QueueShutDown}.
 */
public final class QueueShutDown extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QueueShutDown(String message) {
    super(message);
  }
}
