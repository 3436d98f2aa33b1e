package io.fermata.example.streams;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.net.Net.startServer;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fermata.Coroutine;
import io.fermata.net.Server;
import io.fermata.net.StreamReader;
import io.fermata.net.StreamWriter;
import java.io.IOException;

/** asyncio's "TCP echo server using streams". Ctrl-C ends it. */
public final class EchoServer {
  private EchoServer() {}

  @Coroutine
  static void handleEcho(StreamReader reader, StreamWriter writer) throws IOException {
    byte[] data = await(reader.read(100));
    String message = new String(data, UTF_8);
    System.out.println("Received '" + message + "' from " + writer.connection().remoteAddress());

    System.out.println("Send: '" + message + "'");
    writer.write(data);
    await(writer.drain());

    System.out.println("Close the connection");
    writer.close();
    await(writer.whenClosed());
  }

  @Coroutine
  static void main(String host, int port) throws IOException {
    try (Server server = await(startServer(EchoServerAsync::handleEcho, host, port))) {
      System.out.println("Serving on " + server.addresses());
      await(server.serveForever());
    }
  }

  public static void main(String[] args) throws IOException {
    run(EchoServerAsync.main("127.0.0.1", 8888));
  }
}
