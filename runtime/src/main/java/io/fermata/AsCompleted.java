package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.codegen.Thrown;
import io.fermata.internal.Unchecked;
import io.fermata.internal.reports.RuntimeLines;
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

/**
 * Promises in the order in which they are done, each given once: what {@link Async#asCompleted}
 * gives.
 *
 * <pre>{@code
 * for (Promise<? extends String> done : asCompleted(downloads)) {   // in a coroutine
 *   System.out.println(await(done));
 * }
 * }</pre>
 *
 * <p>Left in the middle by a loop over a call, it ends there, and is no longer told of what is
 * pending. One held in a variable goes on where it was left when it is gone through again, and is
 * its holder's to end: as the resource of a try statement. What is pending goes on in any case.
 *
 * <p><b>Thread.</b> That of its loop. Several tasks may await an element at the same time.
 *
 * <p>asyncio: the iterator of {@code asyncio.as_completed}.
 *
 * @param <T> type of the values
 */
public final class AsCompleted<T extends @Nullable Object>
    implements AsyncIterable<Promise<? extends T>>, AsyncScope {
  private static final LineTable LINES =
      RuntimeLines.of(AsCompleted.Iteration.MoveNext.class, "asCompleted");

  private final int given;
  private final @Nullable Duration timeout;

  /** Empty once this is gone through. */
  private List<Awaitable<? extends T>> awaitables;

  private @Nullable Iteration iteration;

  AsCompleted(Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration timeout) {
    this.awaitables = new ArrayList<>(Objects.requireNonNull(awaitables, "awaitables"));
    this.given = this.awaitables.size();
    this.timeout = timeout;
    this.awaitables.forEach(awaitable -> Objects.requireNonNull(awaitable, "an awaitable"));
  }

  /** The one iteration, which begins with the first call. */
  @Override
  public AsyncIterator<Promise<? extends T>> asyncIterator() {
    Iteration existing = iteration;
    if (existing == null) {
      existing = new Iteration();
      iteration = existing;
      awaitables = List.of();
    }
    return existing;
  }

  @Override
  public Iterator<Promise<? extends T>> iterator() {
    return AsyncIterable.super.iterator();
  }

  /** Nothing to await: it begins with its first element. */
  @Override
  public Awaitable<?> enter() {
    return SharedCoro.NOTHING;
  }

  /** Ends it, and lets what the block threw go on. */
  @Override
  public Awaitable<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    awaitables = List.of();
    if (iteration != null) {
      iteration.end();
    }
    return new Done<>(Unchecked.<@Nullable Throwable>cast(thrown));
  }

  @Override
  public void close() {
    AsyncScope.super.close();
  }

  private final class Iteration implements AsyncIterator<Promise<? extends T>>, PromiseCallback {
    private final Queue<Promise<? extends T>> done = new ArrayDeque<>();
    private final Set<Promise<?>> pending;

    /** Those who wait for an element. */
    private final Set<Promise<@Nullable Void>> steps = new LinkedHashSet<>();

    private @Nullable Promise<? extends T> current;
    private @Nullable TimerHandle timer;
    private boolean expired;

    Iteration() {
      EventLoop loop = EventLoop.running();
      pending = new LinkedHashSet<>(Awaitables.ensurePromises(loop, awaitables));
      if (timeout != null && !pending.isEmpty()) {
        timer = loop.callLater(timeout, this::expire);
      }
      pending.forEach(promise -> promise.addCallback(this));
    }

    @Override
    public void onDone(Promise<?> promise) {
      if (expired || !pending.remove(promise)) {
        return;
      }
      done.add(Unchecked.<Promise<? extends T>>cast(promise));
      wakeOne();
      if (pending.isEmpty()) {
        stopTimer();
        wakeAll();
      }
    }

    private void expire() {
      expired = true;
      leavePending();
      wakeAll();
    }

    void end() {
      leavePending();
      pending.clear();
      done.clear();
      current = null;
      stopTimer();
      wakeAll();
    }

    private void leavePending() {
      pending.forEach(promise -> promise.removeCallback(this));
    }

    private void stopTimer() {
      if (timer != null) {
        timer.cancel();
      }
    }

    private void wakeAll() {
      while (wakeOne()) {
        // the next
      }
    }

    private boolean wakeOne() {
      Iterator<Promise<@Nullable Void>> waiting = steps.iterator();
      if (!waiting.hasNext()) {
        return false;
      }
      Promise<@Nullable Void> step = waiting.next();
      waiting.remove();
      step.completeIfPending();
      return true;
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
    public boolean waitsForAny() {
      return true;
    }

    @Override
    public @Nullable Promise<?> waiter() {
      return steps.isEmpty() ? null : steps.iterator().next();
    }

    private final class MoveNext extends RuntimeCoro<Boolean> {
      private static final int WAITING = -2;

      private @Nullable Promise<@Nullable Void> step;

      MoveNext() {
        super(LINES);
      }

      @Override
      protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
          throws Throwable {
        if (sent instanceof Thrown) {
          giveUp(Objects.requireNonNull(step));
          return received(sent);
        }
        if (!done.isEmpty()) {
          current = done.remove();
          return ended(true);
        }
        if (pending.isEmpty()) {
          current = null;
          return ended(false);
        }
        if (expired) {
          throw new AsyncTimeoutException(
              pending.size() + " of " + given + " were not done in time", null);
        }
        Promise<@Nullable Void> next = task.loop.createPromise();
        steps.add(next);
        step = next;
        state = WAITING;
        return await(task, next, depth);
      }

      /** One that was woken and can't take its element leaves it to another. */
      private void giveUp(Promise<@Nullable Void> waited) {
        steps.remove(waited);
        if (!waited.isCancelled() && !done.isEmpty()) {
          wakeOne();
        }
      }

      @Override
      protected void clear() {
        step = null;
      }
    }
  }
}
