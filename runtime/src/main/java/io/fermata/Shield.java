package io.fermata;

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
  public Promise<?> waiter() {
    return outer;
  }

  /** When the outer one was cancelled, the inner one is not to call it any more. */
  private record Unlink(Promise<?> inner, Shield shield) implements PromiseCallback {
    @Override
    public void onDone(Promise<?> outer) {
      if (!inner.isDone()) {
        inner.removeCallback(shield);
      }
    }
  }
}
