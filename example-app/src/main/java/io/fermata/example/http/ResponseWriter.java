package io.fermata.example.http;

import static io.fermata.Async.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fermata.AsyncGenerator;
import io.fermata.AsyncTimeoutException;
import io.fermata.Coroutine;
import io.fermata.net.StreamWriter;
import java.io.IOException;

/**
 * Writes responses (RFC 9112, 6): a body that is there with its length, one that is made meanwhile
 * in chunks, or, to a client that knows none, up to the end of the connection.
 */
final class ResponseWriter {
  private static final byte[] LINE_END = {'\r', '\n'};
  static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(ISO_8859_1);

  final StreamWriter writer;
  final HttpDate date;

  ResponseWriter(StreamWriter writer, HttpDate date) {
    this.writer = writer;
    this.date = date;
  }

  /**
   * How a response goes out.
   *
   * @param version what the client knows
   * @param withoutBody the request was {@code HEAD}
   * @param keepAlive the connection stays open
   */
  record Manner(HttpVersion version, boolean withoutBody, boolean keepAlive) {}

  @Coroutine
  void write(Response response, Manner manner) throws IOException {
    writer.write(head(response, manner));
    boolean withoutBody = manner.withoutBody() || Status.hasNoBody(response.status());
    if (response.body() instanceof Response.Streamed streamed) {
      try (AsyncGenerator<byte[]> pieces = streamed.pieces()) {
        if (!withoutBody) {
          await(ResponseWriterAsync.writePieces(this, pieces, manner.version()));
        }
      }
    } else if (response.body() instanceof Response.Whole whole && !withoutBody) {
      writer.write(whole.bytes());
    }
    await(ResponseWriterAsync.drain(this));
  }

  @Coroutine
  void writePieces(AsyncGenerator<byte[]> pieces, HttpVersion version) throws IOException {
    boolean chunked = version != HttpVersion.HTTP_1_0;
    for (byte[] piece : pieces) {
      if (piece.length > 0) { // an empty chunk would be the last
        writePiece(piece, chunked);
        await(ResponseWriterAsync.drain(this));
      }
    }
    if (chunked) {
      writer.write(LAST_CHUNK);
    }
  }

  @Coroutine
  void drain() throws ClientGoneException {
    try {
      await(writer.drain());
    } catch (IOException | AsyncTimeoutException e) {
      throw new ClientGoneException(e);
    }
  }

  void writePiece(byte[] piece, boolean chunked) {
    if (!chunked) {
      writer.write(piece);
      return;
    }
    writer.write(Integer.toHexString(piece.length));
    writer.write(LINE_END);
    writer.write(piece);
    writer.write(LINE_END);
  }

  byte[] head(Response response, Manner manner) {
    StringBuilder head = new StringBuilder(256);
    int status = response.status();
    head.append("HTTP/1.1 ").append(status).append(' ').append(Status.reason(status));
    head.append("\r\nDate: ").append(date.now()).append("\r\n");
    response.headers().appendTo(head);
    appendFraming(response, manner, head);
    if (!manner.keepAlive()) {
      head.append("Connection: close\r\n");
    } else if (manner.version() == HttpVersion.HTTP_1_0) {
      head.append("Connection: keep-alive\r\n");
    }
    return head.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  private static void appendFraming(Response response, Manner manner, StringBuilder head) {
    if (Status.hasNoBody(response.status())) {
      return;
    }
    if (response.body() instanceof Response.Whole whole) {
      head.append("Content-Length: ").append(whole.bytes().length).append("\r\n");
    } else if (manner.version() != HttpVersion.HTTP_1_0) {
      head.append("Transfer-Encoding: chunked\r\n");
    }
  }
}
