package io.fermata.queue;

/**
 * Thrown by {@link AsyncQueue#putNow} if there is no room.
 *
 * <p>asyncio: {@code asyncio.QueueFull}.
 */
public final class QueueFull extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QueueFull(String message) {
    super(message);
  }
}
