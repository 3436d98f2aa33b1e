package io.fermata.example.streams;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.net.Net.openConnection;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fermata.Coroutine;
import io.fermata.net.Connection;
import io.fermata.net.StreamReader;
import io.fermata.net.StreamWriter;
import java.io.IOException;

/** asyncio's "TCP echo client using streams". */
public final class EchoClient {
  private EchoClient() {}

  @Coroutine
  static void tcpEchoClient(String host, int port, String message) throws IOException {
    try (Connection connection = await(openConnection(host, port))) {
      StreamReader reader = connection.reader();
      StreamWriter writer = connection.writer();

      System.out.println("Send: '" + message + "'");
      writer.write(message);
      await(writer.drain());

      byte[] data = await(reader.read(100));
      System.out.println("Received: '" + new String(data, UTF_8) + "'");

      System.out.println("Close the connection");
    }
  }

  public static void main(String[] args) throws IOException {
    String message = args.length == 0 ? "Hello World!" : String.join(" ", args);
    run(EchoClientAsync.tcpEchoClient("127.0.0.1", 8888, message));
  }
}
