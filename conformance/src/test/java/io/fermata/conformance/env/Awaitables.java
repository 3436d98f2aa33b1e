package io.fermata.conformance.env;

import static java.util.Objects.requireNonNull;

import io.fermata.Async;
import io.fermata.Awaitable;
import io.fermata.EventLoop;
import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.conformance.script.Ending;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Real awaitables; the blocking world has a class of the same name. */
final class Awaitables {
  private Awaitables() {}

  static <T extends @Nullable Object> Awaitable<T> make(
      Ending ending, int shape, String name, T value, Throwable failure) {
    return switch (ending) {
      case DONE ->
          Math.floorMod(shape, 3) == 0 ? () -> Async.completed(value) : Async.completed(value);
      case LATER ->
          switch (Math.floorMod(shape, 4)) {
            case 0 -> Async.sleep(Duration.ZERO, value);
            case 1 -> () -> completedSoon(value);
            case 2 -> completedByTimer(value);
            default -> completedSoon(value);
          };
      case FAILED ->
          Math.floorMod(shape, 2) == 0 ? () -> Async.failed(failure) : Async.failed(failure);
      case FAILS_LATER -> () -> failedSoon(failure);
      case CANCELLED -> () -> cancelled(name);
      case CANCELLED_LATER -> () -> cancelledSoon(name);
      case TASK_CANCELLED -> () -> cancellingTheTask(name);
    };
  }

  static <T extends @Nullable Object> CompletionStage<T> stage(
      Ending ending, String name, T value, Throwable failure) {
    CompletableFuture<T> stage = new CompletableFuture<>();
    EventLoop loop = EventLoop.running();
    switch (ending) {
      case DONE -> stage.complete(value);
      case LATER -> loop.callSoon(() -> stage.complete(value));
      case FAILED -> stage.completeExceptionally(failure);
      case FAILS_LATER -> loop.callSoon(() -> stage.completeExceptionally(failure));
      case CANCELLED, TASK_CANCELLED -> stage.cancel(false);
      case CANCELLED_LATER -> loop.callSoon(() -> stage.cancel(false));
    }
    return stage;
  }

  private static <T extends @Nullable Object> Promise<T> completedSoon(T value) {
    EventLoop loop = EventLoop.running();
    Promise<T> promise = loop.createPromise();
    loop.callSoon(() -> promise.complete(value));
    return promise;
  }

  private static <T extends @Nullable Object> Promise<T> completedByTimer(T value) {
    EventLoop loop = EventLoop.running();
    Promise<T> promise = loop.createPromise();
    loop.callLater(Duration.ofMillis(1), () -> promise.complete(value));
    return promise;
  }

  private static <T extends @Nullable Object> Promise<T> failedSoon(Throwable failure) {
    EventLoop loop = EventLoop.running();
    Promise<T> promise = loop.createPromise();
    loop.callSoon(() -> promise.fail(failure));
    return promise;
  }

  private static <T extends @Nullable Object> Promise<T> cancelled(String message) {
    Promise<T> promise = EventLoop.running().createPromise();
    promise.cancel(message);
    return promise;
  }

  private static <T extends @Nullable Object> Promise<T> cancelledSoon(String message) {
    EventLoop loop = EventLoop.running();
    Promise<T> promise = loop.createPromise();
    loop.callSoon(() -> promise.cancel(message));
    return promise;
  }

  private static <T extends @Nullable Object> Promise<T> cancellingTheTask(String message) {
    EventLoop loop = EventLoop.running();
    Task<?> task = requireNonNull(Async.currentTask());
    loop.callSoon(() -> task.cancel(message));
    return loop.createPromise();
  }
}
