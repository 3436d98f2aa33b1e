package io.fermata;

import io.fermata.internal.Unchecked;
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
  /** Empty once this is done. */
  private List<Promise<?>> children;

  private final boolean failuresAreResults;
  private @Nullable Function<List<Promise<?>>, R> combine;
  private int unfinished;
  private boolean beingCancelled;
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
      succeed();
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
        leaveChildren();
        return;
      }
    }
    if (unfinished > 0) {
      return;
    }
    if (cancelRequested) {
      settleFailed(Failed.of(new CancelledError(child.isCancelled() ? child.peekOutcome() : null)));
    } else {
      try {
        succeed();
      } catch (Throwable t) {
        settleFailed(Failed.handedOver(t));
      }
    }
    leaveChildren();
  }

  private void succeed() {
    settle(State.SUCCEEDED, Objects.requireNonNull(combine).apply(children));
  }

  /** Nothing is held, by it or for it, of what this waited for. */
  private void leaveChildren() {
    for (Promise<?> child : children) {
      if (!child.isDone()) {
        child.removeCallback(this);
        child.addCallbackOnce(FailureIsSeen.INSTANCE);
      }
    }
    children = List.of();
    combine = null;
  }

  /** Cancels the children; this one ends when they have. */
  @Override
  public boolean cancel(@Nullable Object message) {
    if (isDone()) {
      markRetrieved();
      return false;
    }
    return Cancellation.of(this, message);
  }

  /** Whether its children are being cancelled right now. */
  boolean isBeingCancelled() {
    return beingCancelled;
  }

  /** The children, which are to be cancelled one by one. */
  List<Promise<?>> beginCancel() {
    beingCancelled = true;
    return children;
  }

  /** All were asked; some may have taken it. */
  void endCancel(boolean any) {
    beingCancelled = false;
    cancelRequested |= any;
  }

  @Override
  public Promise<?> waiter() {
    return this;
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

  /** Stands in the callbacks of a child that goes on after its gather has failed. */
  private enum FailureIsSeen implements PromiseCallback {
    INSTANCE;

    @Override
    public void onDone(Promise<?> child) {
      child.markRetrieved();
    }

    @Override
    public boolean isWaiter() {
      return false;
    }
  }
}
