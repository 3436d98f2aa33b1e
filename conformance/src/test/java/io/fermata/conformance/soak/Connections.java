package io.fermata.conformance.soak;

import static io.fermata.Async.await;
import static io.fermata.Async.waitFor;
import static io.fermata.net.Net.openConnection;
import static io.fermata.net.Net.openDatagramEndpoint;
import static io.fermata.net.Net.startServer;

import io.fermata.AsyncTimeoutException;
import io.fermata.Coroutine;
import io.fermata.net.Connection;
import io.fermata.net.ConnectionLostException;
import io.fermata.net.DatagramEndpoint;
import io.fermata.net.DatagramOptions;
import io.fermata.net.Server;
import io.fermata.net.StreamReader;
import io.fermata.net.StreamWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is done over and over with sockets of this machine; each coroutine gives a count. */
final class Connections {
  /**
   * So many are reset for each that is closed in good order, which keeps its port for a minute:
   * there are about 28,000 of them.
   */
  private static final int RESET = 64;

  private Connections() {}

  static SocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @Coroutine
  static void answer(StreamReader reader, StreamWriter writer) throws IOException {
    try {
      for (String line : reader.lines()) {
        writer.write(line + "\n");
        await(writer.drain());
      }
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof ConnectionLostException)) { // by a client that has its answer
        throw e;
      }
    }
  }

  /** One after the other, a question and its answer on each. */
  @Coroutine
  static int opened(int times) {
    try (Server server = await(startServer(ConnectionsAsync::answer, loopback()))) {
      int answered = 0;
      for (int i = 0; i < times; i++) {
        try (Connection connection = await(openConnection(server.addresses().get(0)))) {
          connection.writer().write("question\n");
          await(connection.writer().drain());
          answered += "question".equals(await(connection.reader().readLine())) ? 1 : 0;
          if (i % RESET != 0) {
            connection.abort();
          }
        }
      }
      return answered;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Unix domain sockets, closed in good order. */
  @Coroutine
  static int unixDomain(int times) {
    try {
      Path folder = Files.createTempDirectory("soak");
      Path path = folder.resolve("socket");
      SocketAddress address = UnixDomainSocketAddress.of(path);
      int answered = 0;
      try (Server server = await(startServer(ConnectionsAsync::answer, address))) {
        for (int i = 0; i < times; i++) {
          try (Connection connection = await(openConnection(server.addresses().get(0)))) {
            connection.writer().write("question\n");
            answered += "question".equals(await(connection.reader().readLine())) ? 1 : 0;
          }
        }
      }
      Files.deleteIfExists(path);
      Files.delete(folder);
      return answered;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads that are given up, on a connection that lives on. */
  @Coroutine
  static int readsGivenUp(int times) {
    int expired = 0;
    try (Server server = await(startServer(ConnectionsAsync::answer, loopback()));
        Connection connection = await(openConnection(server.addresses().get(0)))) {
      for (int i = 0; i < times; i++) {
        try {
          await(waitFor(connection.reader().readLine(), Work.SHORT));
        } catch (AsyncTimeoutException e) {
          expired++;
        }
      }
      return expired;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Datagrams of endpoints that are opened for one of them. */
  @Coroutine
  static int datagrams(int times) {
    int received = 0;
    DatagramOptions local = DatagramOptions.DEFAULT.withLocalAddress(loopback());
    try (DatagramEndpoint receiver = await(openDatagramEndpoint(local))) {
      DatagramOptions toIt = local.withRemoteAddress(receiver.localAddress());
      for (int i = 0; i < times; i++) {
        try (DatagramEndpoint sender = await(openDatagramEndpoint(toIt))) {
          await(sender.send(new byte[] {1}));
          received += await(receiver.receive()).data().length;
        }
      }
      return received;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
