package io.fermata.net;

import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a server serves: {@code startServer(handler, "localhost", 80,
 * ServerOptions.DEFAULT.withMaxConnections(1000))}.
 *
 * @param backlog how many clients may wait to be accepted, 0 for the system's number
 * @param reusePort whether other servers may listen at the same address (where the system has it)
 * @param startServing whether clients are accepted at once, and not only from {@link
 *     Server#startServing} on
 * @param maxConnections how many connections are served at a time; others wait to be accepted
 * @param readLimit how long each awaited read of a handler may take, or null for no limit
 * @param writeLimit how long each awaited drain or send of a handler may take, and the rest when
 *     the connection is closed, or null for no limit
 * @param shutdownGrace how long handlers may go on when the server's block is left normally
 * @param keepSocketFile whether the file of a Unix socket stays when the server is closed
 * @param limit the readers' limit in bytes; see {@link StreamReader}
 * @param highMark from how much unsent on {@code drain} waits
 * @param lowMark until how much unsent it waits
 * @param socketOptions what is set on the connections' sockets, besides {@code TCP_NODELAY}, which
 *     is on
 */
public record ServerOptions(
    int backlog,
    boolean reusePort,
    boolean startServing,
    int maxConnections,
    @Nullable Duration readLimit,
    @Nullable Duration writeLimit,
    Duration shutdownGrace,
    boolean keepSocketFile,
    int limit,
    int highMark,
    int lowMark,
    Map<SocketOption<?>, Object> socketOptions) {

  /** Serves at once, without limits, and with ten seconds of grace. */
  public static final ServerOptions DEFAULT =
      new ServerOptions(
          0,
          false,
          true,
          Integer.MAX_VALUE,
          null,
          null,
          Duration.ofSeconds(10),
          false,
          StreamSettings.DEFAULT_LIMIT,
          StreamSettings.DEFAULT_HIGH,
          StreamSettings.DEFAULT_LOW,
          Map.of());

  /**
   * How a server serves.
   *
   * @param backlog how many clients may wait to be accepted, 0 for the system's number
   * @param reusePort whether other servers may listen at the same address (where the system has it)
   * @param startServing whether clients are accepted at once, and not only from {@link
   *     Server#startServing} on
   * @param maxConnections how many connections are served at a time; others wait to be accepted
   * @param readLimit how long each awaited read of a handler may take, or null for no limit
   * @param writeLimit how long each awaited drain or send of a handler may take, and the rest when
   *     the connection is closed, or null for no limit
   * @param shutdownGrace how long handlers may go on when the server's block is left normally
   * @param keepSocketFile whether the file of a Unix socket stays when the server is closed
   * @param limit the readers' limit in bytes; see StreamReader
   * @param highMark from how much unsent on {@code drain} waits
   * @param lowMark until how much unsent it waits
   * @param socketOptions what is set on the connections' sockets, besides {@code TCP_NODELAY},
   *     which is on
   * @throws IllegalArgumentException if a number is out of its range
   */
  public ServerOptions {
    Objects.requireNonNull(shutdownGrace, "shutdownGrace");
    if (backlog < 0 || maxConnections < 1) {
      throw new IllegalArgumentException(
          "a server needs a backlog of 0 or more, and 1 connection or more at a time, not "
              + backlog
              + " and "
              + maxConnections
              + ".");
    }
    checkPositive(readLimit);
    checkPositive(writeLimit);
    StreamSettings.checkLimit(limit);
    StreamSettings.checkMarks(highMark, lowMark);
    socketOptions = Map.copyOf(socketOptions);
  }

  private static void checkPositive(@Nullable Duration limit) {
    if (limit != null && (limit.isZero() || limit.isNegative())) {
      throw new IllegalArgumentException("a limit of " + limit + " leaves no time: give more.");
    }
  }

  /**
   * {@return the same with another backlog}
   *
   * @param newValue how many may wait
   * @throws IllegalArgumentException if it is out of its range
   */
  public ServerOptions withBacklog(int newValue) {
    return new ServerOptions(
        newValue,
        reusePort,
        startServing,
        maxConnections,
        readLimit,
        writeLimit,
        shutdownGrace,
        keepSocketFile,
        limit,
        highMark,
        lowMark,
        socketOptions);
  }

  /**
   * {@return the same with a limit of connections}
   *
   * @param newValue how many at a time
   * @throws IllegalArgumentException if it is out of its range
   */
  public ServerOptions withMaxConnections(int newValue) {
    return new ServerOptions(
        backlog,
        reusePort,
        startServing,
        newValue,
        readLimit,
        writeLimit,
        shutdownGrace,
        keepSocketFile,
        limit,
        highMark,
        lowMark,
        socketOptions);
  }

  /**
   * {@return the same with a limit for each read}
   *
   * @param newValue how long at most
   * @throws IllegalArgumentException if it is out of its range
   */
  public ServerOptions withReadLimit(Duration newValue) {
    return new ServerOptions(
        backlog,
        reusePort,
        startServing,
        maxConnections,
        Objects.requireNonNull(newValue, "readLimit"),
        writeLimit,
        shutdownGrace,
        keepSocketFile,
        limit,
        highMark,
        lowMark,
        socketOptions);
  }

  /**
   * {@return the same with a limit for each drain and send, and for the rest at the end}
   *
   * @param newValue how long at most
   * @throws IllegalArgumentException if it is out of its range
   */
  public ServerOptions withWriteLimit(Duration newValue) {
    return new ServerOptions(
        backlog,
        reusePort,
        startServing,
        maxConnections,
        readLimit,
        Objects.requireNonNull(newValue, "writeLimit"),
        shutdownGrace,
        keepSocketFile,
        limit,
        highMark,
        lowMark,
        socketOptions);
  }

  /**
   * {@return the same with another grace}
   *
   * @param newValue how long they may go on
   */
  public ServerOptions withShutdownGrace(Duration newValue) {
    return new ServerOptions(
        backlog,
        reusePort,
        startServing,
        maxConnections,
        readLimit,
        writeLimit,
        Objects.requireNonNull(newValue, "shutdownGrace"),
        keepSocketFile,
        limit,
        highMark,
        lowMark,
        socketOptions);
  }

  /**
   * {@return the same with another limit of the readers}
   *
   * @param newValue the readers' limit in bytes
   * @throws IllegalArgumentException if it is out of its range
   */
  public ServerOptions withLimit(int newValue) {
    return new ServerOptions(
        backlog,
        reusePort,
        startServing,
        maxConnections,
        readLimit,
        writeLimit,
        shutdownGrace,
        keepSocketFile,
        newValue,
        highMark,
        lowMark,
        socketOptions);
  }

  /** {@return the same, and other servers may listen at the same address too} */
  public ServerOptions withReusePort() {
    return new ServerOptions(
        backlog,
        true,
        startServing,
        maxConnections,
        readLimit,
        writeLimit,
        shutdownGrace,
        keepSocketFile,
        limit,
        highMark,
        lowMark,
        socketOptions);
  }

  /** {@return the same, and clients are accepted only from {@link Server#startServing} on} */
  public ServerOptions withoutServing() {
    return new ServerOptions(
        backlog,
        reusePort,
        false,
        maxConnections,
        readLimit,
        writeLimit,
        shutdownGrace,
        keepSocketFile,
        limit,
        highMark,
        lowMark,
        socketOptions);
  }

  /** {@return the same, and the file of a Unix socket stays when the server is closed} */
  public ServerOptions withSocketFileKept() {
    return new ServerOptions(
        backlog,
        reusePort,
        startServing,
        maxConnections,
        readLimit,
        writeLimit,
        shutdownGrace,
        true,
        limit,
        highMark,
        lowMark,
        socketOptions);
  }

  /**
   * {@return the same with other marks}
   *
   * @param high from how much unsent on {@code drain} waits
   * @param low until how much unsent it waits
   * @throws IllegalArgumentException if they are not in order, or negative
   */
  public ServerOptions withMarks(int high, int low) {
    return new ServerOptions(
        backlog,
        reusePort,
        startServing,
        maxConnections,
        readLimit,
        writeLimit,
        shutdownGrace,
        keepSocketFile,
        limit,
        high,
        low,
        socketOptions);
  }

  /**
   * {@return the same with this option set on each connection's socket}
   *
   * @param <T> type of the value
   * @param option the option
   * @param value its value
   */
  public <T> ServerOptions withSocketOption(SocketOption<T> option, T value) {
    return new ServerOptions(
        backlog,
        reusePort,
        startServing,
        maxConnections,
        readLimit,
        writeLimit,
        shutdownGrace,
        keepSocketFile,
        limit,
        highMark,
        lowMark,
        StreamSettings.with(socketOptions, option, value));
  }

  StreamSettings streams() {
    return new StreamSettings(limit, highMark, lowMark, readLimit, writeLimit);
  }
}
