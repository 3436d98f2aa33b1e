package io.fermata;

/**
 * A promise was asked for what it does not have yet, or was completed a second time. Where both may
 * happen, {@link Promise#isDone} tells before.
 *
 * <p>asyncio: {@code InvalidStateError}.
 */
public class InvalidStateException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the object and its state.
   *
   * @param message what happened
   */
  public InvalidStateException(String message) {
    super(message);
  }
}
