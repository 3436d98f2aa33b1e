package io.fermata.internal;

import java.util.Arrays;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Timers in order of their deadlines, and among equal deadlines in order of registration: a 4-ary
 * heap over arrays. A timer knows its place, so that one that is cancelled is taken out at once and
 * leaves nothing behind. For one thread.
 */
public final class TimerHeap {
  private static final int ARITY = 4;
  private static final int INITIAL_CAPACITY = 16;

  /** What stands in the heap. It keeps its place there for {@link TimerHeap#remove}. */
  public interface Entry {
    /** The place of a timer that stands in no heap. */
    int NOWHERE = -1;

    /** Where this timer stands, or {@link #NOWHERE}. */
    int heapIndex();

    /** Called by the heap whenever this timer moves. */
    void heapIndex(int index);
  }

  private @Nullable Entry[] entries = new @Nullable Entry[INITIAL_CAPACITY];

  /** Two numbers for each entry: the deadline, and the number of its registration. */
  private long[] keys = new long[2 * INITIAL_CAPACITY];

  private int size;
  private long registrations;

  /** An empty heap. */
  public TimerHeap() {}

  /** Whether no timer is waiting. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** How many timers are waiting. */
  public int size() {
    return size;
  }

  /** The earliest deadline; only for a heap that is not empty. */
  public long firstDeadline() {
    return keys[0];
  }

  /** Registers a timer. */
  public void add(long deadline, Entry entry) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
      keys = Arrays.copyOf(keys, 4 * size);
    }
    siftUp(size++, deadline, registrations++, entry);
  }

  /** Takes out the timer with the earliest deadline. */
  public Entry takeFirst() {
    Entry first = entries[0];
    if (first == null) {
      throw new NoSuchElementException("no timer is waiting");
    }
    removeAt(0);
    return first;
  }

  /** Takes a timer out; one that stands nowhere is left alone. */
  public void remove(Entry entry) {
    int index = entry.heapIndex();
    if (index >= 0) {
      removeAt(index);
    }
  }

  /** Drops all timers. */
  public void clear() {
    for (int i = 0; i < size; i++) {
      at(i).heapIndex(Entry.NOWHERE);
    }
    entries = new @Nullable Entry[INITIAL_CAPACITY];
    keys = new long[2 * INITIAL_CAPACITY];
    size = 0;
  }

  private void removeAt(int index) {
    at(index).heapIndex(Entry.NOWHERE);
    int last = --size;
    Entry moved = at(last);
    entries[last] = null;
    if (last == index) {
      return;
    }
    long deadline = keys[2 * last];
    long number = keys[2 * last + 1];
    if (index > 0 && comesBefore(deadline, number, (index - 1) / ARITY)) {
      siftUp(index, deadline, number, moved);
    } else {
      siftDown(index, deadline, number, moved);
    }
  }

  private void siftUp(int from, long deadline, long number, Entry entry) {
    int index = from;
    while (index > 0) {
      int parent = (index - 1) / ARITY;
      if (!comesBefore(deadline, number, parent)) {
        break;
      }
      move(parent, index);
      index = parent;
    }
    set(index, deadline, number, entry);
  }

  private void siftDown(int from, long deadline, long number, Entry entry) {
    int index = from;
    for (; ; ) {
      int child = firstOfChildren(index);
      if (child < 0 || comesBefore(deadline, number, child)) {
        break;
      }
      move(child, index);
      index = child;
    }
    set(index, deadline, number, entry);
  }

  /** The earliest of the children of a node, or -1 if it has none. */
  private int firstOfChildren(int parent) {
    int from = ARITY * parent + 1;
    if (from >= size) {
      return -1;
    }
    int first = from;
    int end = Math.min(from + ARITY, size);
    for (int i = from + 1; i < end; i++) {
      if (comesBefore(keys[2 * i], keys[2 * i + 1], first)) {
        first = i;
      }
    }
    return first;
  }

  private boolean comesBefore(long deadline, long number, int index) {
    long other = keys[2 * index];
    return deadline < other || (deadline == other && number < keys[2 * index + 1]);
  }

  private void move(int from, int to) {
    set(to, keys[2 * from], keys[2 * from + 1], at(from));
  }

  private void set(int index, long deadline, long number, Entry entry) {
    entries[index] = entry;
    keys[2 * index] = deadline;
    keys[2 * index + 1] = number;
    entry.heapIndex(index);
  }

  private Entry at(int index) {
    Entry entry = entries[index];
    if (entry == null) {
      throw new AssertionError("a hole in the timer heap at " + index);
    }
    return entry;
  }
}
