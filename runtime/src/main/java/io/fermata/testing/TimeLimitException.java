package io.fermata.testing;

/**
 * More virtual time would pass than {@link VirtualTimeLoop#limitTime} allows: the message tells who
 * waits for what, in the user's own lines. It comes out of the call that runs the loop.
 */
public final class TimeLimitException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  TimeLimitException(String message) {
    super(message);
  }
}
