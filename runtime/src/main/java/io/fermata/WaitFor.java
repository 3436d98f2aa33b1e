package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.Durations;
import io.fermata.internal.reports.RuntimeLines;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code waitFor}: a timeout around one await. */
final class WaitFor<T extends @Nullable Object> extends RuntimeCoro<T> {
  private static final LineTable LINES = RuntimeLines.of(WaitFor.class, "waitFor");
  private static final int AWAITED = 2;
  private static final int IN_TIMEOUT = -3;
  private static final int CANCELLING = -4;

  private @Nullable Awaitable<T> awaitable;
  private final @Nullable Duration timeout;
  private @Nullable Timeout scope;
  private @Nullable Promise<T> cancelled;

  WaitFor(Awaitable<T> awaitable, @Nullable Duration timeout) {
    super(LINES);
    this.awaitable = Objects.requireNonNull(awaitable, "awaitable");
    this.timeout = timeout;
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    return switch (state) {
      case START -> start(task, depth);
      case AWAITED -> ended(sent);
      case IN_TIMEOUT -> inTimeout(task, Objects.requireNonNull(scope), sent, depth);
      case CANCELLING -> cancelAndWait(task, sent, depth);
      default -> throw new AssertionError(state);
    };
  }

  private @Nullable Object start(Task<?> task, int depth) throws Throwable {
    if (timeout == null) {
      Object result = await(task, awaitable, depth);
      if (result == SUSPENDED) {
        state = AWAITED;
        return SUSPENDED;
      }
      return ended(result);
    }
    if (timeout.isZero() || timeout.isNegative()) {
      Promise<T> promise = Awaitables.ensurePromise(task.loop, Objects.requireNonNull(awaitable));
      cancelled = promise;
      return promise.isDone() ? ended(promise.result()) : cancelAndWait(task, null, depth);
    }
    Timeout begun = Timeout.begun(task, Durations.toNanos(timeout));
    scope = begun;
    return inTimeout(task, begun, null, depth);
  }

  private @Nullable Object inTimeout(Task<?> task, Timeout begun, @Nullable Object sent, int depth)
      throws Throwable {
    Object result;
    try {
      result = state == IN_TIMEOUT ? received(sent) : await(task, awaitable, depth);
    } catch (Throwable t) {
      throw Objects.requireNonNull(begun.end(t, timeout));
    }
    if (result == SUSPENDED) {
      state = IN_TIMEOUT;
      return SUSPENDED;
    }
    begun.end(null);
    return ended(result);
  }

  /** The time was up before it began: what is not done is cancelled, and waited for. */
  private @Nullable Object cancelAndWait(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    Promise<T> promise = Objects.requireNonNull(cancelled);
    if (state != CANCELLING) {
      promise.cancel();
      state = CANCELLING;
      // Waits for the end only: what the promise ends with is looked at below.
      return await(task, Ending.of(promise), depth);
    }
    received(sent);
    try {
      return ended(promise.result());
    } catch (CancelledError e) {
      throw new AsyncTimeoutException("the time was up before it was awaited", e);
    }
  }

  @Override
  protected void clear() {
    awaitable = null;
    cancelled = null;
  }
}
