package io.fermata.benchmarks;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Runs on the caller's thread what completable futures hand to their executor. */
final class FutureLoop implements Executor {
  private final ArrayDeque<Runnable> ready = new ArrayDeque<>();

  @Override
  public void execute(Runnable action) {
    ready.add(action);
  }

  /** Completes when the loop comes to it. */
  CompletableFuture<Void> yieldToLoop() {
    CompletableFuture<Void> yielded = new CompletableFuture<>();
    ready.add(() -> yielded.complete(null));
    return yielded;
  }

  /** Runs what is ready until the future is done. */
  <T> T run(CompletableFuture<T> main) {
    while (!main.isDone()) {
      ready.remove().run();
    }
    return main.join();
  }
}
