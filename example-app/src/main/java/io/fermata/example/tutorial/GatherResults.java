package io.fermata.example.tutorial;

import static io.fermata.Async.await;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofSeconds;

import io.fermata.Coroutine;
import java.util.List;

/** Gather runs all at the same time, and gives their results in the order of its arguments. */
final class GatherResults {
  @Coroutine
  static String work(int id, int seconds) {
    System.out.println("started " + id);
    await(sleep(ofSeconds(seconds)));
    System.out.println("completed " + id);
    return "result " + id;
  }

  @Coroutine
  static void main() {
    List<String> results =
        await(gather(GatherResultsAsync.work(1, 2), GatherResultsAsync.work(2, 1)));
    System.out.println(results);
  }
}
