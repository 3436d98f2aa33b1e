package io.fermata;

import io.fermata.internal.reports.ThrowableAccess;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a stage that a promise is to have. Of the stage only {@code whenComplete} is used,
 * and nothing is taken for granted of it.
 *
 * <pre>
 *  ask --called on the spot--------------------------&gt; settled
 *   |
 *   +--expected from outside --called, by any thread--&gt; settled
 *              ^          |
 *              |          +--promise cancelled--&gt; the stage is cancelled; if it can't be: idle
 *              +--- asked for again ------------------------------------------------------+
 * </pre>
 */
final class Expectation<T extends @Nullable Object>
    implements BiConsumer<T, @Nullable Throwable>, PromiseCallback {
  private static final int MAX_WRAPPERS = 100;

  private final EventLoop loop;
  private final CompletionStage<T> stage;
  private Promise<T> promise;
  private @Nullable Thread asking;
  private @Nullable Arrival<T> onTheSpot;

  /** The stage has refused to be listened to, or has told its outcome. */
  private boolean over;

  private boolean expected;

  private Expectation(EventLoop loop, CompletionStage<T> stage) {
    this.loop = loop;
    this.stage = stage;
    this.promise = loop.createPromise();
  }

  /** A promise of what the stage gives; throws what the stage throws instead of listening. */
  static <T extends @Nullable Object> Promise<T> ask(EventLoop loop, CompletionStage<T> stage) {
    Expectation<T> expectation = new Expectation<>(loop, stage);
    expectation.ask();
    return expectation.promise;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what follows the stage is handed to the loop
  private void ask() {
    asking = Thread.currentThread();
    try {
      stage.whenComplete(this);
    } catch (Throwable t) {
      over = true;
      throw t;
    } finally {
      asking = null;
    }
    if (onTheSpot != null) {
      onTheSpot.run(loop);
    } else {
      expect();
    }
  }

  private void expect() {
    expected = true;
    loop.arrivals.expectOne();
    promise.addCallback(this);
  }

  private void stopExpecting() {
    if (expected) {
      expected = false;
      loop.arrivals.oneIsHere();
    }
  }

  /** The promise that is pending, or a new one if that was cancelled. */
  Promise<T> promise() {
    if (promise.isDone()) {
      promise = loop.createPromise();
      expect();
    }
    return promise;
  }

  /** Whether the stage goes on and nobody waits for it. */
  boolean isIdle() {
    return !over && (promise.isDone() || promise.waiting().isEmpty());
  }

  /** If it is idle, it is there for the next who asks for the stage. */
  void leave() {
    if (isIdle()) {
      loop.arrivals.idleStages().add(stage, this);
    }
  }

  @Override
  public void accept(T value, @Nullable Throwable failure) {
    Arrival<T> arrival = new Arrival<>(this, value, failure);
    if (asking != Thread.currentThread()) {
      loop.arrivals.deliverUnlessClosed(arrival);
    } else if (onTheSpot == null) {
      onTheSpot = arrival;
    }
  }

  /** The first time that the stage calls counts. */
  private void arrived(T value, @Nullable Throwable failure) {
    stopExpecting();
    if (!over) {
      over = true;
      settle(value, failure);
    }
  }

  private void settle(T value, @Nullable Throwable failure) {
    if (promise.isDone()) {
      return;
    }
    if (failure == null) {
      promise.complete(value);
      return;
    }
    Throwable cause = unwrap(failure);
    if (cause instanceof CancellationException) {
      promise.cancel(ThrowableAccess.messageOf(cause));
    } else {
      promise.fail(cause);
    }
  }

  /** What the wrappers hold; of those that hold each other, one. */
  private static Throwable unwrap(Throwable failure) {
    Throwable inner = failure;
    for (int depth = 0; depth < MAX_WRAPPERS; depth++) {
      boolean wraps = inner instanceof CompletionException || inner instanceof ExecutionException;
      Throwable cause = wraps ? ThrowableAccess.causeOf(inner) : null;
      if (cause == null) {
        return inner;
      }
      inner = cause;
    }
    return inner;
  }

  @Override
  public void onDone(Promise<?> done) {
    stopExpecting();
    if (done.isCancelled() && !cancelStage()) {
      leave();
    }
  }

  /** Whether the stage was asked to end. */
  private boolean cancelStage() {
    if (stage instanceof Future<?> future) {
      try {
        future.cancel(true);
        return true;
      } catch (UnsupportedOperationException e) {
        // A future in name only, as the JDK's minimal stages are.
      }
    }
    return false;
  }

  @Override
  public boolean isWaiter() {
    return false;
  }

  /** A stage's outcome on its way to the loop. */
  private static final class Arrival<T extends @Nullable Object> extends Ready {
    private final Expectation<T> expectation;
    private final T value;
    private final @Nullable Throwable failure;

    Arrival(Expectation<T> expectation, T value, @Nullable Throwable failure) {
      this.expectation = expectation;
      this.value = value;
      this.failure = failure;
    }

    @Override
    void run(EventLoop running) {
      expectation.arrived(value, failure);
    }

    @Override
    EventLoop loop() {
      return expectation.loop;
    }
  }
}
