package io.fermata;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code gather}: a promise that is done when all its children are, or with the first failure. Once
 * it is done, later failures of its children count as seen.
 */
final class GatherPromise<R extends @Nullable Object> extends Promise<R>
    implements PromiseCallback {
  private final List<Promise<?>> children;
  private final boolean failuresAreResults;
  private final Function<List<Promise<?>>, R> combine;
  private int unfinished;
  private boolean cancelRequested;

  private GatherPromise(
      EventLoop loop,
      List<Promise<?>> children,
      boolean failuresAreResults,
      Function<List<Promise<?>>, R> combine) {
    super(loop);
    this.children = children;
    this.failuresAreResults = failuresAreResults;
    this.combine = combine;
  }

  /** Ends with the first failure, else with the values in order. */
  static <R extends @Nullable Object> Promise<R> ofValues(
      Collection<? extends Awaitable<?>> awaitables, Function<List<Promise<?>>, R> combine) {
    return start(awaitables, false, combine);
  }

  /** Ends when all are done, with their outcomes in order. */
  static <T extends @Nullable Object> Promise<List<Outcome<T>>> ofOutcomes(
      Collection<? extends Awaitable<? extends T>> awaitables) {
    return start(awaitables, true, GatherPromise::<T>outcomes);
  }

  private static <R extends @Nullable Object> Promise<R> start(
      Collection<? extends Awaitable<?>> awaitables,
      boolean failuresAreResults,
      Function<List<Promise<?>>, R> combine) {
    EventLoop loop = loopOf(awaitables);
    List<Promise<?>> children = Awaitables.ensurePromises(loop, awaitables);
    GatherPromise<R> outer = new GatherPromise<>(loop, children, failuresAreResults, combine);
    outer.watchChildren();
    return outer;
  }

  /** The loop of the promises given, else the running one. */
  private static EventLoop loopOf(Collection<? extends Awaitable<?>> awaitables) {
    for (Awaitable<?> awaitable : Objects.requireNonNull(awaitables, "awaitables")) {
      if (awaitable instanceof Promise<?> promise) {
        return promise.loop;
      }
    }
    return EventLoop.running();
  }

  private void watchChildren() {
    if (children.isEmpty()) {
      settle(State.SUCCEEDED, combine.apply(children));
      return;
    }
    unfinished = children.size();
    for (Promise<?> child : children) {
      if (!child.isDone()) {
        child.addCallback(this);
      }
    }
    for (Promise<?> child : children) {
      if (child.isDone()) {
        onDone(child);
      }
    }
  }

  @Override
  public void onDone(Promise<?> child) {
    unfinished--;
    if (isDone()) {
      child.markRetrieved();
      return;
    }
    if (!failuresAreResults) {
      Failed failed = child.failedOrNull();
      if (failed != null) {
        settleFailed(failed);
        return;
      }
    }
    if (unfinished > 0) {
      return;
    }
    if (cancelRequested) {
      settleFailed(Failed.of(new CancelledError(child.isCancelled() ? child.peekOutcome() : null)));
      return;
    }
    R result;
    try {
      result = combine.apply(children);
    } catch (Throwable t) {
      settleFailed(Failed.handedOver(t));
      return;
    }
    settle(State.SUCCEEDED, result);
  }

  /** Cancels the children; this one ends when they have. */
  @Override
  public boolean cancel(@Nullable Object message) {
    if (isDone()) {
      markRetrieved();
      return false;
    }
    boolean any = false;
    for (Promise<?> child : children) {
      any |= child.cancel(message);
    }
    cancelRequested |= any;
    return any;
  }

  @Override
  public Promise<?> waiter() {
    return this;
  }

  List<Promise<?>> children() {
    return children;
  }

  static <T extends @Nullable Object> List<T> values(List<Promise<?>> children) {
    List<T> values = new ArrayList<>(children.size());
    for (Promise<?> child : children) {
      values.add(Unchecked.<T>cast(child.result()));
    }
    return values;
  }

  private static <T extends @Nullable Object> List<Outcome<T>> outcomes(List<Promise<?>> children) {
    List<Outcome<T>> outcomes = new ArrayList<>(children.size());
    for (Promise<?> child : children) {
      Throwable failure = child.failureOrNull();
      outcomes.add(
          failure == null
              ? new Outcome.Success<>(Unchecked.<T>cast(child.result()))
              : new Outcome.Failure<>(failure));
    }
    return outcomes;
  }
}
