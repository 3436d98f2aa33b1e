package io.fermata;

import io.fermata.internal.Unchecked;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Between promises, which belong to a loop, and the stages and futures of other threads. */
@SuppressWarnings("FutureReturnValueIgnored") // what follows a stage is handed to the loop
final class StageBridge {
  private StageBridge() {}

  /** A promise of the running loop for the stage. */
  static <T extends @Nullable Object> Promise<T> toPromise(CompletionStage<T> stage) {
    Objects.requireNonNull(stage, "stage");
    EventLoop loop = EventLoop.running();
    IdleStages idle = loop.arrivals.idleStagesOrNull();
    Expectation<T> expectation = idle == null ? null : idle.take(stage);
    return expectation == null ? Expectation.ask(loop, stage) : expectation.promise();
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
      loop.arrivals.handOver(submission);
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
    arrival.loop().arrivals.deliverUnlessClosed(arrival);
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
      running.code.callbackContext = context;
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
      running.reports.callbackFailed(failure, "Exception in runCoroutineThreadsafe", null, null);
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
