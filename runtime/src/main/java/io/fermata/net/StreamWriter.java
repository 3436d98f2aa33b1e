package io.fermata.net;

import io.fermata.ThrowingCoro;
import io.fermata.codegen.LineTable;
import io.fermata.internal.net.Buffers.Piece;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing half of a {@link Connection}.
 *
 * <pre>{@code
 * writer.write("GET / HTTP/1.0\r\n");
 * writer.write("\r\n");
 * await(writer.drain());
 * }</pre>
 *
 * <p>{@code write} never waits: what is written is gathered, and handed to the system in order, at
 * the latest when the running step of the task and the loop's pass have ended. Who writes more than
 * a peer may be ready to read awaits {@link #drain}, which waits while more than the high mark is
 * unsent; or uses {@link #send} alone, which has that in it.
 *
 * <p><b>Failures.</b> {@code write} throws none. When the connection is lost, or this side has
 * closed it, what is written is dropped, and each {@code drain} and {@code send} says so.
 *
 * <p><b>Thread.</b> The loop's.
 *
 * <p>asyncio: {@code StreamWriter}.
 */
public final class StreamWriter {
  private final Connection connection;
  private final @Nullable Duration timeLimit;
  private Charset charset = StandardCharsets.UTF_8;

  /** Have ended, and serve again: a request on an open connection allocates nothing. */
  private @Nullable Drain freeDrain;

  private @Nullable Send freeSend;

  StreamWriter(Connection connection, @Nullable Duration timeLimit) {
    this.connection = connection;
    this.timeLimit = timeLimit;
  }

  Link link() {
    return connection.link();
  }

  @Nullable Duration timeLimit() {
    return timeLimit;
  }

  /** {@return the connection that this is the outgoing half of} */
  public Connection connection() {
    return connection;
  }

  /**
   * Writes all of an array, which may be used anew at once.
   *
   * @param bytes what is written
   * @throws IllegalStateException if {@link #writeEof} was called
   */
  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  /**
   * Writes a part of an array, which may be used anew at once.
   *
   * @param bytes the array
   * @param offset where the part begins
   * @param count how many bytes it has
   * @throws IndexOutOfBoundsException if it is not a part of the array
   * @throws IllegalStateException if {@link #writeEof} was called
   */
  public void write(byte[] bytes, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    link().checkThread();
    link().output.write(bytes, offset, count);
  }

  /**
   * Writes what remains in a buffer, which may be used anew at once; its position is then its
   * limit.
   *
   * @param bytes what is written
   * @throws IllegalStateException if {@link #writeEof} was called
   */
  public void write(ByteBuffer bytes) {
    Objects.requireNonNull(bytes, "bytes");
    link().checkThread();
    link().output.write(bytes);
  }

  /**
   * Writes text, in UTF-8 unless {@link #setCharset} says otherwise.
   *
   * @param text what is written
   * @throws IllegalStateException if {@link #writeEof} was called
   */
  public void write(CharSequence text) {
    write(text.toString().getBytes(charset));
  }

  /**
   * The charset of text, UTF-8 by default.
   *
   * @param newCharset how text is encoded from now on
   */
  public void setCharset(Charset newCharset) {
    charset = Objects.requireNonNull(newCharset, "charset");
  }

  /**
   * Hands what was written to the system, and waits while more than the high mark is left; then
   * until it is the low mark at most. Does not suspend if there is nothing to wait for.
   *
   * <p>The coroutine may serve again, as that of {@link StreamReader#read}.
   *
   * @return a coroutine that throws if what was written is lost
   */
  public ThrowingCoro<Void, IOException> drain() {
    Drain free = freeDrain;
    if (free == null || !link().mayReuse()) {
      return new Drain(this);
    }
    freeDrain = null;
    free.renew();
    return free;
  }

  /**
   * Writes what remains in a buffer, and waits until all of it was handed to the system. It is not
   * copied, so that it must be left alone until then. What was written before goes first. If the
   * coroutine ends before, the buffer's position tells what has gone.
   *
   * <p>The coroutine may serve again, as that of {@link StreamReader#read}.
   *
   * @param bytes what is written
   * @return a coroutine that throws if it is lost
   */
  public ThrowingCoro<Void, IOException> send(ByteBuffer bytes) {
    Objects.requireNonNull(bytes, "bytes");
    Send free = freeSend;
    if (free == null || !link().mayReuse()) {
      return new Send(this, bytes);
    }
    freeSend = null;
    free.bytes = bytes;
    free.renew();
    return free;
  }

  /**
   * Sends a part of a file, without copying it where the system can. It goes behind what was
   * written before, and before what is written from then on. If the file is shorter, what there is
   * is sent. Afterwards, however the coroutine ends, the file's position is behind the last byte
   * that was sent. The file is read in other threads, those of {@code toThread}, and must not be
   * used otherwise until then.
   *
   * <pre>{@code
   * try (FileChannel file = FileChannel.open(path)) {
   *   writer.write("HTTP/1.1 200 OK\r\nContent-Length: " + file.size() + "\r\n\r\n");
   *   await(writer.transferFrom(file, 0, file.size()));
   * }
   * }</pre>
   *
   * <p>A cancellation comes out as soon as the system has taken, or refused, what it was just
   * given: the file is never closed by it. asyncio: {@code loop.sendfile}.
   *
   * @param file opened for reading
   * @param offset where the part begins, in bytes
   * @param count how many bytes it has
   * @return a coroutine that gives how many bytes were sent, and throws if the connection is lost
   *     or the file can't be read
   * @throws IllegalArgumentException if the offset or the count is negative
   */
  public ThrowingCoro<Long, IOException> transferFrom(FileChannel file, long offset, long count) {
    if (offset < 0 || count < 0) {
      throw new IllegalArgumentException(
          "a part of a file begins at 0 or behind and has 0 bytes or more: got offset "
              + offset
              + ", count "
              + count
              + ".");
    }
    return new TransferFrom(this, Objects.requireNonNull(file, "file"), offset, count);
  }

  /**
   * Ends the outgoing side behind what was written: the peer reads the end, and may still answer.
   * Again, or after the end of the connection: no effect.
   *
   * @throws UnsupportedOperationException if {@link #canWriteEof} is false
   */
  public void writeEof() {
    link().checkThread();
    if (!canWriteEof()) {
      throw new UnsupportedOperationException(
          "the " + link() + " can't be ended in one direction: close it instead.");
    }
    link().output.writeEof();
  }

  /** {@return whether one direction can be ended alone} */
  public boolean canWriteEof() {
    return link().transport.canShutdownOutput();
  }

  /** Begins to close the connection, as {@link Connection#close}. */
  public void close() {
    connection.beginClose();
  }

  /** Ends the connection at once, as {@link Connection#abort}. */
  public void abort() {
    connection.abort();
  }

  /** {@return whether the connection is closed, or about to be} */
  public boolean isClosing() {
    return !link().isOpen();
  }

  /**
   * Waits until the connection is closed; does not begin to close it.
   *
   * @return a coroutine that throws if what was written could not all be handed to the system
   */
  public ThrowingCoro<Void, IOException> whenClosed() {
    return connection.whenClosed();
  }

  /**
   * Sets from how much unsent on {@link #drain} waits, 64 KiB by default, and until how much, a
   * quarter by default.
   *
   * @param high the high mark, in bytes
   * @param low the low mark, at most the high one
   * @throws IllegalArgumentException if they are not in that order, or negative
   */
  public void setMarks(int high, int low) {
    StreamSettings.checkMarks(high, low);
    link().output.marks(high, low);
  }

  /** {@return how many bytes were written and not handed to the system} */
  public long buffered() {
    return link().output.buffered();
  }

  @Override
  public String toString() {
    return "StreamWriter[" + connection + ", buffered=" + buffered() + "]";
  }

  private static final class Drain extends WriteOperation {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "io.fermata.net.StreamWriter", "drain", "StreamWriter.java", "", "");

    private boolean tooMuch;

    Drain(StreamWriter writer) {
      super(writer);
    }

    @Override
    void begin(Output output) {
      output.flushUnlessBlocked();
      tooMuch = output.isAboveHigh();
    }

    @Override
    boolean mayGoOn() {
      return !tooMuch || !writer.link().output.isAboveLow();
    }

    @Override
    void hasGiven() {
      writer.freeDrain = this;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static final class Send extends WriteOperation {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "io.fermata.net.StreamWriter", "send", "StreamWriter.java", "", "");

    private @Nullable ByteBuffer bytes;
    private @Nullable Piece queued;

    Send(StreamWriter writer, ByteBuffer bytes) {
      super(writer);
      this.bytes = bytes;
    }

    @Override
    void begin(Output output) throws IOException {
      queued = output.send(Objects.requireNonNull(bytes));
    }

    @Override
    boolean mayGoOn() {
      return !Objects.requireNonNull(bytes).hasRemaining();
    }

    @Override
    void withdraw(Output output) {
      if (queued != null) {
        output.withdraw(queued);
      }
    }

    @Override
    void hasGiven() {
      writer.freeSend = this;
    }

    @Override
    protected void clear() {
      super.clear();
      bytes = null;
      queued = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
