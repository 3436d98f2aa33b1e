package io.fermata;

import io.fermata.internal.Unchecked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code shield}: a promise that mirrors another one, whose cancellation it does not pass on. */
final class Shield implements PromiseCallback {
  private final Promise<@Nullable Object> outer;

  private Shield(Promise<@Nullable Object> outer) {
    this.outer = outer;
  }

  static <T extends @Nullable Object> Promise<T> of(Awaitable<T> awaitable) {
    Promise<T> inner = Async.ensurePromise(awaitable);
    if (inner.isDone()) {
      return inner;
    }
    Promise<@Nullable Object> outer = inner.loop.createPromise();
    Shield shield = new Shield(outer);
    inner.addCallback(shield);
    outer.addCallback(new Unlink(inner, shield));
    return Unchecked.cast(outer);
  }

  /** Whether among the callbacks is a shield through which nobody waits any more. */
  static boolean hasEnded(Object callbacks) {
    return callbacks instanceof Shield shield
        ? shield.outer.isDone()
        : callbacks == Ended.INSTANCE
            || (callbacks instanceof List<?> list && list.stream().anyMatch(Shield::hasEnded));
  }

  @Override
  public void onDone(Promise<?> inner) {
    if (outer.isDone()) {
      return;
    }
    if (inner.isCancelled()) {
      outer.cancel(inner.peekOutcome());
      return;
    }
    Failed failed = inner.failedOrNull();
    if (failed != null) {
      outer.settleFailed(failed);
    } else {
      outer.complete(inner.result());
    }
  }

  @Override
  public boolean isWaiter() {
    return !outer.isDone();
  }

  @Override
  public Promise<?> waiter() {
    return outer;
  }

  /** When the outer one was cancelled, the inner one is not to call it any more. */
  private record Unlink(Promise<?> inner, Shield shield) implements PromiseCallback {
    @Override
    public void onDone(Promise<?> outer) {
      if (!inner.isDone()) {
        inner.removeCallback(shield);
        inner.addCallbackOnce(Ended.INSTANCE);
        if (inner.callback(Expectation.class) instanceof Expectation<?> stage) {
          stage.leave();
        }
      }
    }

    @Override
    public boolean isWaiter() {
      return false;
    }
  }

  /** Stands in the callbacks of an inner promise in place of shields that have ended. */
  private enum Ended implements PromiseCallback {
    INSTANCE;

    @Override
    public void onDone(Promise<?> inner) {}

    @Override
    public boolean isWaiter() {
      return false;
    }
  }

  /** Tells of a failure that came when nobody waited through the shield any more, nor otherwise. */
  enum LateFailure implements PromiseCallback {
    INSTANCE;

    @Override
    public void onDone(Promise<?> inner) {
      if (inner.isUnretrieved()) {
        inner.loop.callExceptionHandler(
            new ExceptionContext(
                "a shielded promise failed after its shield had ended",
                inner.exception(),
                null,
                inner,
                null,
                inner.createdAt()));
      }
    }
  }
}
