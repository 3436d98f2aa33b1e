package io.fermata.example.http;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The client has gone, or does not read. It is told apart from failures of the same types that
 * concern the handler's own connections: nobody is to blame for it, and nobody left to be told.
 */
final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  ClientGoneException(Throwable cause) {
    super("the client has gone", cause);
  }

  /** Whether a failure is this one, straight or out of a generator. */
  static boolean isBehind(Throwable failure) {
    return failure instanceof ClientGoneException
        || (failure instanceof UncheckedIOException
            && failure.getCause() instanceof ClientGoneException);
  }
}
