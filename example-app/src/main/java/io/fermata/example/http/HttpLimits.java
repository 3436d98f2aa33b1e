package io.fermata.example.http;

import java.time.Duration;

/**
 * What a server puts up with: {@code HttpLimits.DEFAULT.withBodyBytes(1 << 20)}.
 *
 * @param requestLineBytes how long the first line of a request may be, else 414
 * @param headBytes how long the first line and all headers may be together, else 431
 * @param headerCount how many headers there may be, else 431
 * @param bodyBytes how long the body of a request may be, else 413
 * @param connections how many clients are served at a time; others wait to be accepted
 * @param idleTime how long a connection is kept that asks for nothing
 * @param headTime how long the head of a request may take from its first byte on, else 408
 * @param bodyTime how long a body may let its reader wait, all in all, else 408
 * @param writeTime how long a client may let the server wait that does not read its response
 * @param grace how long running requests may go on when the server ends
 */
public record HttpLimits(
    int requestLineBytes,
    int headBytes,
    int headerCount,
    long bodyBytes,
    int connections,
    Duration idleTime,
    Duration headTime,
    Duration bodyTime,
    Duration writeTime,
    Duration grace) {

  /** Such as browsers and proxies live with. */
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          8 * 1024,
          32 * 1024,
          100,
          10L * 1024 * 1024,
          10_000,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  /**
   * {@return the same with other limits of the head}
   *
   * @param newRequestLineBytes how long the first line may be
   * @param newHeadBytes how long it may be together with all headers
   * @param newHeaderCount how many headers there may be
   */
  public HttpLimits withHead(int newRequestLineBytes, int newHeadBytes, int newHeaderCount) {
    return new HttpLimits(
        newRequestLineBytes,
        newHeadBytes,
        newHeaderCount,
        bodyBytes,
        connections,
        idleTime,
        headTime,
        bodyTime,
        writeTime,
        grace);
  }

  /**
   * {@return the same with another limit of the body}
   *
   * @param newBodyBytes how long it may be
   */
  public HttpLimits withBodyBytes(long newBodyBytes) {
    return new HttpLimits(
        requestLineBytes,
        headBytes,
        headerCount,
        newBodyBytes,
        connections,
        idleTime,
        headTime,
        bodyTime,
        writeTime,
        grace);
  }

  /**
   * {@return the same with another limit of connections}
   *
   * @param newConnections how many clients are served at a time
   */
  public HttpLimits withConnections(int newConnections) {
    return new HttpLimits(
        requestLineBytes,
        headBytes,
        headerCount,
        bodyBytes,
        newConnections,
        idleTime,
        headTime,
        bodyTime,
        writeTime,
        grace);
  }

  /**
   * {@return the same with other times for the client}
   *
   * @param newIdleTime how long a connection is kept that asks for nothing
   * @param newHeadTime how long the head of a request may take
   * @param newBodyTime how long a body may let its reader wait
   * @param newWriteTime how long a client may leave its response unread
   */
  public HttpLimits withTimes(
      Duration newIdleTime, Duration newHeadTime, Duration newBodyTime, Duration newWriteTime) {
    return new HttpLimits(
        requestLineBytes,
        headBytes,
        headerCount,
        bodyBytes,
        connections,
        newIdleTime,
        newHeadTime,
        newBodyTime,
        newWriteTime,
        grace);
  }

  /**
   * {@return the same with another grace}
   *
   * @param newGrace how long running requests may go on when the server ends
   */
  public HttpLimits withGrace(Duration newGrace) {
    return new HttpLimits(
        requestLineBytes,
        headBytes,
        headerCount,
        bodyBytes,
        connections,
        idleTime,
        headTime,
        bodyTime,
        writeTime,
        newGrace);
  }
}
