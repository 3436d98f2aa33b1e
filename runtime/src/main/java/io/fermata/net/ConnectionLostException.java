package io.fermata.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The connection was lost: reset by the peer, or broken on the way. The cause is what the system
 * says.
 *
 * <p>asyncio: {@code ConnectionResetError}, {@code BrokenPipeError}.
 */
public class ConnectionLostException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * With the connection, and what the system says.
   *
   * @param message which connection
   * @param cause what the system says, or null
   */
  public ConnectionLostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
