package io.fermata.conformance.env;

import io.fermata.Async;
import io.fermata.Awaitable;
import io.fermata.CancelledError;
import io.fermata.conformance.script.Ending;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Blocking awaitables. */
final class Awaitables {
  private Awaitables() {}

  static <T> Awaitable<T> make(
      Ending ending, int shape, String name, T value, Throwable failure) {
    if (ending.fails()) {
      return Async.failed(failure);
    }
    if (ending.cancels()) {
      return Async.failed(new CancelledError(name));
    }
    return Async.completed(value);
  }

  static <T> CompletionStage<T> stage(
      Ending ending, String name, T value, Throwable failure) {
    CompletableFuture<T> stage = new CompletableFuture<>();
    if (ending.fails()) {
      stage.completeExceptionally(failure);
    } else if (ending.cancels()) {
      stage.cancel(false);
    } else {
      stage.complete(value);
    }
    return stage;
  }
}
