package io.fermata.example.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A blocking socket that sends what no decent client would. */
final class RawClient implements AutoCloseable {
  private final Socket socket;

  RawClient(RunningServer server) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
  }

  /** What a server answers to these bytes, up to the end of the connection. */
  static String exchange(RunningServer server, String request) throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(request);
      return client.readToEnd();
    }
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** Reads up to and with this text. */
  String readUntil(String end) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(ISO_8859_1).endsWith(end)) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("the end came behind: " + bytes.toString(ISO_8859_1));
      }
      bytes.write(next);
    }
    return bytes.toString(ISO_8859_1);
  }

  /** A response with a length. */
  String readResponse() throws IOException {
    String head = readUntil("\r\n\r\n");
    int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
    return head + new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
