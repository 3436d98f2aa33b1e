package io.fermata.net;

import java.io.EOFException;
import java.util.OptionalInt;

/**
 * The stream ended before all was there that was asked for. What was there is in {@link #partial},
 * and no longer in the reader.
 *
 * <p>asyncio: {@code IncompleteReadError}.
 */
public class IncompleteReadException extends EOFException {
  private static final long serialVersionUID = 1L;
  private static final int UNKNOWN = -1;

  private final byte[] partial;
  private final int expected;

  /**
   * The end came before a separator.
   *
   * @param partial what was there
   */
  public IncompleteReadException(byte[] partial) {
    super(
        partial.length + " bytes were read when the stream ended, and no separator was among them");
    this.partial = partial.clone();
    this.expected = UNKNOWN;
  }

  /**
   * The end came before so many bytes.
   *
   * @param partial what was there
   * @param expected how many were asked for
   */
  public IncompleteReadException(byte[] partial, int expected) {
    super(partial.length + " bytes were read when the stream ended, of " + expected + " expected");
    this.partial = partial.clone();
    this.expected = expected;
  }

  /** {@return what was there, a fresh array} */
  public byte[] partial() {
    return partial.clone();
  }

  /** {@return how many bytes were asked for; empty if a separator was} */
  public OptionalInt expected() {
    return expected == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(expected);
  }
}
