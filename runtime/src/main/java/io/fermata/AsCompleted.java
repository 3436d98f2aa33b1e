package io.fermata;

import io.fermata.codegen.LineTable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code asCompleted}: gives promises in the order in which they are done. */
final class AsCompleted<T extends @Nullable Object> implements AsyncIterable<Promise<? extends T>> {
  private static final LineTable LINES =
      RuntimeLines.of(AsCompleted.Iteration.MoveNext.class, "asCompleted");

  private final List<Awaitable<? extends T>> awaitables;
  private final @Nullable Duration timeout;

  AsCompleted(Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration timeout) {
    this.awaitables = new ArrayList<>(Objects.requireNonNull(awaitables, "awaitables"));
    this.timeout = timeout;
    this.awaitables.forEach(awaitable -> Objects.requireNonNull(awaitable, "an awaitable"));
  }

  @Override
  public AsyncIterator<Promise<? extends T>> asyncIterator() {
    return new Iteration();
  }

  @Override
  public Iterator<Promise<? extends T>> iterator() {
    return AsyncIterable.super.iterator();
  }

  private final class Iteration implements AsyncIterator<Promise<? extends T>>, PromiseCallback {
    private final Queue<Promise<? extends T>> done = new ArrayDeque<>();
    private final Set<Promise<?>> pending;
    private final Queue<Promise<@Nullable Void>> steps = new ArrayDeque<>();
    private @Nullable Promise<? extends T> current;
    private @Nullable TimerHandle timer;
    private boolean expired;

    Iteration() {
      EventLoop loop = EventLoop.running();
      Set<Promise<?>> distinct = new LinkedHashSet<>(Awaitables.ensurePromises(loop, awaitables));
      pending = new LinkedHashSet<>(distinct);
      if (timeout != null && !distinct.isEmpty()) {
        timer = loop.callLater(timeout, this::expire);
      }
      distinct.forEach(promise -> promise.addCallback(this));
    }

    @Override
    public void onDone(Promise<?> promise) {
      if (!pending.remove(promise)) {
        return;
      }
      done.add(Unchecked.<Promise<? extends T>>cast(promise));
      wakeOne();
      if (pending.isEmpty()) {
        if (timer != null) {
          timer.cancel();
        }
        wakeAll();
      }
    }

    private void expire() {
      expired = true;
      pending.forEach(promise -> promise.removeCallback(this));
      wakeAll();
    }

    private void wakeAll() {
      while (!steps.isEmpty()) {
        wakeOne();
      }
    }

    private void wakeOne() {
      while (!steps.isEmpty()) {
        Promise<@Nullable Void> step = steps.remove();
        if (!step.isDone()) {
          step.completeIfPending();
          return;
        }
      }
    }

    @Override
    public Coro<Boolean> moveNext() {
      return new MoveNext();
    }

    @Override
    public Promise<? extends T> current() {
      Promise<? extends T> promise = current;
      if (promise == null) {
        throw new IllegalStateException("there is no current element: await moveNext() first.");
      }
      return promise;
    }

    @Override
    public @Nullable Promise<?> waiter() {
      return steps.peek();
    }

    private final class MoveNext extends RuntimeCoro<Boolean> {
      private static final int WAITING = 2;

      MoveNext() {
        super(LINES);
      }

      @Override
      protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
          throws Throwable {
        if (!done.isEmpty()) {
          current = done.remove();
          return true;
        }
        if (pending.isEmpty()) {
          return false;
        }
        if (expired) {
          throw new AsyncTimeoutException(
              pending.size() + " of " + awaitables.size() + " were not done in time", null);
        }
        Promise<@Nullable Void> step = task.loop.createPromise();
        steps.add(step);
        state = WAITING;
        return await(task, step, depth);
      }
    }
  }
}
