package io.fermata.sync;

/**
 * A semaphore that never has more permits than at first: a release too many is an error where it
 * happens, and not a permit too many for the rest of the program.
 *
 * <pre>{@code
 * final AsyncBoundedSemaphore connections = new AsyncBoundedSemaphore(10);
 * }</pre>
 *
 * <p>Otherwise as {@link AsyncSemaphore}.
 *
 * <p>asyncio: {@code asyncio.BoundedSemaphore}.
 */
public final class AsyncBoundedSemaphore extends AsyncSemaphore {
  private final int bound;

  /** A semaphore with one permit. */
  public AsyncBoundedSemaphore() {
    this(1);
  }

  /**
   * A semaphore with so many permits.
   *
   * @param permits how many there are and ever will be, 0 or more
   * @throws IllegalArgumentException if the number is negative
   */
  public AsyncBoundedSemaphore(int permits) {
    super(permits);
    this.bound = permits;
  }

  /**
   * Gives a permit back; the first that waits gets it.
   *
   * @throws IllegalStateException if all permits are there already
   */
  @Override
  public void release() {
    if (value() >= bound) {
      throw new IllegalStateException(
          this + " was released too often: all of its " + bound + " permits are there.");
    }
    super.release();
  }
}
