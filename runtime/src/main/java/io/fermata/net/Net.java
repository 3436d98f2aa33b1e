package io.fermata.net;

import io.fermata.EventLoop;
import io.fermata.ThrowingCoro;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions that open connections, servers and datagram endpoints: asyncio's streams. They are
 * meant to be imported statically.
 *
 * <pre>{@code
 * @Coroutine
 * static void handleEcho(StreamReader reader, StreamWriter writer) throws IOException {
 *   for (String line : reader.lines()) {
 *     writer.write(line + "\n");
 *     await(writer.drain());
 *   }
 * }
 *
 * @Coroutine
 * static void main() throws IOException {
 *   try (Server server = await(startServer(EchoAsync::handleEcho, "localhost", 8888))) {
 *     await(server.serveForever());
 *   }
 * }
 * }</pre>
 *
 * <p>What fails throws the JDK's own exception ({@link java.net.ConnectException}, {@link
 * java.net.UnknownHostException}, {@link java.net.BindException}), and its message names the host,
 * the address and the port.
 *
 * <p>asyncio: {@code asyncio.open_connection}, {@code asyncio.start_server}.
 */
public final class Net {
  private Net() {}

  /**
   * Connects to a host, and gives the connection. Of several addresses, the families are tried by
   * turns, and each 250 ms another one beside those before, until one answers.
   *
   * @param host a name or an address
   * @param port the port
   * @return a coroutine that gives the connection, to be used in the header of a try statement
   */
  public static ThrowingCoro<Connection, IOException> openConnection(String host, int port) {
    return openConnection(host, port, ConnectOptions.DEFAULT);
  }

  /**
   * As {@link #openConnection(String, int)}, with options.
   *
   * @param host a name or an address
   * @param port the port
   * @param options how
   * @return a coroutine that gives the connection
   */
  public static ThrowingCoro<Connection, IOException> openConnection(
      String host, int port, ConnectOptions options) {
    return new OpenConnection(host, port, options);
  }

  /**
   * Connects to an address, which may be that of a Unix socket: {@link
   * java.net.UnixDomainSocketAddress}.
   *
   * @param address the address; one that is unresolved is looked up
   * @return a coroutine that gives the connection
   */
  public static ThrowingCoro<Connection, IOException> openConnection(SocketAddress address) {
    return openConnection(address, ConnectOptions.DEFAULT);
  }

  /**
   * As {@link #openConnection(SocketAddress)}, with options.
   *
   * @param address the address
   * @param options how
   * @return a coroutine that gives the connection
   */
  public static ThrowingCoro<Connection, IOException> openConnection(
      SocketAddress address, ConnectOptions options) {
    return new OpenConnection(address, options);
  }

  /**
   * Takes a channel over that is connected, and makes it non-blocking. If the coroutine throws, the
   * channel is as it was.
   *
   * @param channel connected, and registered nowhere
   * @return a coroutine that gives the connection
   */
  public static ThrowingCoro<Connection, IOException> openConnection(SocketChannel channel) {
    return new AdoptConnection(channel);
  }

  /**
   * Listens on the addresses of a host, and serves each client with a coroutine of its own.
   *
   * @param handler what is done with a connection
   * @param host a name or an address; empty for all interfaces
   * @param port the port, 0 for any: {@link Server#addresses} tells
   * @return a coroutine that gives the server, to be used in the header of a try statement
   */
  public static ThrowingCoro<Server, IOException> startServer(
      StreamHandler handler, String host, int port) {
    return startServer(handler, host, port, ServerOptions.DEFAULT);
  }

  /**
   * As {@link #startServer(StreamHandler, String, int)}, with options.
   *
   * @param handler what is done with a connection
   * @param host a name or an address; empty for all interfaces
   * @param port the port, 0 for any
   * @param options how
   * @return a coroutine that gives the server
   */
  public static ThrowingCoro<Server, IOException> startServer(
      StreamHandler handler, String host, int port, ServerOptions options) {
    OpenConnection.checkPort(port);
    return new StartServer(handler, host, port, null, null, options);
  }

  /**
   * Listens at an address, which may be that of a Unix socket: {@link
   * java.net.UnixDomainSocketAddress}. A dead socket file that lies there is replaced.
   *
   * @param handler what is done with a connection
   * @param address the address
   * @return a coroutine that gives the server
   */
  public static ThrowingCoro<Server, IOException> startServer(
      StreamHandler handler, SocketAddress address) {
    return startServer(handler, address, ServerOptions.DEFAULT);
  }

  /**
   * As {@link #startServer(StreamHandler, SocketAddress)}, with options.
   *
   * @param handler what is done with a connection
   * @param address the address
   * @param options how
   * @return a coroutine that gives the server
   */
  public static ThrowingCoro<Server, IOException> startServer(
      StreamHandler handler, SocketAddress address, ServerOptions options) {
    return new StartServer(handler, "", 0, address, null, options);
  }

  /**
   * Takes a channel over that is bound, and closes it with the server.
   *
   * @param handler what is done with a connection
   * @param channel bound, and registered nowhere
   * @return a coroutine that gives the server
   */
  public static ThrowingCoro<Server, IOException> startServer(
      StreamHandler handler, ServerSocketChannel channel) {
    return startServer(handler, channel, ServerOptions.DEFAULT);
  }

  /**
   * As {@link #startServer(StreamHandler, ServerSocketChannel)}, with options.
   *
   * @param handler what is done with a connection
   * @param channel bound, and registered nowhere
   * @param options how
   * @return a coroutine that gives the server
   */
  public static ThrowingCoro<Server, IOException> startServer(
      StreamHandler handler, ServerSocketChannel channel, ServerOptions options) {
    return new StartServer(handler, "", 0, null, channel, options);
  }

  /**
   * Opens an endpoint for datagrams (UDP).
   *
   * @param options where, and with whom
   * @return a coroutine that gives the endpoint, to be used in the header of a try statement
   */
  public static ThrowingCoro<DatagramEndpoint, IOException> openDatagramEndpoint(
      DatagramOptions options) {
    return new OpenDatagrams(options);
  }

  /**
   * Looks a host up, in a thread of its own.
   *
   * @param host a name or an address
   * @return a coroutine that gives its addresses, in the resolver's order
   */
  public static ThrowingCoro<List<InetAddress>, IOException> lookUp(String host) {
    return new LookUp(host);
  }

  /** Where the caller's user stands, in debug mode. */
  static @Nullable Throwable here() {
    // Coroutines may be made outside of the loop that runs them.
    try {
      return Unclosed.here(EventLoop.running());
    } catch (IllegalStateException e) {
      return null;
    }
  }
}
