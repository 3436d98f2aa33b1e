package io.fermata.internal.net.simulated;

import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of a socket: those that Linux has, by name; most have no effect here. */
final class Options {
  static final Set<String> OF_CONNECTION =
      Set.of(
          "IP_TOS",
          "SO_INCOMING_NAPI_ID",
          "SO_KEEPALIVE",
          "SO_LINGER",
          "SO_OOBINLINE",
          "SO_RCVBUF",
          "SO_REUSEADDR",
          "SO_REUSEPORT",
          "SO_SNDBUF",
          "TCP_KEEPCOUNT",
          "TCP_KEEPIDLE",
          "TCP_KEEPINTERVAL",
          "TCP_NODELAY",
          "TCP_QUICKACK");
  static final Set<String> OF_LISTENER =
      Set.of(
          "SO_INCOMING_NAPI_ID",
          "SO_RCVBUF",
          "SO_REUSEADDR",
          "SO_REUSEPORT",
          "TCP_KEEPCOUNT",
          "TCP_KEEPIDLE",
          "TCP_KEEPINTERVAL",
          "TCP_QUICKACK");
  static final Set<String> OF_DATAGRAMS =
      Set.of(
          "IP_DONTFRAGMENT",
          "IP_MULTICAST_IF",
          "IP_MULTICAST_LOOP",
          "IP_MULTICAST_TTL",
          "IP_TOS",
          "SO_BROADCAST",
          "SO_INCOMING_NAPI_ID",
          "SO_RCVBUF",
          "SO_REUSEADDR",
          "SO_REUSEPORT",
          "SO_SNDBUF");
  static final Set<String> OF_UNIX = Set.of("SO_LINGER", "SO_PEERCRED", "SO_RCVBUF", "SO_SNDBUF");

  /** Those of Linux; what a user asks for is doubled there, and half of it goes on book-keeping. */
  private static final int MIN_SEND = 4608 / 2;

  private static final int MIN_RECEIVE = 2304 / 2;

  private final Map<SocketOption<?>, Object> values;

  Options(Map<SocketOption<?>, Object> values) {
    this.values = values;
  }

  /**
   * Checks them as a channel does.
   *
   * @throws UnsupportedOperationException if one is not among the supported ones
   * @throws IllegalArgumentException if the size of a buffer is negative
   */
  Options checked(Set<String> supported) {
    for (Map.Entry<SocketOption<?>, Object> each : values.entrySet()) {
      SocketOption<?> option = each.getKey();
      if (!supported.contains(option.name())) {
        throw new UnsupportedOperationException("'" + option.name() + "' not supported");
      }
      Object value = option.type().cast(each.getValue());
      if (option.name().endsWith("BUF") && (Integer) value < 0) {
        throw new IllegalArgumentException("Invalid send/receive buffer size");
      }
    }
    return this;
  }

  boolean has(SocketOption<Boolean> option) {
    return Boolean.TRUE.equals(values.get(option));
  }

  /** As {@link #has}, where an option is on by default. */
  boolean hasNotOff(SocketOption<Boolean> option) {
    return !Boolean.FALSE.equals(values.get(option));
  }

  int sendBuffer(int otherwise) {
    return size(StandardSocketOptions.SO_SNDBUF, MIN_SEND, otherwise);
  }

  int receiveBuffer(int otherwise) {
    return size(StandardSocketOptions.SO_RCVBUF, MIN_RECEIVE, otherwise);
  }

  private int size(SocketOption<Integer> option, int min, int otherwise) {
    @Nullable Object value = values.get(option);
    return value instanceof Integer size ? Math.max(min, size) : otherwise;
  }
}
