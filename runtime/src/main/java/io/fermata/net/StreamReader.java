package io.fermata.net;

import io.fermata.AsyncIterable;
import io.fermata.AsyncIterator;
import io.fermata.Awaitable;
import io.fermata.Task;
import io.fermata.ThrowingCoro;
import io.fermata.codegen.LineTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The incoming half of a {@link Connection}.
 *
 * <pre>{@code
 * for (String line : reader.lines()) {
 *   System.out.println(line);
 * }
 * }</pre>
 *
 * <p>What is read belongs to the caller: each array is a fresh one. Nothing is taken before the
 * coroutine is awaited, and what one that was cancelled, timed out or failed has not given is there
 * for the next.
 *
 * <p><b>Failures.</b> Data that came before the end or before a failure are given first. A
 * connection that was reset gives {@link ConnectionLostException}, one that this side has closed
 * {@link ConnectionClosedException}, each time.
 *
 * <p><b>Limit.</b> It bounds what {@link #readLine} and {@link #readUntil} search, 64 KiB by
 * default. While nobody reads, up to twice as much is read ahead; then the peer has to wait.
 *
 * <p><b>Thread.</b> The loop's, and one task at a time.
 *
 * <p>asyncio: {@code StreamReader}.
 */
public final class StreamReader {
  private final Connection connection;
  private int limit;

  /** Have ended, and serve again: a request on an open connection allocates nothing. */
  private @Nullable Read freeRead;

  private @Nullable ReadInto freeReadInto;

  StreamReader(Connection connection, int limit) {
    this.connection = connection;
    this.limit = limit;
  }

  Input input() {
    return connection.link().input;
  }

  /** {@return the connection that this is the incoming half of} */
  public Connection connection() {
    return connection;
  }

  /**
   * Reads what is there, at least one byte; waits if nothing is. Gives an empty array at the end.
   *
   * <p>The coroutine that this gives may, once it has given its result to another that awaited it,
   * be the one that a later call gives: do not keep it past its end. In debug mode each call gives
   * a new one, so that whoever awaits one twice is told.
   *
   * @param max how many bytes at most; 0 gives an empty array at once
   * @return a coroutine that gives a fresh array
   * @throws IllegalArgumentException if {@code max} is negative
   */
  public ThrowingCoro<byte[], IOException> read(int max) {
    requireNotNegative(max, "read");
    Read free = freeRead;
    if (free == null || !connection.link().mayReuse()) {
      return new Read(this, max);
    }
    freeRead = null;
    free.max = max;
    free.renew();
    return free;
  }

  /** {@return a coroutine that reads all up to the end, and gives it in a fresh array} */
  public ThrowingCoro<byte[], IOException> readAll() {
    return new ReadAll(this);
  }

  /**
   * Reads exactly so many bytes. If the stream ends before, the coroutine throws {@link
   * IncompleteReadException}, which has those that were there.
   *
   * @param count how many bytes; more than the limit is fine
   * @return a coroutine that gives a fresh array
   * @throws IllegalArgumentException if {@code count} is negative
   */
  public ThrowingCoro<byte[], IOException> readExactly(int count) {
    requireNotNegative(count, "readExactly");
    return new ReadExactly(this, count);
  }

  /**
   * Reads up to and with the separator; of several, the one that ends first. If the stream ends
   * before, the coroutine throws {@link IncompleteReadException}; if the limit comes before, {@link
   * LimitOverrunException}, and all stays in the reader.
   *
   * @param separators what ends it, one or more, none of them empty
   * @return a coroutine that gives a fresh array
   * @throws IllegalArgumentException if there is no separator, or an empty one
   */
  public ThrowingCoro<byte[], IOException> readUntil(byte[]... separators) {
    byte[][] own = separators.clone();
    for (int i = 0; i < own.length; i++) {
      own[i] = own[i].clone();
    }
    if (own.length == 0 || Arrays.stream(own).anyMatch(separator -> separator.length == 0)) {
      throw new IllegalArgumentException("readUntil needs a separator of one byte at least.");
    }
    return new ReadUntil(this, own);
  }

  /**
   * Reads a line, which ends in {@code \n} or {@code \r\n} or with the stream, and gives it without
   * its end, as text in the reader's charset; null at the end of the stream.
   *
   * <p>A line over the limit is taken away, and the coroutine throws {@link LimitOverrunException};
   * if its end is still to come, it is taken away up to that as it comes, and whatever read is next
   * gets what is behind it. One that is not text in the charset is taken away, and it throws {@link
   * java.nio.charset.MalformedInputException}.
   *
   * @return a coroutine that gives the line, or null
   */
  public ThrowingCoro<@Nullable String, IOException> readLine() {
    return new ReadLine(this);
  }

  /**
   * The lines up to the end, for a loop in a coroutine: "async for". Leaving the loop early leaves
   * the rest in the reader. What {@link #readLine} throws comes as {@link UncheckedIOException},
   * since a {@code for} statement has no place for checked exceptions.
   *
   * @return the lines
   */
  public AsyncIterable<String> lines() {
    return () -> new Lines(this);
  }

  /**
   * Reads what is there into a buffer, as far as there is room; waits if nothing is. Gives how many
   * bytes, -1 at the end, 0 for a buffer without room. Nothing is copied on the way if the buffer
   * is a direct one and nothing was read ahead.
   *
   * <p>Awaited in a coroutine it allocates nothing: see {@link #read} on its coroutine.
   *
   * @param target filled from its position on; not to be touched before the coroutine has ended
   * @return a coroutine that gives the number of bytes
   * @throws IllegalArgumentException if the buffer is read-only
   */
  public ThrowingCoro<Integer, IOException> readInto(ByteBuffer target) {
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("the buffer is read-only: give one that can be filled.");
    }
    ReadInto free = freeReadInto;
    if (free == null || !connection.link().mayReuse()) {
      return new ReadInto(this, target);
    }
    freeReadInto = null;
    free.target = target;
    free.count = 0;
    free.renew();
    return free;
  }

  /** {@return whether the peer has ended its side and all of it was read} */
  public boolean atEof() {
    return input().isAtEnd() && input().isEmpty();
  }

  /** {@return how many bytes were read ahead} */
  public int buffered() {
    return input().buffered();
  }

  /**
   * The charset of lines, UTF-8 by default.
   *
   * @param charset one in which a line end is the byte 10
   * @throws IllegalArgumentException if it is none, as UTF-16
   */
  public void setCharset(Charset charset) {
    if (!Arrays.equals("\n".getBytes(charset), new byte[] {'\n'})) {
      throw new IllegalArgumentException(
          "lines can't be told in " + charset + ": read bytes, and decode them.");
    }
    input().charset(charset);
  }

  /**
   * Sets the limit.
   *
   * @param newLimit in bytes
   * @throws IllegalArgumentException if it is not positive
   */
  public void setLimit(int newLimit) {
    limit = StreamSettings.checkLimit(newLimit);
    input().limit(newLimit);
  }

  /** {@return the limit, in bytes} */
  public int limit() {
    return limit;
  }

  private static void requireNotNegative(int count, String method) {
    if (count < 0) {
      throw new IllegalArgumentException(
          method + " of " + count + " bytes: give 0 or more, or call readAll.");
    }
  }

  @Override
  public String toString() {
    return "StreamReader["
        + connection
        + ", buffered="
        + buffered()
        + (atEof() ? ", at end]" : "]");
  }

  private static final class Read extends ReadOperation<byte[]> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "io.fermata.net.StreamReader", "read", "StreamReader.java", "", "");

    private int max;

    Read(StreamReader reader, int max) {
      super(reader);
      this.max = max;
    }

    @Override
    @Nullable Object attempt(Input input) throws IOException {
      if (max == 0 || !input.isEmpty() || input.isAtEnd()) {
        return input.take(Math.min(max, input.buffered()));
      }
      input.checkReadable();
      return NOT_YET;
    }

    @Override
    void hasGiven() {
      reader.freeRead = this;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static final class ReadAll extends ReadOperation<byte[]> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT, "io.fermata.net.StreamReader", "readAll", "StreamReader.java", "", "");

    ReadAll(StreamReader reader) {
      super(reader);
    }

    @Override
    @Nullable Object attempt(Input input) throws IOException {
      if (input.isAtEnd()) {
        return input.take(input.buffered());
      }
      input.checkReadable();
      return NOT_YET;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static final class ReadExactly extends ReadOperation<byte[]> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT, "io.fermata.net.StreamReader", "readExactly", "StreamReader.java", "", "");

    private final int count;

    ReadExactly(StreamReader reader, int count) {
      super(reader);
      this.count = count;
    }

    @Override
    @Nullable Object attempt(Input input) throws IOException {
      if (input.buffered() >= count) {
        return input.take(count);
      }
      if (input.isAtEnd()) {
        throw new IncompleteReadException(input.take(input.buffered()), count);
      }
      input.checkReadable();
      return NOT_YET;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static final class ReadUntil extends ReadOperation<byte[]> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT, "io.fermata.net.StreamReader", "readUntil", "StreamReader.java", "", "");

    private static final byte[][] NONE = {};

    private byte[][] separators;
    private int searched;

    ReadUntil(StreamReader reader, byte[][] separators) {
      super(reader);
      this.separators = separators;
    }

    @Override
    @Nullable Object attempt(Input input) throws IOException {
      int count = input.endOfSeparator(separators, searched);
      if (count >= 0) {
        return input.take(count);
      }
      searched = input.buffered();
      if (input.isAtEnd()) {
        throw new IncompleteReadException(input.take(searched));
      }
      input.checkReadable();
      return NOT_YET;
    }

    @Override
    protected void clear() {
      separators = NONE;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static final class ReadLine extends ReadOperation<@Nullable String> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT, "io.fermata.net.StreamReader", "readLine", "StreamReader.java", "", "");

    ReadLine(StreamReader reader) {
      super(reader);
    }

    @Override
    @Nullable Object attempt(Input input) throws IOException {
      return input.takeLine();
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private static final class ReadInto extends ReadOperation<Integer> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT, "io.fermata.net.StreamReader", "readInto", "StreamReader.java", "", "");

    private @Nullable ByteBuffer target;

    /** What came straight into the buffer. */
    private int count;

    ReadInto(StreamReader reader, ByteBuffer target) {
      super(reader);
      this.target = target;
    }

    @Override
    @Nullable Object attempt(Input input) throws IOException {
      if (count > 0) {
        return Counts.box(count);
      }
      ByteBuffer into = Objects.requireNonNull(target);
      if (!into.hasRemaining() || !input.isEmpty()) {
        return Counts.box(input.takeInto(into));
      }
      if (input.isAtEnd()) {
        return -1;
      }
      input.checkReadable();
      return NOT_YET;
    }

    @Override
    void hasGiven() {
      reader.freeReadInto = this;
    }

    @Override
    void pull(Input input) {
      if (input.isPassed()) {
        count = input.pullInto(Objects.requireNonNull(target));
      } else {
        super.pull(input);
      }
    }

    @Override
    protected void clear() {
      target = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  /** The iterator of {@link #lines()}. */
  private static final class Lines implements AsyncIterator<String> {
    private final StreamReader reader;
    private @Nullable String current;

    Lines(StreamReader reader) {
      this.reader = reader;
    }

    @Override
    public Awaitable<Boolean> moveNext() {
      return new Next(this);
    }

    @Override
    public String current() {
      return Objects.requireNonNull(current, "the loop has no line");
    }

    private static final class Next extends ReadOperation<Boolean> {
      private static final LineTable LINES =
          LineTable.of(
              CONTRACT, "io.fermata.net.StreamReader", "lines", "StreamReader.java", "", "");

      private final Lines lines;

      Next(Lines lines) {
        super(lines.reader);
        this.lines = lines;
      }

      @Override
      @Nullable Object attempt(Input input) throws IOException {
        Object line = input.takeLine();
        if (line == NOT_YET) {
          return NOT_YET;
        }
        lines.current = (String) line;
        return line != null;
      }

      @Override
      protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
          throws Throwable {
        try {
          return super.resume(task, sent, depth);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      protected LineTable lines() {
        return LINES;
      }
    }
  }
}
