package io.fermata.example.streams;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.net.Net.openConnection;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fermata.Coroutine;
import io.fermata.EventLoop;
import io.fermata.net.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** asyncio's "Register an open socket to wait for data using streams". */
public final class RegisterSocket {
  private RegisterSocket() {}

  /** Two sockets that are connected with each other: Python's {@code socket.socketpair()}. */
  record SocketPair(SocketChannel ours, SocketChannel peer) {
    static SocketPair open() throws IOException {
      try (ServerSocketChannel listener = ServerSocketChannel.open()) {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketChannel peer = SocketChannel.open(listener.getLocalAddress());
        return new SocketPair(listener.accept(), peer);
      }
    }

    void send(String text) {
      try {
        peer.write(UTF_8.encode(text));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Coroutine
  static void waitForData() throws IOException {
    // Create a pair of connected sockets.
    SocketPair sockets = SocketPair.open();

    // Register the open socket to wait for data.
    try (Connection connection = await(openConnection(sockets.ours()));
        SocketChannel peer = sockets.peer()) {
      // Simulate the reception of data from the network.
      EventLoop.running().callSoon(() -> sockets.send("abc"));

      // Wait for data.
      byte[] data = await(connection.reader().read(100));

      // Got data, we are done: leaving the block closes both sockets.
      System.out.println("Received: " + new String(data, UTF_8));
    }
  }

  public static void main(String[] args) throws IOException {
    run(RegisterSocketAsync.waitForData());
  }
}
