package io.fermata.queue;

import java.util.AbstractQueue;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A priority queue that gives equal items in the order in which they came. */
final class StableHeap<T> extends AbstractQueue<T> {
  private final Comparator<? super T> comparator;
  private final PriorityQueue<Entry<T>> heap;
  private long numbers;

  private record Entry<T>(T item, long number) {}

  StableHeap(Comparator<? super T> comparator) {
    this.comparator = comparator;
    this.heap =
        new PriorityQueue<>(
            Comparator.<Entry<T>, T>comparing(Entry::item, comparator)
                .thenComparingLong(Entry::number));
  }

  @Override
  public boolean offer(T item) {
    int unused = comparator.compare(item, item); // refuses also a first item that can't be compared
    return heap.offer(new Entry<>(item, numbers++));
  }

  @Override
  public @Nullable T poll() {
    Entry<T> first = heap.poll();
    return first == null ? null : first.item();
  }

  @Override
  public @Nullable T peek() {
    Entry<T> first = heap.peek();
    return first == null ? null : first.item();
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
}
