package io.fermata.net;

import io.fermata.internal.net.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * How far a part of a file has been sent. Where the connection has a channel for it, a chunk goes
 * there without being copied; else it is read, and the loop's thread writes it.
 */
final class FileTransfer {
  /** A cancellation waits for a chunk that is under way. */
  private static final int DIRECT_CHUNK = 4 * 1024 * 1024;

  private static final int READ_CHUNK = 64 * 1024;

  private final @Nullable WritableByteChannel target;
  private final FileChannel file;
  private final long offset;
  private final long count;

  /** What has left the file. */
  private long taken;

  private boolean fileHasEnded;
  private boolean needsRoom;

  /** What the connection has failed with. */
  private @Nullable IOException loss;

  /** What was read and is not all written. */
  private @Nullable ByteBuffer read;

  FileTransfer(Transport transport, FileChannel file, long offset, long count) {
    this.target = transport.fileTarget();
    this.file = file;
    this.offset = offset;
    this.count = count;
  }

  /** Whether nothing is left to do. */
  boolean isOver() {
    return sent() == count || (fileHasEnded && sent() == taken);
  }

  /** How many bytes the system has taken. */
  long sent() {
    return taken - (read == null ? 0 : read.remaining());
  }

  /** Whether the system did not take all of the last chunk. */
  boolean needsRoom() {
    return needsRoom;
  }

  /** What the connection has failed with; null if it has not. */
  @Nullable IOException loss() {
    return loss;
  }

  /** What is to be written before the next chunk; null if nothing. */
  @Nullable ByteBuffer read() {
    return read;
  }

  /** Transfers a chunk, or reads it. In a thread that may block. */
  @Nullable Void next() throws IOException {
    needsRoom = false;
    if (target != null) {
      transferTo(target);
    } else {
      read = readChunk();
      taken += read.remaining();
    }
    return null;
  }

  private void transferTo(WritableByteChannel direct) throws IOException {
    long wanted = Math.min(count - taken, DIRECT_CHUNK);
    long moved;
    try {
      moved = file.transferTo(offset + taken, wanted, direct);
    } catch (IOException e) {
      checkFile(e);
      loss = e;
      return;
    }
    taken += moved;
    if (moved < wanted) {
      fileHasEnded = offset + taken >= file.size();
      needsRoom = !fileHasEnded;
    }
  }

  /** Throws unless the file can still be read. */
  private void checkFile(IOException transferFailure) throws IOException {
    try {
      file.read(ByteBuffer.allocate(1), offset + taken);
    } catch (IOException e) {
      throw transferFailure;
    }
  }

  private ByteBuffer readChunk() throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(count - taken, READ_CHUNK));
    while (chunk.hasRemaining() && !fileHasEnded) {
      fileHasEnded = file.read(chunk, offset + taken + chunk.position()) < 0;
    }
    return chunk.flip();
  }

  /** Throws if the file can't be read. */
  void check() throws IOException {
    file.read(ByteBuffer.allocate(0), offset);
  }

  /** Leaves the file's position behind what was sent. */
  void moveFile() throws IOException {
    if (file.isOpen()) {
      file.position(offset + sent());
    }
  }
}
