package io.fermata.internal.net;

import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A listening socket. Never blocks; for the loop's thread. */
public interface Acceptor {

  /**
   * The next connection that waits, or null if there is none.
   *
   * @throws IOException if it can't be had; "Too many open files" above all
   */
  @Nullable Transport accept() throws IOException;

  /**
   * Whether the listener is to be told of connections that wait. At first it is not.
   *
   * @param operations {@link Transport#ACCEPT} or 0
   */
  void interest(int operations);

  /** Stops listening. Again: no effect. */
  void close();

  /** Where it listens, also after the end. */
  SocketAddress localAddress();
}
