package io.fermata.example.tutorial;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static java.time.Duration.ofSeconds;

import io.fermata.Coroutine;
import io.fermata.Task;

/** Two tasks wait at the same time: one second beside two make two. */
final class AwaitedAsTasks {
  @Coroutine
  static void main() {
    Stopwatch stopwatch = Stopwatch.start();
    Task<Void> hello = createTask(AwaitedInTurnAsync.sayAfter(ofSeconds(1), "hello"));
    Task<Void> world = createTask(AwaitedInTurnAsync.sayAfter(ofSeconds(2), "world"));
    System.out.println("started at " + stopwatch);
    await(hello);
    await(world);
    System.out.println("finished at " + stopwatch);
  }
}
