package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.reports.RuntimeLines;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code waitUntil}: asyncio's {@code wait}. */
final class WaitUntil<F extends Promise<?>> extends RuntimeCoro<WaitResult<F>>
    implements PromiseCallback {
  private static final LineTable LINES = RuntimeLines.of(WaitUntil.class, "waitUntil");
  private static final int WAITING = -2;

  private Set<F> promises;
  private final ReturnWhen returnWhen;
  private final @Nullable Duration timeout;
  private int unfinished;
  private @Nullable Promise<@Nullable Void> enough;
  private @Nullable TimerHandle timer;

  WaitUntil(Collection<? extends F> promises, ReturnWhen returnWhen, @Nullable Duration timeout) {
    super(LINES);
    this.promises = new LinkedHashSet<>(Objects.requireNonNull(promises, "promises"));
    this.returnWhen = Objects.requireNonNull(returnWhen, "returnWhen");
    this.timeout = timeout;
    if (this.promises.isEmpty()) {
      throw new IllegalArgumentException(
          "waitUntil has nothing to wait for, the collection is empty: don't call it then.");
    }
    this.promises.forEach(promise -> Objects.requireNonNull(promise, "a promise to wait for"));
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    if (state == WAITING) {
      stopWatching();
      received(sent);
      return ended(result());
    }
    EventLoop loop = task.loop;
    promises.forEach(promise -> Awaitables.requireLoop(loop, promise));
    if (isEnough()) {
      return ended(result());
    }
    Promise<@Nullable Void> promise = loop.createPromise();
    enough = promise;
    if (timeout != null) {
      timer = loop.callLater(timeout, this::wake);
    }
    for (F each : promises) {
      if (!each.isDone()) {
        each.addCallback(this);
      }
    }
    state = WAITING;
    return await(task, promise, depth);
  }

  /** Whether the wait is over before it begins. */
  private boolean isEnough() {
    int done = 0;
    boolean failed = false;
    for (F each : promises) {
      if (each.isDone()) {
        done++;
        failed |= hasFailed(each);
      }
    }
    unfinished = promises.size() - done;
    return switch (returnWhen) {
      case ALL_COMPLETED -> unfinished == 0;
      case FIRST_COMPLETED -> done > 0;
      case FIRST_EXCEPTION -> failed || unfinished == 0;
    };
  }

  @Override
  public void onDone(Promise<?> promise) {
    unfinished--;
    if (unfinished <= 0
        || returnWhen == ReturnWhen.FIRST_COMPLETED
        || (returnWhen == ReturnWhen.FIRST_EXCEPTION && hasFailed(promise))) {
      wake();
    }
  }

  private static boolean hasFailed(Promise<?> promise) {
    return promise.state() == Promise.State.FAILED;
  }

  private void wake() {
    Promise<@Nullable Void> promise = enough;
    if (promise != null) {
      promise.completeIfPending();
    }
  }

  private void stopWatching() {
    if (timer != null) {
      timer.cancel();
    }
    for (F each : promises) {
      each.removeCallback(this);
    }
  }

  private WaitResult<F> result() {
    Set<F> done = new LinkedHashSet<>();
    Set<F> pending = new LinkedHashSet<>();
    for (F each : promises) {
      (each.isDone() ? done : pending).add(each);
    }
    return new WaitResult<>(
        Collections.unmodifiableSet(done), Collections.unmodifiableSet(pending));
  }

  @Override
  protected void clear() {
    promises = Set.of();
    enough = null;
    timer = null;
  }

  @Override
  public boolean waitsForAny() {
    return returnWhen != ReturnWhen.ALL_COMPLETED;
  }

  @Override
  public @Nullable Promise<?> waiter() {
    return enough;
  }
}
