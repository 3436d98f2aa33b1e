package io.fermata.net;

import io.fermata.EventLoop;
import io.fermata.Promise;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * What a test of {@code io.fermata.net} runs on: the system's network or the simulated one, and
 * peers that have nothing to do with our streams. Used in the bodies of coroutines.
 */
interface TestNetwork {

  EventLoop loop();

  /** Has the running coroutine use it. */
  void enter();

  /** Listens at a port of the loopback, or at the path of a Unix socket. */
  default Listener listen() throws IOException {
    return listen(NetTests.loopback(0));
  }

  Listener listen(SocketAddress address) throws IOException;

  /** Connects; waits until that is done. */
  Peer connect(SocketAddress address) throws IOException;

  /** Runs what a peer does beside the test. */
  <T> Promise<T> inBackground(Callable<T> work);

  /** Has a peer wait. */
  void pause(Duration time) throws InterruptedException;

  /** How many sockets and selectors are open; what is left of them when all is closed is a leak. */
  long open() throws IOException;

  /** A listening socket. */
  interface Listener extends AutoCloseable {
    Peer accept() throws IOException;

    SocketAddress address();

    @Override
    void close() throws IOException;
  }

  /** One end of a connection. Its operations wait, and fail, as those of a blocking socket do. */
  interface Peer extends AutoCloseable {
    void send(byte[] bytes) throws IOException;

    /** At most {@code max} bytes; none at the end. */
    byte[] readSome(int max) throws IOException;

    void shutdownOutput() throws IOException;

    /** As {@link #close}, but with a reset. */
    void reset() throws IOException;

    void sendBufferSize(int bytes) throws IOException;

    SocketAddress localAddress() throws IOException;

    SocketAddress remoteAddress() throws IOException;

    @Override
    void close() throws IOException;
  }
}
