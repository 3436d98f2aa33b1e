package io.fermata.internal.net;

import io.fermata.Awaitable;
import io.fermata.ContextVar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where connections come from. All methods are called on the thread of the running loop, and none
 * may block. What they throw has the JDK's own type and message; the callers add what was done, and
 * with which host and address.
 *
 * <p>Readiness is told by level, as NIO does: as long as an operation that there is interest in
 * would get on, the listener is called once per turn of the loop.
 */
public interface Network {

  /** The network of the running code; the system's where none is set. Tasks inherit it. */
  ContextVar<Network> CURRENT = ContextVar.named("network");

  /**
   * The addresses of a host, in the order in which they are to be tried. May be cancelled, and then
   * leaves nothing behind that the program sees. Fails with {@link java.net.UnknownHostException}.
   *
   * @param host a name; literal addresses never come here
   */
  Awaitable<List<InetAddress>> lookUp(String host);

  /**
   * Begins to connect. The transport's listener is told {@link Transport#CONNECT} when {@link
   * Transport#finishConnect} has something to say; who gives up {@linkplain Transport#reset resets}
   * the transport.
   *
   * @param remote where to
   * @param local from where, or null for any
   * @param options what is set on the socket before
   * @throws IOException as {@link Transport#finishConnect}, if it is known at once
   */
  Transport connect(
      SocketAddress remote, @Nullable SocketAddress local, Map<SocketOption<?>, Object> options)
      throws IOException;

  /**
   * Listens; the listener is told {@link Transport#ACCEPT} when {@link Acceptor#accept} would give
   * something, once there is interest.
   *
   * @param local where; port 0 for any; {@code ::} for all interfaces and both families
   * @param backlog how many may wait, 0 for the network's own number
   * @param options what is set on the socket before it is bound
   * @param ofConnections what is set on the sockets of the connections
   * @throws java.net.BindException if the address is taken
   */
  Acceptor listen(
      SocketAddress local,
      int backlog,
      Map<SocketOption<?>, Object> options,
      Map<SocketOption<?>, Object> ofConnections,
      ReadyListener listener)
      throws IOException;

  /**
   * Opens a socket for datagrams.
   *
   * @param local where, or null for any port
   * @param remote the one peer, or null for all
   * @param options what is set on the socket before it is bound
   */
  DatagramTransport openDatagrams(
      @Nullable SocketAddress local,
      @Nullable SocketAddress remote,
      Map<SocketOption<?>, Object> options,
      ReadyListener listener)
      throws IOException;

  /** Whether there are addresses of IPv6, and {@code ::} for all interfaces. */
  default boolean hasIpv6() {
    return true;
  }

  /** Whether a file stands where a Unix socket listens. */
  default boolean hasSocketFiles() {
    return true;
  }
}
