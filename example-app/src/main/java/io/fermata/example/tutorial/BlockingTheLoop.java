package io.fermata.example.tutorial;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofMillis;

import io.fermata.Coroutine;
import io.fermata.Task;

/** All tasks share one thread: who blocks it holds up the others, who awaits lets them run. */
final class BlockingTheLoop {
  @Coroutine
  static void tick() {
    while (true) {
      System.out.println("  tick");
      await(sleep(ofMillis(200)));
    }
  }

  @Coroutine
  @SuppressWarnings("fermata:blocking-call") // to show what it does
  static void main() throws InterruptedException {
    System.out.println("Thread.sleep:");
    Task<Void> heldUp = createTask(BlockingTheLoopAsync.tick());
    Thread.sleep(500);
    heldUp.cancel();

    System.out.println("await(sleep):");
    Task<Void> ticking = createTask(BlockingTheLoopAsync.tick());
    await(sleep(ofMillis(500)));
    ticking.cancel();
  }
}
