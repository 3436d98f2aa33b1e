package io.fermata.net;

import java.io.IOException;

/**
 * The connection, or one half of it, was closed by this side: by {@code close} or {@code abort} of
 * this program. What the other side or the network did is told by other types.
 *
 * <p>asyncio: {@code ConnectionResetError}, for this too.
 */
public class ConnectionClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * With what was closed.
   *
   * @param message what was closed
   */
  public ConnectionClosedException(String message) {
    super(message);
  }
}
