package io.fermata.net;

import io.fermata.Coro;

/**
 * What a server does with a connection: {@code startServer(EchoAsync::handleEcho, …)}.
 *
 * <p>The coroutine runs in a task of its own. When it ends, the server closes the connection; a
 * handler that hands the connection to a task of its own says so with {@link Connection#detach}.
 */
@FunctionalInterface
public interface StreamHandler {

  /**
   * The coroutine for one connection.
   *
   * @param reader what the client sends
   * @param writer what the client gets
   * @return a coroutine, not started
   */
  Coro<?> handle(StreamReader reader, StreamWriter writer);
}
