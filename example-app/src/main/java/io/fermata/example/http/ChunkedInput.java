package io.fermata.example.http;

import static io.fermata.Async.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fermata.Coroutine;
import io.fermata.net.IncompleteReadException;
import io.fermata.net.LimitOverrunException;
import io.fermata.net.StreamReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a body that comes in chunks (RFC 9112, 7.1).
 *
 * <pre>
 *  SIZE --more than 0--&gt; DATA --all of it--&gt; END --CR LF--&gt; SIZE
 *    \--0--&gt; TRAILERS --empty line--&gt; OVER
 * </pre>
 *
 * <p>The state is always that of what was taken from the reader, so that a read that is cancelled
 * can be followed by another one.
 */
final class ChunkedInput {
  /** Of 15 digits at most, so that none overflows; extensions mean nothing here. */
  private static final Pattern SIZE =
      Pattern.compile("([0-9A-Fa-f]{1,15})([ \t]*;[^\r\n]{0,200})?\r\n");

  static final byte[] LINE_END = {'\n'};

  enum State {
    SIZE,
    DATA,
    END,
    TRAILERS,
    OVER
  }

  final StreamReader reader;
  final HttpLimits limits;
  final ByteArrayOutputStream trailers = new ByteArrayOutputStream(0);
  State state = State.SIZE;
  long left;

  ChunkedInput(StreamReader reader, HttpLimits limits) {
    this.reader = reader;
    this.limits = limits;
  }

  /** The next piece, of {@code max} bytes at most; an empty one at the end. */
  @Coroutine
  byte[] read(int max) throws IOException {
    while (state != State.OVER) {
      switch (state) {
        case SIZE -> startChunk(await(ChunkedInputAsync.readLine(this)));
        case DATA -> {
          byte[] piece = await(reader.read((int) Math.min(max, left)));
          if (piece.length == 0) {
            throw endedEarly();
          }
          left -= piece.length;
          state = left == 0 ? State.END : State.DATA;
          return piece;
        }
        case END -> endChunk(await(ChunkedInputAsync.readLine(this)));
        case TRAILERS -> addTrailer(await(ChunkedInputAsync.readLine(this)));
        case OVER -> {}
      }
    }
    return new byte[0];
  }

  @Coroutine
  String readLine() throws IOException {
    try {
      return new String(await(reader.readUntil(LINE_END)), ISO_8859_1);
    } catch (IncompleteReadException e) {
      throw endedEarly();
    } catch (LimitOverrunException e) {
      throw malformed();
    }
  }

  void startChunk(String line) {
    Matcher size = SIZE.matcher(line);
    if (!size.matches()) {
      throw malformed();
    }
    left = Long.parseLong(size.group(1), 16);
    state = left == 0 ? State.TRAILERS : State.DATA;
  }

  void endChunk(String line) {
    if (!line.equals("\r\n")) {
      throw malformed();
    }
    state = State.SIZE;
  }

  void addTrailer(String line) {
    trailers.writeBytes(line.getBytes(ISO_8859_1));
    if (trailers.size() > limits.headBytes()) {
      throw new HttpException(431, "the headers behind the body are too long");
    }
    if (line.equals("\r\n") || line.equals("\n")) {
      RequestParser.checkTrailers(trailers.toByteArray(), limits);
      state = State.OVER;
    }
  }

  static HttpException endedEarly() {
    return new HttpException(400, "the body ends before its end");
  }

  static HttpException malformed() {
    return new HttpException(400, "the body's chunks are malformed");
  }
}
