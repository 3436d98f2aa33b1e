package io.fermata.net;

import io.fermata.CancelledError;
import io.fermata.Promise;
import io.fermata.Suspension;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.internal.Suppression;
import io.fermata.internal.net.Buffers.Piece;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code transferFrom}: sends a part of a file in its turn among what is written, chunk by chunk.
 *
 * <pre>
 *  START --&gt; TURN --first in the queue, and room--&gt; CHUNK --all, or the file's end--&gt; the number
 *              ^                                       |
 *              +------------------ more ---------------+
 * </pre>
 *
 * <p>A chunk is read in another thread, for disks block. It is never interrupted, which would close
 * the file: a cancellation comes out when the chunk that is under way has ended.
 */
final class TransferFrom extends Continuation<Long, IOException> {
  private static final LineTable LINES =
      LineTable.of(
          CONTRACT, "io.fermata.net.StreamWriter", "transferFrom", "StreamWriter.java", "", "");
  private static final int TURN = -2;
  private static final int CHUNK = -3;

  private final StreamWriter writer;
  private @Nullable FileTransfer transfer;
  private @Nullable Piece place;
  private @Nullable Promise<Void> chunk;

  /** What was read and is to be written before the place. */
  private @Nullable Piece read;

  /** What came while a chunk was under way. */
  private @Nullable Throwable interruption;

  TransferFrom(StreamWriter writer, FileChannel file, long offset, long count) {
    this.writer = writer;
    this.transfer = new FileTransfer(writer.link().transport, file, offset, count);
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    FileTransfer part = Objects.requireNonNull(transfer);
    try {
      switch (state) {
        case START -> begin(task, part);
        case TURN -> received(sent);
        default -> {
          remember(sent);
          if (!Objects.requireNonNull(chunk).isDone()) {
            return await(task, endOfChunk(), depth);
          }
          endChunk(part);
        }
      }
      if (state != TURN && !part.isOver()) {
        state = TURN;
        Turn turn = new Turn(writer, Objects.requireNonNull(place), part.needsRoom());
        if (await(task, turn, depth) == SUSPENDED) {
          return SUSPENDED;
        }
      }
      if (part.isOver()) {
        leave(part);
        return ended(part.sent());
      }
      state = CHUNK;
      chunk = task.loop().runInExecutor(null, part::next);
      return await(task, endOfChunk(), depth);
    } catch (Throwable t) {
      leave(part, t);
      throw t;
    }
  }

  private void begin(Task<?> task, FileTransfer part) throws IOException {
    writer.link().checkLoop(task.loop());
    writer.link().output.check();
    part.check();
    place = writer.link().output.reserve();
  }

  /** The first failure that is sent goes on when the chunk has ended. */
  private void remember(@Nullable Object sent) {
    try {
      received(sent);
    } catch (Throwable t) {
      interruption = interruption == null ? t : interruption;
    }
  }

  private Suspension endOfChunk() {
    Suspension end = new Suspension("a part of a file to be read");
    Objects.requireNonNull(chunk)
        .addDoneCallback(
            done -> {
              if (end.isWaiting()) {
                end.resume();
              }
            });
    return end;
  }

  private void endChunk(FileTransfer part) throws Throwable {
    Promise<Void> done = Objects.requireNonNull(chunk);
    chunk = null;
    Throwable failure = done.isCancelled() ? new CancelledError() : done.exception();
    if (interruption != null) {
      if (failure != null) {
        Suppression.add(interruption, failure);
      }
      throw interruption;
    }
    Output output = writer.link().output;
    if (failure != null) {
      throw failure;
    }
    if (part.loss() != null) {
      output.failed(part.loss());
    }
    output.check();
    if (part.read() != null) {
      read = output.sendBefore(Objects.requireNonNull(place), part.read());
    }
  }

  private void leave(FileTransfer part, Throwable failure) {
    try {
      leave(part);
    } catch (IOException e) {
      Suppression.add(failure, e);
    }
  }

  /** What was written behind it goes on, and the file stands behind what has gone. */
  private void leave(FileTransfer part) throws IOException {
    if (place != null) {
      Output output = writer.link().output;
      if (read != null) {
        output.withdraw(read);
      }
      output.release(place);
      part.moveFile();
    }
  }

  @Override
  protected void clear() {
    transfer = null;
    place = null;
    read = null;
    chunk = null;
    interruption = null;
  }

  @Override
  protected LineTable lines() {
    return LINES;
  }

  /** Waits until what was written before has gone, and, if need be, until the system has room. */
  static final class Turn extends WriteOperation {
    private @Nullable Piece place;
    private final boolean needsRoom;

    Turn(StreamWriter writer, Piece place, boolean needsRoom) {
      super(writer);
      this.place = place;
      this.needsRoom = needsRoom;
    }

    @Override
    void begin(Output output) {
      if (needsRoom) {
        output.awaitRoom();
      }
    }

    @Override
    boolean mayGoOn() {
      return writer.link().output.isNext(Objects.requireNonNull(place));
    }

    @Override
    protected void clear() {
      super.clear();
      place = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
