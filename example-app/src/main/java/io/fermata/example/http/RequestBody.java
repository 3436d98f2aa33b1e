package io.fermata.example.http;

import static io.fermata.Async.await;
import static io.fermata.Async.timeout;

import io.fermata.AsyncGenerator;
import io.fermata.AsyncTimeoutException;
import io.fermata.Coroutine;
import io.fermata.Emitter;
import io.fermata.EventLoop;
import io.fermata.ThrowingCoro;
import io.fermata.Timeout;
import io.fermata.net.StreamReader;
import io.fermata.net.StreamWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, read piece by piece when the handler asks for it: a client can't send
 * faster than the handler reads, and what no handler reads takes no memory.
 */
public final class RequestBody {
  /** Of what a piece has at most. */
  static final int PIECE = 16 * 1024;

  /** What is rather read away than the connection given up. */
  static final int SHORT = 64 * 1024;

  final StreamReader reader;
  final StreamWriter writer;
  final HttpLimits limits;
  final @Nullable ChunkedInput chunks;

  /** What is to come of a body with a length. */
  long left;

  long received;
  boolean over;
  boolean broken;
  boolean continueAwaited;
  long nanosLeft;

  RequestBody(
      Framing framing,
      boolean continueAwaited,
      StreamReader reader,
      StreamWriter writer,
      HttpLimits limits) {
    this.reader = reader;
    this.writer = writer;
    this.limits = limits;
    this.chunks = framing.chunked() ? new ChunkedInput(reader, limits) : null;
    this.left = framing.length();
    this.over = !framing.chunked() && left == 0;
    this.continueAwaited = continueAwaited;
    this.nanosLeft = limits.bodyTime().toNanos();
  }

  /**
   * Reads the next piece; at the end, it gives an empty array.
   *
   * @return a coroutine that gives a piece, and throws {@link HttpException} if the body is
   *     malformed, too large, or too slow
   */
  public ThrowingCoro<byte[], IOException> read() {
    return RequestBodyAsync.readPiece(this);
  }

  /** {@return a coroutine that reads all that is left} */
  public ThrowingCoro<byte[], IOException> readAll() {
    return RequestBodyAsync.readToEnd(this);
  }

  /** {@return the pieces up to the end, for a loop in a coroutine or a response} */
  public AsyncGenerator<byte[]> pieces() {
    sayContinue(); // a response may begin before the first piece is read, and then it is too late
    return RequestBodyAsync.emitPieces(this);
  }

  /** Has a client send its body that asked whether it should. */
  void sayContinue() {
    if (continueAwaited) {
      continueAwaited = false;
      writer.write("HTTP/1.1 100 Continue\r\n\r\n");
    }
  }

  /** From here on there is nothing but the response. */
  void responseBegins() {
    continueAwaited = false;
  }

  @Coroutine
  byte[] readPiece() throws IOException {
    if (over) {
      return new byte[0];
    }
    sayContinue();
    boolean whole = false;
    long started = EventLoop.running().time();
    try (Timeout limit = timeout(Duration.ofNanos(nanosLeft))) {
      byte[] piece = await(RequestBodyAsync.readNow(this));
      whole = true;
      return piece;
    } catch (AsyncTimeoutException e) {
      throw new HttpException(408, "the body took too long");
    } catch (IOException e) {
      throw new ClientGoneException(e);
    } finally {
      broken |= !whole;
      nanosLeft -= EventLoop.running().time() - started;
    }
  }

  @Coroutine
  byte[] readNow() throws IOException {
    byte[] piece;
    if (chunks != null) {
      piece = await(ChunkedInputAsync.read(chunks, PIECE));
      over = piece.length == 0;
    } else {
      piece = await(reader.read((int) Math.min(PIECE, left)));
      if (piece.length == 0) {
        throw ChunkedInput.endedEarly();
      }
      left -= piece.length;
      over = left == 0;
    }
    received += piece.length;
    if (received > limits.bodyBytes()) {
      throw Framing.tooLarge(limits);
    }
    return piece;
  }

  @Coroutine
  byte[] readToEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = await(read());
    while (piece.length > 0) {
      all.writeBytes(piece);
      piece = await(read());
    }
    return all.toByteArray();
  }

  @Coroutine
  void emitPieces(Emitter<byte[]> out) {
    try {
      byte[] piece = await(read());
      while (piece.length > 0) {
        out.emit(piece);
        piece = await(read());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isOver() {
    return over;
  }

  /** Whether another request may be read behind this body, once {@link #skip} has ended. */
  boolean isNearlyOver() {
    return !broken && (over || (chunks == null && left <= SHORT && !continueAwaited));
  }

  @Coroutine
  void skip() throws IOException {
    while (!over) {
      await(read());
    }
  }
}
