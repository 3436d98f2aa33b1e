package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.reports.RuntimeLines;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From what can be awaited to the promise or task that stands for it. */
final class Awaitables {
  private static final LineTable AWAIT = RuntimeLines.of(AwaitOne.class, "ensurePromise");

  private Awaitables() {}

  /**
   * A promise as it is, a coroutine as a new task, and a user's own awaitable as a task that awaits
   * it.
   *
   * @throws IllegalArgumentException if it is a promise of another loop
   */
  static <T extends @Nullable Object> Promise<T> ensurePromise(
      EventLoop loop, Awaitable<T> awaitable) {
    Objects.requireNonNull(awaitable, "awaitable: an awaitable is required, not null");
    if (awaitable instanceof Promise<T> promise) {
      requireLoop(loop, promise);
      return promise;
    }
    if (awaitable instanceof Coro<T> coro) {
      return loop.createTask(coro);
    }
    return loop.createTask(new AwaitOne<>(awaitable));
  }

  /** Refuses a promise of another loop. */
  static void requireLoop(EventLoop loop, Promise<?> promise) {
    if (promise.loop != loop) {
      throw new IllegalArgumentException(
          promise
              + " belongs to a different loop than "
              + loop
              + ": use runCoroutineThreadsafe and await its future.");
    }
  }

  /**
   * As {@link #ensurePromise} for several, in order. A coroutine that is given several times
   * becomes one task, which stands at each of its places.
   */
  static List<Promise<?>> ensurePromises(
      EventLoop loop, Collection<? extends Awaitable<?>> awaitables) {
    List<Awaitable<?>> given = new ArrayList<>(awaitables);
    List<Promise<?>> promises = new ArrayList<>(given.size());
    addPromises(loop, given, promises);
    return promises;
  }

  /** As {@link #ensurePromises}; those made before a failure stand in {@code promises}, too. */
  static void addPromises(EventLoop loop, List<Awaitable<?>> given, List<Promise<?>> promises) {
    for (int i = 0; i < given.size(); i++) {
      Awaitable<?> awaitable = given.get(i);
      int earlier =
          awaitable instanceof Coro<?> coro && coro.isOwned() ? placeOf(coro, given, i) : -1;
      promises.add(earlier < 0 ? ensurePromise(loop, awaitable) : promises.get(earlier));
    }
  }

  private static int placeOf(Coro<?> coro, List<Awaitable<?>> given, int before) {
    for (int i = 0; i < before; i++) {
      if (given.get(i) == coro) {
        return i;
      }
    }
    return -1;
  }

  /** The coroutine that awaits a user's own awaitable. */
  private static final class AwaitOne<T extends @Nullable Object> extends RuntimeCoro<T> {
    private static final int AWAITED = 2;

    private @Nullable Awaitable<T> awaitable;

    AwaitOne(Awaitable<T> awaitable) {
      super(AWAIT);
      this.awaitable = awaitable;
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      if (state == AWAITED) {
        return ended(sent);
      }
      Object result = await(task, awaitable, depth);
      if (result == SUSPENDED) {
        state = AWAITED;
        return SUSPENDED;
      }
      return ended(result);
    }

    @Override
    protected void clear() {
      awaitable = null;
    }
  }
}
