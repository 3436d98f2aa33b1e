package io.fermata.queue;

/**
 * Thrown by {@link AsyncQueue#getNow} if there is no item.
 *
 * <p>asyncio: {@code asyncio.QueueEmpty}.
 */
public final class QueueEmpty extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QueueEmpty(String message) {
    super(message);
  }
}
