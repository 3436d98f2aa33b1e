package io.fermata.example.tutorial;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofSeconds;

import io.fermata.Coroutine;
import io.fermata.Task;
import java.util.stream.IntStream;

/** A task runs in the background whenever the main coroutine waits. */
final class BackgroundTask {
  @Coroutine
  static int sum(int... numbers) {
    System.out.println("background: started");
    await(sleep(ofSeconds(2)));
    System.out.println("background: done");
    return IntStream.of(numbers).sum();
  }

  @Coroutine
  static void main() {
    Task<Integer> sum = createTask(BackgroundTaskAsync.sum(20, 20, 2));
    System.out.println("main: goes on");
    await(sleep(ofSeconds(1)));
    System.out.println("main: needs the result now");
    System.out.println("main: the sum is " + await(sum));
  }
}
