package io.fermata.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A first-in-first-out ring buffer that grows. For one thread. */
public final class ReadyQueue {
  private static final int INITIAL_CAPACITY = 64;

  private @Nullable Object[] ring = new @Nullable Object[INITIAL_CAPACITY];
  private int head;
  private int tail;

  /** An empty queue. */
  public ReadyQueue() {}

  /** How many entries stand in the queue. */
  public int size() {
    return (tail - head) & (ring.length - 1);
  }

  /** Whether nothing stands in the queue. */
  public boolean isEmpty() {
    return head == tail;
  }

  /** Puts an entry at the end. */
  public void add(Object entry) {
    @Nullable Object[] ring = this.ring;
    int at = tail;
    ring[at] = entry;
    int next = (at + 1) & (ring.length - 1);
    tail = next;
    if (next == head) {
      grow();
    }
  }

  /** Takes the entry at the front, which must be there. */
  public Object take() {
    @Nullable Object[] ring = this.ring;
    int at = head;
    Object entry = ring[at];
    if (entry == null) {
      throw new NoSuchElementException("the ready queue is empty");
    }
    ring[at] = null;
    head = (at + 1) & (ring.length - 1);
    return entry;
  }

  /** The entries, from the front on. */
  public List<Object> entries() {
    List<Object> entries = new ArrayList<>(size());
    for (int at = head; at != tail; at = (at + 1) & (ring.length - 1)) {
      entries.add(Objects.requireNonNull(ring[at]));
    }
    return entries;
  }

  /** Puts all entries into a random order. */
  public void shuffle(RandomGenerator random) {
    int mask = ring.length - 1;
    for (int i = size() - 1; i > 0; i--) {
      int a = (head + i) & mask;
      int b = (head + random.nextInt(i + 1)) & mask;
      Object entry = ring[a];
      ring[a] = ring[b];
      ring[b] = entry;
    }
  }

  /** Called when the ring is full, which leaves head and tail equal. */
  private void grow() {
    int length = ring.length;
    @Nullable Object[] larger = new @Nullable Object[length * 2];
    int front = length - head;
    System.arraycopy(ring, head, larger, 0, front);
    System.arraycopy(ring, 0, larger, front, head);
    ring = larger;
    head = 0;
    tail = length;
  }
}
