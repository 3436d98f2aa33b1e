package io.fermata.net;

import io.fermata.AsyncTimeoutException;
import io.fermata.Suspension;
import io.fermata.Task;
import io.fermata.TimerHandle;
import io.fermata.internal.net.Buffers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has come in and was not given to anybody. It is read from the system by the task that waits
 * for it, in that task's own step, so that what a cancelled task does not get was never taken. What
 * nobody waits for is read ahead, up to twice the limit.
 */
final class Input {
  private static final byte[] NOTHING = {};

  private final Link link;
  private int limit;
  private Charset charset = StandardCharsets.UTF_8;
  private @Nullable CharsetDecoder decoder;

  /** The bytes from {@link #start} to {@link #end} of it. */
  private byte[] buffer = NOTHING;

  private int start;
  private int end;

  /** So many bytes from the start on hold no line end. */
  private int searched;

  /** A line was too long, and its rest is still to come: no read is to see that. */
  private boolean inLongLine;

  /** So much of such a line was dropped while nobody read. */
  private int droppedAhead;

  /** Nothing comes behind what is here: the peer has ended, or its part was taken for ended. */
  private boolean atEnd;

  /** The system may have something to read. */
  private boolean readable;

  final Suspension arrival = new Suspension(new Purpose());

  /** Who reads, from its first step to its last; null for nobody. */
  private @Nullable ReadOperation<?> owner;

  private @Nullable Task<?> reader;

  /** How long a read may take; 0 for no limit. */
  private final long timeLimit;

  private long deadline = Long.MAX_VALUE;

  /** Set for the deadline of this read or of one before: it is moved when it rings too early. */
  private @Nullable TimerHandle timer;

  Input(Link link, StreamSettings settings) {
    this.link = link;
    this.limit = settings.limit();
    this.timeLimit = settings.readLimit() == null ? 0 : settings.readLimit().toNanos();
  }

  // From the system.

  /** The transport is ready to be read. */
  void ready() {
    readable = true;
    if (arrival.isWaiting()) {
      arrival.resume();
    } else if (owner == null) {
      readAhead();
    }
  }

  private void readAhead() {
    int room = (int) Math.min(2L * limit + 1, Integer.MAX_VALUE) - buffered() - droppedAhead;
    if (room <= 0) {
      link.wantToRead(false);
    } else {
      pull(room);
    }
  }

  boolean isReadable() {
    return readable;
  }

  /** Whether what arrives may go to the one who reads without passing through here. */
  boolean isPassed() {
    return !inLongLine;
  }

  /** Reads once, at most {@code room} bytes; gives whether any came. */
  boolean pull(int room) {
    readable = false;
    ByteBuffer arrived = Buffers.ofThread().toRead(room);
    if (pullInto(arrived) == 0) {
      return false;
    }
    arrived.flip();
    if (inLongLine) {
      dropRestOfLine(arrived);
    }
    if (arrived.hasRemaining()) {
      append(arrived);
    }
    return true;
  }

  private void dropRestOfLine(ByteBuffer arrived) {
    while (inLongLine && arrived.hasRemaining()) {
      inLongLine = arrived.get() != '\n';
    }
    if (owner == null) {
      droppedAhead += arrived.position();
    }
  }

  /** Reads once into {@code target}, ahead of nothing; gives what the transport gives, or 0. */
  int pullInto(ByteBuffer target) {
    readable = false;
    try {
      int count = link.transport.read(target);
      if (count < 0) {
        atEnd = true;
        link.wantToRead(false);
        return 0;
      }
      return count;
    } catch (IOException e) {
      link.lost(e);
      return 0;
    }
  }

  /**
   * The peer takes nothing any more: what it has sent before stays to be read, and that it has
   * ended before. A reset that a write was told of looks like an end behind that; but only who
   * writes to a peer that had ended is told of a broken pipe.
   */
  void salvage(IOException ofWrite) {
    boolean endedBefore = atEnd || "Broken pipe".equals(ofWrite.getMessage());
    boolean more = true;
    while (more) {
      more = pull(Buffers.SIZE);
    }
    atEnd &= endedBefore;
  }

  private void append(ByteBuffer arrived) {
    int count = arrived.remaining();
    if (start == end) {
      buffer = new byte[count];
      start = 0;
      end = 0;
    } else if (buffer.length - end < count) {
      int kept = end - start;
      byte[] larger = kept + count <= buffer.length / 2 ? buffer : new byte[roomFor(kept, count)];
      System.arraycopy(buffer, start, larger, 0, kept);
      buffer = larger;
      start = 0;
      end = kept;
    }
    arrived.get(buffer, end, count);
    end += count;
  }

  private static int roomFor(int kept, int more) {
    long needed = (long) kept + more;
    if (needed > Integer.MAX_VALUE - 8) {
      throw new OutOfMemoryError("more than 2 GiB are in one reader");
    }
    return (int) Math.min(Math.max(needed, 2L * kept), Integer.MAX_VALUE - 8);
  }

  // The one who reads.

  void begin(ReadOperation<?> operation, Task<?> task) {
    link.checkLoop(task.loop());
    if (owner != null && reader != null) {
      throw new IllegalStateException(
          "the "
              + link
              + " is read by "
              + reader.getName()
              + (reader.getStack().isEmpty() ? "" : " at " + place(reader))
              + " already: one task at a time may read.");
    }
    owner = operation;
    reader = task;
    droppedAhead = 0;
    if (timeLimit > 0) {
      deadline = link.loop.time() + timeLimit;
    }
  }

  private static StackTraceElement place(Task<?> task) {
    List<StackTraceElement> stack = task.getStack();
    // The innermost frame is the reader's own.
    return stack.get(Math.max(0, stack.size() - 2));
  }

  void end(ReadOperation<?> operation) {
    if (owner == operation) {
      owner = null;
      reader = null;
      deadline = Long.MAX_VALUE;
      readAheadAgain();
    }
  }

  /** There may be room again: who reads may be slower than the peer, and is to see its end. */
  private void readAheadAgain() {
    if (buffered() <= limit && !atEnd) {
      link.wantToRead(true);
    }
  }

  /** Before the one who reads waits. */
  void prepareToWait() {
    if (deadline != Long.MAX_VALUE) {
      if (link.loop.time() >= deadline) {
        throw timeIsUp();
      }
      if (timer == null) {
        timer = link.loop.callAt(deadline, this::ring);
      }
    }
    link.wantToRead(true);
  }

  private void ring() {
    timer = null;
    if (deadline == Long.MAX_VALUE) {
      return;
    }
    if (link.loop.time() < deadline) {
      timer = link.loop.callAt(deadline, this::ring);
    } else if (arrival.isWaiting()) {
      arrival.fail(timeIsUp());
    }
  }

  private AsyncTimeoutException timeIsUp() {
    return new AsyncTimeoutException(
        "a read from the " + link + " took longer than its limit", null);
  }

  /** Has the one who waits look again. */
  void wake() {
    if (arrival.isWaiting()) {
      arrival.resume();
    }
  }

  /** The connection has ended. */
  void ended() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    wake();
  }

  /** Has the reader find the end behind what is here. */
  void endHere() {
    atEnd = true;
    link.wantToRead(false);
    wake();
  }

  /** Throws if nothing will come any more, and not because of the end. */
  void checkReadable() throws IOException {
    link.checkReadable();
  }

  // What is there.

  int buffered() {
    return end - start;
  }

  boolean isEmpty() {
    return start == end;
  }

  /** Whether nothing comes behind what is here. */
  boolean isAtEnd() {
    return atEnd;
  }

  void limit(int newLimit) {
    limit = newLimit;
    readAheadAgain();
  }

  void charset(Charset newCharset) {
    charset = newCharset;
    decoder = null;
  }

  /** Takes the first {@code count} bytes, which are there. */
  byte[] take(int count) {
    byte[] taken;
    if (start == 0 && count == end && count == buffer.length) {
      taken = buffer;
      buffer = NOTHING;
      end = 0;
    } else {
      taken = Arrays.copyOfRange(buffer, start, start + count);
      drop(count);
    }
    searched = 0;
    return taken;
  }

  /** Takes as much as is there and there is room for. */
  int takeInto(ByteBuffer target) {
    int count = Math.min(buffered(), target.remaining());
    target.put(buffer, start, count);
    drop(count);
    return count;
  }

  private void drop(int count) {
    start += count;
    searched = 0;
    if (start == end) {
      buffer = NOTHING;
      start = 0;
      end = 0;
    }
  }

  /**
   * Where the first of the separators ends, counted from the start; -1 if none is there.
   *
   * @param searched so many bytes from the start on were looked at before
   */
  int endOfSeparator(byte[][] separators, int searched) throws LimitOverrunException {
    int longest = 0;
    for (byte[] separator : separators) {
      longest = Math.max(longest, separator.length);
    }
    for (int to = behindEnding(separators, start + searched);
        to <= end;
        to = behindEnding(separators, to)) {
      for (byte[] separator : separators) {
        int from = to - separator.length;
        if (from >= start && Arrays.equals(buffer, from, to, separator, 0, separator.length)) {
          checkLength("what ends in a separator", from - start);
          return to - start;
        }
      }
    }
    checkLength("what is to end in a separator", buffered() + 1 - longest);
    return -1;
  }

  /**
   * Behind the next byte that may end a separator. Where all end in the same byte, as those of
   * lines do, it alone is looked for, which is ten times faster.
   */
  private int behindEnding(byte[][] separators, int from) {
    byte ending = lastOf(separators[0]);
    for (byte[] separator : separators) {
      if (lastOf(separator) != ending) {
        return from + 1;
      }
    }
    int i = from;
    while (i < end && buffer[i] != ending) {
      i++;
    }
    return i + 1;
  }

  private static byte lastOf(byte[] separator) {
    return separator[separator.length - 1];
  }

  private void checkLength(String what, int length) throws LimitOverrunException {
    if (length > limit) {
      throw overrun(what, length);
    }
  }

  private LimitOverrunException overrun(String what, int length) {
    return new LimitOverrunException(
        what
            + " from the "
            + link
            + " has "
            + length
            + " bytes or more, and the limit is "
            + limit
            + ": set another with setLimit, or in the options",
        length);
  }

  /** The next line without its end; null at the end; {@link ReadOperation#NOT_YET}. */
  @Nullable Object takeLine() throws IOException {
    int lineEnd = findLineEnd();
    if (lineEnd >= 0) {
      return lineUpTo(lineEnd);
    }
    int length = buffered() - (!isEmpty() && buffer[end - 1] == '\r' ? 1 : 0);
    if (length > limit) {
      drop(buffered());
      inLongLine = !atEnd;
      throw overrun("a line", length);
    }
    if (!nothingMore()) {
      return ReadOperation.NOT_YET;
    }
    return isEmpty() ? null : decodeAndDrop(buffered(), buffered());
  }

  /** Whether the end is reached; throws if nothing can be read any more. */
  private boolean nothingMore() throws IOException {
    if (!atEnd) {
      checkReadable();
    }
    return atEnd;
  }

  private int findLineEnd() {
    for (int i = start + searched; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    searched = buffered();
    return -1;
  }

  private String lineUpTo(int lineEnd) throws IOException {
    boolean carriageReturn = lineEnd > start && buffer[lineEnd - 1] == '\r';
    int length = lineEnd - start - (carriageReturn ? 1 : 0);
    int whole = lineEnd + 1 - start;
    if (length > limit) {
      drop(whole);
      throw overrun("a line", length);
    }
    return decodeAndDrop(length, whole);
  }

  /** The first {@code length} bytes as text; {@code whole} bytes go, also if they are none. */
  private String decodeAndDrop(int length, int whole) throws IOException {
    byte[] bytes = buffer;
    int from = start;
    drop(whole);
    if (isAscii(bytes, from, length)) {
      return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
    if (decoder == null) {
      decoder =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
    }
    CharBuffer text = decoder.decode(ByteBuffer.wrap(bytes, from, length));
    return text.toString();
  }

  private static boolean isAscii(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** What a task waits for that reads. */
  private final class Purpose {
    @Override
    public String toString() {
      return "data from " + Texts.of(link.transport.remoteAddress());
    }
  }
}
