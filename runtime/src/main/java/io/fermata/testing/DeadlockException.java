package io.fermata.testing;

/**
 * No task of a {@link VirtualTimeLoop} can ever run again: the message tells who waits for what, in
 * the user's own lines. It comes out of the call that runs the loop.
 */
public final class DeadlockException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  DeadlockException(String message) {
    super(message);
  }
}
