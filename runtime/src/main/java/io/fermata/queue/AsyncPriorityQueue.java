package io.fermata.queue;

import java.util.Comparator;
import java.util.Objects;

/**
 * An {@link AsyncQueue} that gives the smallest item first; of equal ones, the one that was put
 * first.
 *
 * <pre>{@code
 * record Job(int priority, Runnable work) {}
 *
 * AsyncPriorityQueue<Job> jobs = new AsyncPriorityQueue<>(comparingInt(Job::priority));
 * }</pre>
 *
 * <p>asyncio: {@code asyncio.PriorityQueue}, which gives equal items in any order.
 *
 * @param <T> type of the items
 */
public final class AsyncPriorityQueue<T> extends AsyncQueue<T> {

  /**
   * A queue without a limit, in the items' natural order. Putting an item that has none throws
   * {@link ClassCastException}.
   */
  public AsyncPriorityQueue() {
    this(0, naturalOrder());
  }

  /**
   * A queue with a limit, in the items' natural order; see {@link #AsyncPriorityQueue()}.
   *
   * @param maxSize how many items it holds; 0 or less is no limit
   */
  public AsyncPriorityQueue(int maxSize) {
    this(maxSize, naturalOrder());
  }

  /**
   * A queue without a limit, in the order given.
   *
   * @param comparator the order; what it throws comes out of a put
   */
  public AsyncPriorityQueue(Comparator<? super T> comparator) {
    this(0, comparator);
  }

  /**
   * A queue with a limit, in the order given.
   *
   * @param maxSize how many items it holds; 0 or less is no limit
   * @param comparator the order; what it throws comes out of a put
   */
  public AsyncPriorityQueue(int maxSize, Comparator<? super T> comparator) {
    super(maxSize, new StableHeap<>(Objects.requireNonNull(comparator, "comparator")));
  }

  @SuppressWarnings("unchecked") // an item that can't be compared is refused when it is put
  private static <T> Comparator<T> naturalOrder() {
    return (a, b) -> ((Comparable<T>) a).compareTo(b);
  }
}
