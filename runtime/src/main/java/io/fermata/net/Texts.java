package io.fermata.net;

import io.fermata.internal.Suppression;
import io.fermata.internal.net.Addresses;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** How addresses read in messages, and exceptions of the system with what was done. */
final class Texts {
  private Texts() {}

  /** {@code 127.0.0.1:80}, {@code [::1]:80}, {@code unix:/tmp/socket}. */
  static String of(@Nullable SocketAddress address) {
    return Addresses.text(address);
  }

  /** The same exception, of the same type, with what was done in front of its message. */
  static IOException told(String what, IOException e) {
    String message = what + ": " + reason(e);
    IOException told;
    if (e.getClass() == ConnectException.class) {
      told = new ConnectException(message);
    } else if (e.getClass() == BindException.class) {
      told = new BindException(message);
    } else if (e.getClass() == NoRouteToHostException.class) {
      told = new NoRouteToHostException(message);
    } else if (e.getClass() == SocketException.class) {
      told = new SocketException(message);
    } else if (e.getClass() == IOException.class) {
      return new IOException(message, e);
    } else {
      return e;
    }
    return Suppression.withCause(told, e);
  }

  static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
