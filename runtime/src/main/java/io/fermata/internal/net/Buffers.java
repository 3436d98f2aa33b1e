package io.fermata.internal.net;

import java.nio.ByteBuffer;

/**
 * The buffers that all connections on a thread share, so that an idle one holds none: one to read
 * into, whose content is good until the next read, and some to gather what is written in a pass.
 */
public final class Buffers {
  /** The size of each. */
  public static final int SIZE = 64 * 1024;

  /** So many are given out at a time; more are made for the moment, on the heap. */
  private static final int MAX_CHUNKS = 16;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private static final ThreadLocal<Buffers> OF_THREAD = ThreadLocal.withInitial(Buffers::new);

  private final ByteBuffer toRead = ByteBuffer.allocateDirect(SIZE);
  private final Piece[] free = new Piece[MAX_CHUNKS];
  private int freeCount;
  private int made;

  private Buffers() {}

  /** Those of the running thread; not to be kept. */
  public static Buffers ofThread() {
    return OF_THREAD.get();
  }

  /** The buffer to read into, empty, with room for at most {@code room} bytes. */
  public ByteBuffer toRead(int room) {
    return toRead.clear().limit(Math.min(room, SIZE));
  }

  /**
   * A buffer to gather in, empty; to be {@linkplain #give given back} when the pass ends.
   *
   * @param room how much is wanted at least, if none of the shared ones is left
   */
  public Piece take(int room) {
    if (freeCount > 0) {
      freeCount--;
      Piece piece = free[freeCount];
      piece.bytes.clear();
      return piece;
    }
    if (made < MAX_CHUNKS) {
      made++;
      return new Piece(ByteBuffer.allocateDirect(SIZE), true);
    }
    return Piece.of(ByteBuffer.allocate(Math.max(room, 4 * 1024)));
  }

  /** Gives a buffer back if {@link #take} gave it, on whatever thread. */
  public void give(Piece piece) {
    if (piece.shared && freeCount < MAX_CHUNKS) {
      free[freeCount] = piece;
      freeCount++;
    }
  }

  /** A buffer in a queue. */
  public static final class Piece {
    /** The buffer. */
    public final ByteBuffer bytes;

    private final boolean shared;

    private Piece(ByteBuffer bytes, boolean shared) {
      this.bytes = bytes;
      this.shared = shared;
    }

    /** One whose buffer is not shared. */
    public static Piece of(ByteBuffer bytes) {
      return new Piece(bytes, false);
    }

    /** A place for what does not come out of a buffer. */
    public static Piece reserved() {
      return new Piece(NOTHING, false);
    }

    /** Whether it is such a place. */
    public boolean isReserved() {
      return bytes.capacity() == 0;
    }

    /** Whether others get the buffer when the pass has ended. */
    public boolean isShared() {
      return shared;
    }
  }
}
