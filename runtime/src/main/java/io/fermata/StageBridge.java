package io.fermata;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Between promises, which belong to a loop, and the stages and futures of other threads. */
@SuppressWarnings("FutureReturnValueIgnored") // what follows a stage is handed to the loop
final class StageBridge {
  private static final int MAX_WRAPPINGS = 1000;

  private StageBridge() {}

  /** A promise of the running loop for the stage. */
  static <T extends @Nullable Object> Promise<T> toPromise(CompletionStage<T> stage) {
    Objects.requireNonNull(stage, "stage");
    EventLoop loop = EventLoop.running();
    Promise<T> promise = loop.createPromise();
    if (stage instanceof CompletableFuture<T> future && future.isDone()) {
      future.whenComplete((value, failure) -> settle(promise, value, failure));
      return promise;
    }
    loop.expectFromOutside();
    stage.whenComplete((value, failure) -> deliver(new Arrival<>(promise, value, failure)));
    promise.addCallback(new CancelStage(stage));
    return promise;
  }

  /** A future that follows the promise, and cancels it when it is cancelled itself. */
  static <T extends @Nullable Object> CompletableFuture<T> toCompletableFuture(Promise<T> promise) {
    CompletableFuture<T> future = new CompletableFuture<>();
    link(promise, future);
    return future;
  }

  /** Makes a task of the coroutine on a loop that runs in another thread. */
  static <T extends @Nullable Object> CompletableFuture<T> submit(Coro<T> coro, EventLoop loop) {
    Submission<T> submission = new Submission<>(coro, loop);
    try {
      loop.handOver(submission);
    } catch (IllegalStateException closed) {
      submission.drop();
      throw closed;
    }
    return submission.future;
  }

  private static <T extends @Nullable Object> void link(
      Promise<T> promise, CompletableFuture<T> future) {
    promise.addCallback(new Follow<>(future));
    future.whenComplete(
        (value, failure) -> {
          if (future.isCancelled()) {
            cancelFromOutside(promise);
          }
        });
  }

  private static void cancelFromOutside(Promise<?> promise) {
    deliver(
        new Ready() {
          @Override
          void run(EventLoop loop) {
            if (!promise.isDone()) {
              promise.cancel();
            }
          }

          @Override
          EventLoop loop() {
            return promise.loop;
          }
        });
  }

  private static void deliver(Ready arrival) {
    arrival.loop().deliverUnlessClosed(arrival);
  }

  private static <T extends @Nullable Object> void settle(
      Promise<T> promise, T value, @Nullable Throwable failure) {
    if (promise.isDone()) {
      return;
    }
    Throwable cause = unwrap(failure);
    if (cause == null) {
      promise.complete(value);
    } else if (cause instanceof CancellationException) {
      promise.cancel(ThrowableAccess.messageOf(cause));
    } else {
      promise.fail(cause);
    }
  }

  private static @Nullable Throwable unwrap(@Nullable Throwable failure) {
    Throwable inner = failure;
    for (int depth = 0; depth < MAX_WRAPPINGS; depth++) { // causes may run in a circle
      Throwable cause =
          inner instanceof CompletionException || inner instanceof ExecutionException
              ? ThrowableAccess.causeOf(inner)
              : null;
      if (cause == null) {
        return inner;
      }
      inner = cause;
    }
    return failure;
  }

  /** A coroutine on its way to the loop, which is to make a task of it. */
  private static final class Submission<T extends @Nullable Object> extends Ready {
    final CompletableFuture<T> future = new CompletableFuture<>();
    private final Coro<T> coro;
    private final EventLoop loop;
    private final @Nullable Context context;

    Submission(Coro<T> coro, EventLoop loop) {
      this.coro = Objects.requireNonNull(coro, "coro");
      this.loop = Objects.requireNonNull(loop, "loop");
      this.context = loop.threadLocals == null ? Context.inherited() : captured(loop.threadLocals);
    }

    private static Context captured(CarriedThreadLocals threadLocals) {
      Context context = Context.copyOfCurrent();
      threadLocals.capture(context);
      return context;
    }

    @Override
    @Nullable Context runsIn() {
      return context;
    }

    @Override
    void run(EventLoop running) {
      running.callbackContext = context;
      try {
        link(running.createTask(coro), future);
      } catch (Throwable t) {
        fail(running, t);
      }
    }

    @Override
    void fail(EventLoop running, Throwable failure) {
      drop();
      future.completeExceptionally(failure);
      running.callbackFailed(failure, "Exception in runCoroutineThreadsafe", null, null);
    }

    /** The coroutine is not run, and not reported as never awaited. */
    void drop() {
      if (!coro.isOwned()) {
        coro.close();
      }
    }

    @Override
    void abandon() {
      drop();
      future.completeExceptionally(
          new IllegalStateException(loop + " was closed before it could run " + coro + "."));
    }

    @Override
    EventLoop loop() {
      return loop;
    }
  }

  /** A stage's outcome on its way to the loop. */
  private static final class Arrival<T extends @Nullable Object> extends Ready {
    private final Promise<T> promise;
    private final T value;
    private final @Nullable Throwable failure;

    Arrival(Promise<T> promise, T value, @Nullable Throwable failure) {
      this.promise = promise;
      this.value = value;
      this.failure = failure;
    }

    @Override
    void run(EventLoop loop) {
      loop.arrivedFromOutside();
      settle(promise, value, failure);
    }

    @Override
    EventLoop loop() {
      return promise.loop;
    }
  }

  /** Cancels the stage when its promise was cancelled. */
  private record CancelStage(CompletionStage<?> stage) implements PromiseCallback {
    @Override
    public void onDone(Promise<?> promise) {
      if (promise.isCancelled() && stage instanceof Future<?> future) {
        future.cancel(true);
      }
    }
  }

  /** Hands a promise's outcome to a future. */
  private record Follow<T extends @Nullable Object>(CompletableFuture<T> future)
      implements PromiseCallback {
    @Override
    public void onAbandoned(Promise<?> promise) {
      if (promise.isDone()) {
        onDone(promise);
      } else {
        future.completeExceptionally(
            new IllegalStateException(
                promise.loop + " was closed, and " + promise + " will never be done."));
      }
    }

    @Override
    public void onDone(Promise<?> promise) {
      if (promise.isCancelled()) {
        future.cancel(false);
        return;
      }
      Throwable failure = promise.exception();
      if (failure instanceof CancelledError) {
        future.cancel(false);
      } else if (failure != null) {
        future.completeExceptionally(failure);
      } else {
        future.complete(Unchecked.<T>cast(promise.result()));
      }
    }
  }
}
