package io.fermata.queue;

import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A priority queue that gives equal items in the order in which they came. A comparator that throws
 * leaves it as it was: nothing moves before all comparisons are made.
 */
final class StableHeap<T> extends AbstractQueue<T> {
  private final Comparator<? super T> comparator;
  private final List<Entry<T>> heap = new ArrayList<>();
  private long numbers;

  private record Entry<T>(T item, long number) {}

  StableHeap(Comparator<? super T> comparator) {
    this.comparator = comparator;
  }

  @Override
  public boolean offer(T item) {
    int unused = comparator.compare(item, item); // refuses also a first item that can't be compared
    Entry<T> entry = new Entry<>(item, numbers++);
    int place = placeAbove(heap.size(), entry);
    int at = heap.size();
    heap.add(entry);
    for (; at != place; at = parent(at)) {
      heap.set(at, heap.get(parent(at)));
    }
    heap.set(place, entry);
    return true;
  }

  @Override
  public @Nullable T poll() {
    if (heap.isEmpty()) {
      return null;
    }
    int last = heap.size() - 1;
    Entry<T> moved = heap.get(last);
    int place = placeBelowFirst(moved, last);
    heap.remove(last);
    if (last == 0) {
      return moved.item();
    }
    for (int at = place; at != 0; at = parent(at)) {
      moved = heap.set(at, moved);
    }
    return heap.set(0, moved).item();
  }

  @Override
  public @Nullable T peek() {
    return heap.isEmpty() ? null : heap.get(0).item();
  }

  @Override
  public int size() {
    return heap.size();
  }

  /** In the order of the heap, of which only the first is the smallest. */
  @Override
  public Iterator<T> iterator() {
    Iterator<Entry<T>> entries = heap.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public T next() {
        return entries.next().item();
      }
    };
  }

  /** Where an entry belongs that comes in at a place, there or further up. */
  private int placeAbove(int from, Entry<T> entry) {
    int at = from;
    while (at > 0 && comesBefore(entry, heap.get(parent(at)))) {
      at = parent(at);
    }
    return at;
  }

  /** Where an entry belongs that comes in at the first place of a heap of this size. */
  private int placeBelowFirst(Entry<T> entry, int size) {
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      int other = child + 1;
      if (other < size && comesBefore(heap.get(other), heap.get(child))) {
        child = other;
      }
      if (!comesBefore(heap.get(child), entry)) {
        break;
      }
      at = child;
    }
    return at;
  }

  private static int parent(int place) {
    return (place - 1) / 2;
  }

  private boolean comesBefore(Entry<T> a, Entry<T> b) {
    int order = comparator.compare(a.item(), b.item());
    return order != 0 ? order < 0 : a.number() < b.number();
  }
}
