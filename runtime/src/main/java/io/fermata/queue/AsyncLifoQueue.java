package io.fermata.queue;

import java.util.ArrayDeque;
import java.util.Collections;

/**
 * An {@link AsyncQueue} that gives the item that was put last.
 *
 * <pre>{@code
 * AsyncLifoQueue<Connection> idle = new AsyncLifoQueue<>();   // the one that is still warm first
 * }</pre>
 *
 * <p>asyncio: {@code asyncio.LifoQueue}.
 *
 * @param <T> type of the items
 */
public final class AsyncLifoQueue<T> extends AsyncQueue<T> {

  /** A queue without a limit. */
  public AsyncLifoQueue() {
    this(0);
  }

  /**
   * A queue with a limit.
   *
   * @param maxSize how many items it holds; 0 or less is no limit
   */
  public AsyncLifoQueue(int maxSize) {
    super(maxSize, Collections.asLifoQueue(new ArrayDeque<>()));
  }
}
