package io.fermata.net;

import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is opened: {@code openConnection(host, 80, ConnectOptions.DEFAULT.withLimit(1 <<
 * 20))}.
 *
 * @param localAddress this side's address, or null for any
 * @param attemptDelay of a host with several addresses, how long one is tried alone before the next
 *     is tried beside it ("happy eyeballs", RFC 8305)
 * @param limit the reader's limit in bytes; see {@link StreamReader}
 * @param highMark from how much unsent on {@code drain} waits
 * @param lowMark until how much unsent it waits
 * @param socketOptions what is set on the socket, besides {@code TCP_NODELAY}, which is on
 */
public record ConnectOptions(
    @Nullable SocketAddress localAddress,
    Duration attemptDelay,
    int limit,
    int highMark,
    int lowMark,
    Map<SocketOption<?>, Object> socketOptions) {

  /** Any local address, 250 ms between attempts, 64 KiB for the limit and the high mark. */
  public static final ConnectOptions DEFAULT =
      new ConnectOptions(
          null,
          Duration.ofMillis(250),
          StreamSettings.DEFAULT_LIMIT,
          StreamSettings.DEFAULT_HIGH,
          StreamSettings.DEFAULT_LOW,
          Map.of());

  /**
   * How a connection is opened.
   *
   * @param localAddress this side's address, or null for any
   * @param attemptDelay how long an address is tried alone
   * @param limit the reader's limit in bytes
   * @param highMark from how much unsent on {@code drain} waits
   * @param lowMark until how much unsent it waits
   * @param socketOptions what is set on the socket
   * @throws IllegalArgumentException if the limit is not positive, or the marks are not in order
   */
  public ConnectOptions {
    Objects.requireNonNull(attemptDelay, "attemptDelay");
    StreamSettings.checkLimit(limit);
    StreamSettings.checkMarks(highMark, lowMark);
    socketOptions = Map.copyOf(socketOptions);
  }

  /**
   * {@return the same from this local address}
   *
   * @param address this side's address; port 0 for any
   */
  public ConnectOptions withLocalAddress(SocketAddress address) {
    return new ConnectOptions(
        Objects.requireNonNull(address, "address"),
        attemptDelay,
        limit,
        highMark,
        lowMark,
        socketOptions);
  }

  /**
   * {@return the same with another delay between attempts}
   *
   * @param delay how long an address is tried alone
   */
  public ConnectOptions withAttemptDelay(Duration delay) {
    return new ConnectOptions(localAddress, delay, limit, highMark, lowMark, socketOptions);
  }

  /**
   * {@return the same with another limit}
   *
   * @param newLimit the reader's limit in bytes
   * @throws IllegalArgumentException if it is not positive
   */
  public ConnectOptions withLimit(int newLimit) {
    return new ConnectOptions(
        localAddress, attemptDelay, newLimit, highMark, lowMark, socketOptions);
  }

  /**
   * {@return the same with other marks}
   *
   * @param high from how much unsent on {@code drain} waits
   * @param low until how much unsent it waits
   * @throws IllegalArgumentException if they are not in order, or negative
   */
  public ConnectOptions withMarks(int high, int low) {
    return new ConnectOptions(localAddress, attemptDelay, limit, high, low, socketOptions);
  }

  /**
   * {@return the same with this option set on the socket}
   *
   * @param <T> type of the value
   * @param option the option
   * @param value its value
   */
  public <T> ConnectOptions withSocketOption(SocketOption<T> option, T value) {
    return new ConnectOptions(
        localAddress,
        attemptDelay,
        limit,
        highMark,
        lowMark,
        StreamSettings.with(socketOptions, option, value));
  }

  StreamSettings streams() {
    return new StreamSettings(limit, highMark, lowMark, null, null);
  }
}
