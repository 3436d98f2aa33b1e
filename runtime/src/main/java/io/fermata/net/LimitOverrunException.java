package io.fermata.net;

import java.io.IOException;

/**
 * A line, or what was to end in a separator, is longer than the reader's limit.
 *
 * <p>{@link StreamReader#readLine} takes the whole line away, so that the next one is read next.
 * {@link StreamReader#readUntil} leaves all in the reader.
 *
 * <p>asyncio: {@code LimitOverrunError}.
 */
public class LimitOverrunException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int consumed;

  /**
   * With how far the search came.
   *
   * @param message what is too long
   * @param consumed how many bytes hold no line end or separator
   */
  public LimitOverrunException(String message, int consumed) {
    super(message);
    this.consumed = consumed;
  }

  /** {@return how many bytes were looked at that hold no line end or separator} */
  public int consumed() {
    return consumed;
  }
}
