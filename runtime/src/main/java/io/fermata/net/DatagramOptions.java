package io.fermata.net;

import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a datagram endpoint is opened: {@code DatagramOptions.at(new InetSocketAddress(9999))},
 * {@code DatagramOptions.connectedTo(server)}.
 *
 * @param localAddress where it receives, or null for any port
 * @param remoteAddress its one peer, or null for all
 * @param socketOptions what is set on the socket before it is bound
 */
public record DatagramOptions(
    @Nullable SocketAddress localAddress,
    @Nullable SocketAddress remoteAddress,
    Map<SocketOption<?>, Object> socketOptions) {

  /** Any port, any peer. */
  public static final DatagramOptions DEFAULT = new DatagramOptions(null, null, Map.of());

  /**
   * How a datagram endpoint is opened.
   *
   * @param localAddress where it receives, or null for any port
   * @param remoteAddress its one peer, or null for all
   * @param socketOptions what is set on the socket before it is bound
   */
  public DatagramOptions {
    socketOptions = Map.copyOf(socketOptions);
  }

  /**
   * {@return an endpoint at this address}
   *
   * @param localAddress where it receives; port 0 for any
   */
  public static DatagramOptions at(SocketAddress localAddress) {
    return DEFAULT.withLocalAddress(localAddress);
  }

  /**
   * {@return an endpoint with this one peer}
   *
   * @param remoteAddress the peer
   */
  public static DatagramOptions connectedTo(SocketAddress remoteAddress) {
    return DEFAULT.withRemoteAddress(remoteAddress);
  }

  /**
   * {@return the same at this address}
   *
   * @param address where it receives; port 0 for any
   */
  public DatagramOptions withLocalAddress(SocketAddress address) {
    return new DatagramOptions(
        Objects.requireNonNull(address, "address"), remoteAddress, socketOptions);
  }

  /**
   * {@return the same with this one peer}
   *
   * @param address the peer
   */
  public DatagramOptions withRemoteAddress(SocketAddress address) {
    return new DatagramOptions(
        localAddress, Objects.requireNonNull(address, "address"), socketOptions);
  }

  /** {@return the same, and others may receive at the same address too} */
  public DatagramOptions withReusePort() {
    return withSocketOption(StandardSocketOptions.SO_REUSEPORT, true);
  }

  /** {@return the same, and it may send to broadcast addresses} */
  public DatagramOptions withBroadcast() {
    return withSocketOption(StandardSocketOptions.SO_BROADCAST, true);
  }

  /**
   * {@return the same with this option set on the socket}
   *
   * @param <T> type of the value
   * @param option the option
   * @param value its value
   */
  public <T> DatagramOptions withSocketOption(SocketOption<T> option, T value) {
    return new DatagramOptions(
        localAddress, remoteAddress, StreamSettings.with(socketOptions, option, value));
  }
}
