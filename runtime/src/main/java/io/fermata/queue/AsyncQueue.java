package io.fermata.queue;

import io.fermata.AsyncIterable;
import io.fermata.AsyncIterator;
import io.fermata.Coro;
import io.fermata.EventLoop;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.codegen.Thrown;
import io.fermata.internal.Excerpt;
import io.fermata.internal.waiting.Waiter;
import io.fermata.internal.waiting.WaitingLine;
import io.fermata.sync.AsyncEvent;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A queue between tasks, first in, first out: {@link #get} waits for an item, and {@link #put}
 * waits for room if the queue has a limit.
 *
 * <pre>{@code
 * @Coroutine
 * static void work(AsyncQueue<URI> queue) {
 *   for (URI uri : queue) {                    // until the queue is shut down and empty
 *     await(SiteAsync.index(uri));
 *     queue.taskDone();
 *   }
 * }
 *
 * AsyncQueue<URI> queue = new AsyncQueue<>(100);
 * try (TaskGroup group = TaskGroup.open()) {
 *   for (int i = 0; i < 10; i++) {
 *     group.createTask(CrawlerAsync.work(queue));
 *   }
 *   for (URI uri : uris) {
 *     await(queue.put(uri));
 *   }
 *   await(queue.join());                       // until each of them is done
 *   queue.shutdown();                          // lets the workers end
 * }
 * }</pre>
 *
 * <p><b>Limit.</b> A queue without one takes whatever is put; producers that are faster than their
 * consumers then fill the memory.
 *
 * <p><b>Fairness.</b> Tasks that wait in {@code get} are served in the order in which they came,
 * and so are those in {@code put}; who comes later waits behind them. {@link #getNow} and {@link
 * #putNow} don't stand in line: a woken task whose item or place they took waits again, where it
 * stood.
 *
 * <p><b>Cancellation.</b> A cancelled {@code get} has taken nothing, and a cancelled {@code put}
 * has put nothing; who waits behind it gets the item or the place.
 *
 * <p><b>Thread.</b> The loop's; from another thread, {@code loop.callSoonThreadsafe(() ->
 * queue.putNow(item))}. What doesn't wait also works while no loop runs. The queue is bound to the
 * loop on which a task first had to wait.
 *
 * <p><b>Null</b> can't be put; to tell consumers that nothing more comes, shut the queue down.
 *
 * <p>asyncio: {@code asyncio.Queue}. Iteration is Fermata's own. asyncio lets a {@code get} that
 * comes later go ahead of a woken one.
 *
 * @param <T> type of the items
 */
public sealed class AsyncQueue<T> implements AsyncIterable<T>
    permits AsyncLifoQueue, AsyncPriorityQueue {
  private final Queue<T> items;
  private final int maxSize;
  private final WaitingLine getters = new WaitingLine(new Purpose("an item of "));
  private final WaitingLine putters = new WaitingLine(new Purpose("room in "));
  private final AsyncEvent finished = new AsyncEvent();
  private int unfinished;
  private boolean shutDown;

  /** The loop on which a task first had to wait. */
  private @Nullable EventLoop loop;

  /** A queue without a limit. */
  public AsyncQueue() {
    this(0);
  }

  /**
   * A queue with a limit.
   *
   * @param maxSize how many items it holds; 0 or less is no limit
   */
  public AsyncQueue(int maxSize) {
    this(maxSize, new ArrayDeque<>());
  }

  AsyncQueue(int maxSize, Queue<T> items) {
    this.maxSize = Math.max(0, maxSize);
    this.items = items;
    finished.set();
  }

  // Putting and getting.

  /**
   * Waits until there is room and nobody is ahead, and puts an item. Does not suspend if there is
   * room. Nothing happens before the coroutine is awaited.
   *
   * <p>Awaiting it throws {@link QueueShutDown} if the queue is shut down, also while it waits, and
   * {@link IllegalStateException} if it had to wait, and tasks of another loop have waited for this
   * queue.
   *
   * @param item what is put, not null
   * @return a coroutine that gives null
   * @throws NullPointerException if the item is null
   */
  public Coro<Void> put(T item) {
    return new Put(Objects.requireNonNull(item, "item"));
  }

  /**
   * Puts an item at once.
   *
   * @param item what is put, not null
   * @throws QueueFull if there is no room
   * @throws QueueShutDown if the queue is shut down
   * @throws NullPointerException if the item is null
   */
  public void putNow(T item) {
    Objects.requireNonNull(item, "item");
    if (shutDown) {
      throw shutDownError();
    }
    if (isFull()) {
      throw new QueueFull(
          "the queue is full, with " + maxSize + " items: await put(item) to wait for room.");
    }
    items.add(item);
    unfinished++;
    finished.clear();
    wakeGetters();
  }

  /**
   * Waits until there is an item and nobody is ahead, and takes it. Does not suspend if there is
   * one. Nothing happens before the coroutine is awaited.
   *
   * <p>Awaiting it throws {@link QueueShutDown} if the queue is shut down and empty, also while it
   * waits, and {@link IllegalStateException} if it had to wait, and tasks of another loop have
   * waited for this queue.
   *
   * @return a coroutine that gives the item
   */
  public Coro<T> get() {
    return new Get();
  }

  /**
   * Takes an item at once.
   *
   * @return the item
   * @throws QueueEmpty if there is none
   * @throws QueueShutDown if there is none and the queue is shut down
   */
  public T getNow() {
    if (items.isEmpty()) {
      throw shutDown
          ? shutDownError()
          : new QueueEmpty(this + " is empty: await get() for an item.");
    }
    T item = items.remove();
    wakePutters();
    return item;
  }

  /**
   * An iteration that gets item after item, and ends when the queue is shut down and empty. Several
   * iterations share the items out.
   */
  @Override
  public AsyncIterator<T> asyncIterator() {
    return new QueueItems<>(this);
  }

  // Knowing when all is done.

  /**
   * Tells that the work on an item that was taken is done. Consumers call it once for each item, if
   * somebody is to {@link #join}.
   *
   * @throws IllegalStateException if it is called more often than items were put
   */
  public void taskDone() {
    if (unfinished == 0) {
      throw new IllegalStateException(
          "taskDone() was called more often than items were put into the queue.");
    }
    unfinished--;
    finishIfDone();
  }

  /**
   * Waits until {@link #taskDone} was called for each item that was put. Does not suspend if none
   * is left. Nothing happens before the coroutine is awaited.
   *
   * @return a coroutine that gives null
   */
  public Coro<Void> join() {
    return new Join();
  }

  // Shutting down.

  /**
   * Takes no more items: {@code put} throws {@link QueueShutDown} from now on, also to those who
   * wait in it, and {@code get} does as soon as the queue is empty. Doing it again does nothing.
   */
  public void shutdown() {
    shutDown = true;
    wakeGetters();
    wakePutters();
  }

  /**
   * Shuts down at once: as {@link #shutdown}, and the items that are left are dropped and count as
   * done, so that {@link #join} waits only for those that were taken. May follow {@code shutdown}.
   *
   * <p>asyncio: {@code shutdown(immediate=True)}.
   */
  public void shutdownNow() {
    unfinished = Math.max(0, unfinished - items.size());
    items.clear();
    finishIfDone();
    shutdown();
  }

  /**
   * Whether it was shut down.
   *
   * @return whether {@link #shutdown} or {@link #shutdownNow} was called
   */
  public boolean isShutDown() {
    return shutDown;
  }

  // What is in it.

  /**
   * How many items are in it.
   *
   * @return the number of items
   */
  public int size() {
    return items.size();
  }

  /**
   * Whether there is no item in it.
   *
   * @return whether {@link #getNow} would fail
   */
  public boolean isEmpty() {
    return items.isEmpty();
  }

  /**
   * Whether there is no room.
   *
   * @return whether the limit is reached; false if there is none
   */
  public boolean isFull() {
    return maxSize > 0 && items.size() >= maxSize;
  }

  /**
   * How many items it holds at most.
   *
   * @return the limit; 0 if there is none
   */
  public int maxSize() {
    return maxSize;
  }

  @Override
  public String toString() {
    return getClass().getSimpleName()
        + "[maxSize="
        + maxSize
        + (items.isEmpty() ? "" : ", items=" + Excerpt.of(items))
        + (getters.size() == 0 ? "" : ", getters=" + getters.size())
        + (putters.size() == 0 ? "" : ", putters=" + putters.size())
        + (unfinished == 0 ? "" : ", unfinished=" + unfinished)
        + (shutDown ? ", shutdown" : "")
        + "]";
  }

  private void finishIfDone() {
    if (unfinished == 0) {
      finished.set();
    }
  }

  private QueueShutDown shutDownError() {
    return new QueueShutDown(
        "the queue is shut down: nothing more can be put into it, and nothing more comes.");
  }

  /**
   * As many are woken as there are items, so that none lies there while somebody waits. Called
   * whenever an item or a waiting task has come or gone.
   */
  private void wakeGetters() {
    getters.wakeUpTo(shutDown ? Integer.MAX_VALUE : items.size());
  }

  /** As {@link #wakeGetters}, for places. */
  private void wakePutters() {
    putters.wakeUpTo(shutDown ? Integer.MAX_VALUE : maxSize - items.size());
  }

  private void bind(EventLoop own) {
    if (loop == null) {
      loop = own;
    } else if (loop != own) {
      throw new IllegalStateException(
          this
              + " is bound to a different event loop, on which a task has waited for it: make one"
              + " for each loop.");
    }
  }

  /** What a task in a line waits for, as call graphs and reports tell it. */
  private final class Purpose {
    private final String what;

    Purpose(String what) {
      this.what = what;
    }

    @Override
    public String toString() {
      return what + AsyncQueue.this;
    }
  }

  /**
   * Stands in a line until it may act, and acts.
   *
   * <pre>
   *  START --must wait--&gt; WAITING --has its turn, may act--&gt; acts and ends
   *                        ^   |
   *                        +---+ its item or place was taken
   * </pre>
   */
  private abstract class InLine<R extends @Nullable Object>
      extends Continuation<R, RuntimeException> {
    private static final int WAITING = -2;

    private @Nullable Waiter place;

    abstract WaitingLine line();

    /** Whether there is no item, or no place. */
    abstract boolean isBlocked();

    /** Whether waiting is in vain, since the queue is shut down. */
    abstract boolean isOver();

    abstract @Nullable Object act();

    /** Called when this has left the line, so that others are not held up by it. */
    abstract void wakeOthers();

    @Override
    protected final @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      Waiter waiting = place;
      if (waiting == null) {
        return !isOver() && (isBlocked() || !line().isEmpty())
            ? stand(task, 0, depth)
            : ended(act());
      }
      place = null;
      line().leave(waiting);
      if (!(sent instanceof Thrown) && isBlocked() && !isOver()) {
        return stand(task, waiting.number(), depth);
      }
      try {
        received(sent);
        return ended(act());
      } finally {
        wakeOthers();
      }
    }

    /** Stands at the end, or where it was before, with that number. */
    private @Nullable Object stand(Task<?> task, long number, int depth) throws Throwable {
      bind(task.loop());
      Waiter waiter = number == 0 ? line().join() : line().joinAgain(number);
      place = waiter;
      state = WAITING;
      return await(task, waiter.turn(), depth);
    }
  }

  private final class Get extends InLine<T> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "io.fermata.queue.AsyncQueue", "get", "AsyncQueue.java", "", "");

    @Override
    WaitingLine line() {
      return getters;
    }

    @Override
    boolean isBlocked() {
      return items.isEmpty();
    }

    @Override
    boolean isOver() {
      return shutDown && items.isEmpty();
    }

    @Override
    Object act() {
      return getNow();
    }

    @Override
    void wakeOthers() {
      wakeGetters();
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private final class Put extends InLine<Void> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "io.fermata.queue.AsyncQueue", "put", "AsyncQueue.java", "", "");

    private @Nullable T item;

    Put(T item) {
      this.item = item;
    }

    @Override
    WaitingLine line() {
      return putters;
    }

    @Override
    boolean isBlocked() {
      return isFull();
    }

    @Override
    boolean isOver() {
      return shutDown;
    }

    @Override
    @Nullable Object act() {
      putNow(Objects.requireNonNull(item));
      return null;
    }

    @Override
    protected void clear() {
      item = null;
    }

    @Override
    void wakeOthers() {
      wakePutters();
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private final class Join extends Continuation<Void, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "io.fermata.queue.AsyncQueue", "join", "AsyncQueue.java", "", "");
    private static final int FINISHED_ALL = 2;

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      if (state == START && await(task, finished.whenSet(), depth) == SUSPENDED) {
        state = FINISHED_ALL;
        return SUSPENDED;
      }
      return null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
