package io.fermata.net;

import io.fermata.internal.net.Buffers;
import io.fermata.internal.net.Buffers.Piece;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was written and not handed to the system yet. It is gathered during a pass and handed over
 * at its end, or before if a task drains or there is much of it; interest in writing is set only
 * while something is left over.
 */
final class Output implements Runnable {
  /** When so much is there, it is handed over at once. */
  private static final int MUCH = 64 * 1024;

  /** The JDK copies all that a heap buffer holds for each attempt to write some of it. */
  private static final int MAX_SLICE = 128 * 1024;

  private final Link link;
  private int high;
  private int low;

  /** Ours, and those of {@code send}. */
  private final Deque<Piece> queue = new ArrayDeque<>(2);

  /** The last of the queue, if it is ours and open: what is written stands before its position. */
  private @Nullable ByteBuffer gathering;

  private long buffered;
  private boolean flushScheduled;

  /** The system takes no more for now: it tells when it does. */
  private boolean blocked;

  /** Whoever has reserved the first place waits until the system takes more. */
  private boolean roomAwaited;

  private boolean endWanted;
  private boolean endSent;

  /** Something was written that never got to the system. */
  private boolean dropped;

  private final List<WriteOperation> waiting = new ArrayList<>(0);

  Output(Link link, StreamSettings settings) {
    this.link = link;
    this.high = settings.high();
    this.low = settings.low();
  }

  void marks(int newHigh, int newLow) {
    high = newHigh;
    low = newLow;
    wakeThoseWhoMayGoOn();
  }

  long buffered() {
    return buffered;
  }

  boolean isAboveHigh() {
    return buffered > high;
  }

  boolean isAboveLow() {
    return buffered > low;
  }

  boolean hasDropped() {
    return dropped;
  }

  // Writing.

  void write(byte[] bytes, int offset, int count) {
    if (count > 0 && accepts()) {
      if (isMuch(count)) {
        writeMuch(ByteBuffer.wrap(bytes, offset, count));
      } else {
        gather(bytes, offset, count);
      }
    }
  }

  /** Takes all that remains. */
  void write(ByteBuffer bytes) {
    if (bytes.hasRemaining() && accepts()) {
      if (isMuch(bytes.remaining())) {
        writeMuch(bytes);
      } else {
        gather(bytes);
      }
    }
    bytes.position(bytes.limit());
  }

  private boolean isMuch(int count) {
    return !blocked && buffered + count >= MUCH;
  }

  private void checkOpenForWriting() {
    if (endWanted) {
      throw new IllegalStateException(
          "nothing can be written to the " + link + " any more: writeEof() was called.");
    }
  }

  private void checkOpen() throws ConnectionClosedException {
    checkOpenForWriting();
    if (!link.isOpen()) {
      throw link.closedHere();
    }
  }

  private boolean accepts() {
    checkOpenForWriting();
    if (link.isOpen()) {
      return true;
    }
    dropped = true;
    return false;
  }

  /** Straight from the caller's memory, as far as the system takes it; the rest is copied. */
  private void writeMuch(ByteBuffer bytes) {
    flushUnlessBlocked();
    if (!blocked && link.isOpen()) {
      try {
        writeSlices(bytes);
      } catch (IOException e) {
        dropped = true;
        failed(e);
        return;
      }
    }
    if (bytes.hasRemaining() && accepts()) {
      block();
      gather(bytes);
    }
  }

  private void gather(byte[] bytes, int offset, int count) {
    for (int done = 0; done < count; ) {
      ByteBuffer into = toGatherIn(count - done);
      int some = Math.min(into.remaining(), count - done);
      into.put(bytes, offset + done, some);
      done += some;
    }
    gathered(count);
  }

  private void gather(ByteBuffer bytes) {
    int count = bytes.remaining();
    while (bytes.hasRemaining()) {
      ByteBuffer into = toGatherIn(bytes.remaining());
      put(bytes, Math.min(into.remaining(), bytes.remaining()), into);
    }
    gathered(count);
  }

  /** The last of the queue, or one behind it, with room for a byte at least. */
  private ByteBuffer toGatherIn(int wanted) {
    ByteBuffer last = gathering;
    if (last != null && last.hasRemaining()) {
      return last;
    }
    Piece more =
        blocked
            ? Piece.of(ByteBuffer.allocate(sizeBehind(last, wanted)))
            : Buffers.ofThread().take(wanted);
    closeGathering();
    queue.add(more);
    gathering = more.bytes;
    return more.bytes;
  }

  private void gathered(int count) {
    buffered += count;
    if (!blocked && !flushScheduled) {
      flushScheduled = true;
      link.loop.callAtPassEnd(this);
    }
  }

  /** Twice as much each time, so that many small writes stay cheap. */
  private static int sizeBehind(@Nullable ByteBuffer last, int wanted) {
    int twice = last == null ? 1024 : Math.min(2 * last.capacity(), Buffers.SIZE);
    return Math.max(twice, wanted);
  }

  private static void put(ByteBuffer from, int count, ByteBuffer to) {
    int limit = from.limit();
    from.limit(from.position() + count);
    to.put(from);
    from.limit(limit);
  }

  /** From now on the last buffer is only sent. */
  private void closeGathering() {
    if (gathering != null) {
      gathering.flip();
      gathering = null;
    }
  }

  /** Writes a buffer of the user's, from where it is; gives its place in the queue, if need be. */
  @Nullable Piece send(ByteBuffer bytes) throws IOException {
    if (!bytes.hasRemaining()) {
      return null;
    }
    checkOpen();
    flushUnlessBlocked();
    check();
    if (queue.isEmpty()) {
      try {
        if (writeSlices(bytes)) {
          return null;
        }
      } catch (IOException e) {
        failed(e);
        return null;
      }
    }
    block();
    closeGathering();
    Piece piece = Piece.of(bytes);
    queue.add(piece);
    buffered += bytes.remaining();
    return piece;
  }

  /** Takes a buffer of the user's out; its position tells what has gone. */
  void withdraw(Piece piece) {
    if (queue.remove(piece)) {
      buffered -= piece.bytes.remaining();
      wakeThoseWhoMayGoOn();
    }
  }

  // Places for others.

  /** A place behind all that was written, for what somebody hands over himself. */
  Piece reserve() throws IOException {
    checkOpen();
    flushUnlessBlocked();
    check();
    closeGathering();
    Piece place = Piece.reserved();
    queue.add(place);
    block();
    return place;
  }

  /** Whether all that was written before has gone, and there is room if that was awaited. */
  boolean isNext(Piece place) {
    return queue.peek() == place && !roomAwaited;
  }

  /** For whoever has reserved the first place. */
  void awaitRoom() {
    roomAwaited = true;
    link.wantToWrite(true);
  }

  /** Writes before a reserved place, which is first; gives its place in the queue, if need be. */
  @Nullable Piece sendBefore(Piece place, ByteBuffer bytes) {
    if (!bytes.hasRemaining() || !isNext(place)) {
      return null;
    }
    Piece piece = Piece.of(bytes);
    queue.addFirst(piece);
    buffered += bytes.remaining();
    flush();
    return piece;
  }

  /** Gives a reserved place up. */
  void release(Piece place) {
    if (queue.peek() == place) {
      queue.remove();
      flush();
    } else {
      queue.remove(place);
    }
  }

  // Handing over.

  /** The pass ends. Most often a drain has left nothing to do. */
  @Override
  public void run() {
    flushScheduled = false;
    if (!queue.isEmpty()) {
      flushUnlessBlocked();
    }
  }

  /** Hands over what the system takes, unless it has to say first that it takes more. */
  void flushUnlessBlocked() {
    if (!blocked) {
      flush();
    }
  }

  /** Hands over what the system takes. */
  void flush() {
    if (link.isEnded()) {
      return;
    }
    closeGathering();
    roomAwaited = false;
    try {
      writeQueue();
      if (queue.isEmpty() && endWanted && !endSent) {
        endSent = true;
        link.transport.shutdownOutput();
      }
    } catch (IOException e) {
      failed(e);
      return;
    }
    if (queue.isEmpty()) {
      unblock();
    } else {
      block();
    }
    wakeThoseWhoMayGoOn();
    if (queue.isEmpty() && link.isFlushing()) {
      link.flushed();
    }
  }

  private void writeQueue() throws IOException {
    for (Piece piece; (piece = queue.peek()) != null; ) {
      ByteBuffer first = piece.bytes;
      if (piece.isReserved()) {
        return;
      }
      int before = first.remaining();
      boolean all;
      try {
        all = writeSlices(first);
      } finally {
        buffered -= before - first.remaining();
      }
      if (!all) {
        return;
      }
      queue.remove();
      Buffers.ofThread().give(piece);
    }
  }

  /** Whether all was taken. */
  private boolean writeSlices(ByteBuffer bytes) throws IOException {
    int limit = bytes.limit();
    try {
      while (bytes.position() < limit) {
        int slice = bytes.isDirect() ? limit : Math.min(limit, bytes.position() + MAX_SLICE);
        bytes.limit(slice);
        link.transport.write(bytes);
        if (bytes.hasRemaining()) {
          return false;
        }
      }
      return true;
    } finally {
      bytes.limit(limit);
    }
  }

  private void block() {
    if (!blocked) {
      blocked = true;
      keepLeftOver();
    }
    link.wantToWrite(roomAwaited || !isReserved());
  }

  /** Whether it is somebody else's turn, who asks for room when he needs it. */
  private boolean isReserved() {
    Piece first = queue.peek();
    return first != null && first.isReserved();
  }

  private void unblock() {
    if (blocked) {
      blocked = false;
      link.wantToWrite(false);
    }
  }

  /** The shared buffers are for the pass: what stays longer goes into memory of its own. */
  private void keepLeftOver() {
    closeGathering();
    for (int i = queue.size(); i > 0; i--) {
      Piece piece = queue.remove();
      if (piece.isShared()) {
        ByteBuffer kept = ByteBuffer.allocate(piece.bytes.remaining()).put(piece.bytes).flip();
        Buffers.ofThread().give(piece);
        queue.add(Piece.of(kept));
      } else {
        queue.add(piece);
      }
    }
  }

  /** The peer takes nothing any more. */
  void failed(IOException e) {
    link.input.salvage(e);
    link.lost(e);
  }

  // The end.

  void writeEof() {
    if (!endWanted && link.isOpen()) {
      endWanted = true;
      flush();
    }
  }

  /** What is not sent is not missed. */
  void forget() {
    clear();
    dropped = false;
  }

  private void clear() {
    queue.forEach(Buffers.ofThread()::give);
    queue.clear();
    gathering = null;
    buffered = 0;
  }

  /** The connection has ended. */
  void ended() {
    dropped |= buffered > 0;
    clear();
    for (WriteOperation operation : waiting) {
      operation.wake();
    }
  }

  // Those who wait.

  void await(WriteOperation operation) {
    waiting.add(operation);
  }

  void stopAwaiting(WriteOperation operation) {
    waiting.remove(operation);
  }

  private void wakeThoseWhoMayGoOn() {
    for (int i = 0; i < waiting.size(); i++) { // at each flush: an iterator would be an object
      WriteOperation operation = waiting.get(i);
      if (operation.mayGoOn()) {
        operation.wake();
      }
    }
  }

  /** Throws if what was written does not get to the system, or nothing can be written any more. */
  void check() throws IOException {
    if (link.loss() != null) {
      throw link.lostException();
    }
    if (link.isEnded() || (dropped && !link.isOpen())) {
      throw link.closedHere();
    }
  }
}
