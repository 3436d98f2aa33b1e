package io.fermata.internal.net.simulated;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Bytes in the order in which they came, and the pieces that they came in. */
final class ByteQueue {
  private final Deque<byte[]> pieces = new ArrayDeque<>(2);

  /** So many of the first piece are gone. */
  private int gone;

  private int size;

  void add(byte[] piece) {
    if (piece.length > 0) {
      pieces.add(piece);
      size += piece.length;
    }
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    pieces.clear();
    gone = 0;
    size = 0;
  }

  /** The first ones, at most {@code max}. */
  byte[] take(int max) {
    int count = Math.min(max, size);
    byte[] first = pieces.peek();
    if (first != null && gone == 0 && first.length == count) {
      pieces.remove();
      size -= count;
      return first;
    }
    ByteBuffer taken = ByteBuffer.allocate(count);
    takeInto(taken);
    return taken.array();
  }

  /** As many as there is room for. */
  int takeInto(ByteBuffer target) {
    int before = size;
    while (target.hasRemaining() && !isEmpty()) {
      takeOfPiece(target);
    }
    return before - size;
  }

  /** As many of the first piece as there is room for. */
  int takeOfPiece(ByteBuffer target) {
    byte[] first = pieces.peek();
    if (first == null) {
      return 0;
    }
    int count = Math.min(first.length - gone, target.remaining());
    target.put(first, gone, count);
    gone += count;
    size -= count;
    if (gone == first.length) {
      pieces.remove();
      gone = 0;
    }
    return count;
  }

  @Override
  public String toString() {
    return pieces.stream().map(Arrays::toString).toList().toString();
  }
}
