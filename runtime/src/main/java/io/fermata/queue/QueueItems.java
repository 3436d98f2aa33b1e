package io.fermata.queue;

import io.fermata.AsyncIterator;
import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An iteration that gets item after item, and ends when the queue is shut down and empty. */
final class QueueItems<T> implements AsyncIterator<T> {
  private final AsyncQueue<T> queue;
  private @Nullable T current;

  QueueItems(AsyncQueue<T> queue) {
    this.queue = queue;
  }

  @Override
  public Coro<Boolean> moveNext() {
    current = null;
    return new MoveNext<>(this);
  }

  @Override
  public T current() {
    T item = current;
    if (item == null) {
      throw new NoSuchElementException(
          "there is no current item: await moveNext() first, and stop when it gives false.");
    }
    return item;
  }

  private static final class MoveNext<T> extends Continuation<Boolean, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT, "io.fermata.queue.AsyncQueue", "asyncIterator", "AsyncQueue.java", "", "");
    private static final int GETTING = -2;

    private @Nullable QueueItems<T> iteration;

    MoveNext(QueueItems<T> iteration) {
      this.iteration = iteration;
    }

    @Override
    @SuppressWarnings("unchecked") // get() gives a T
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      QueueItems<T> items = Objects.requireNonNull(iteration);
      try {
        Object item = state == GETTING ? received(sent) : await(task, items.queue.get(), depth);
        if (item == SUSPENDED) {
          state = GETTING;
          return SUSPENDED;
        }
        items.current = (T) item;
        return ended(true);
      } catch (QueueShutDown e) {
        return ended(false);
      }
    }

    @Override
    protected void clear() {
      iteration = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
