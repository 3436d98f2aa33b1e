package io.fermata.example.tutorial;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofSeconds;

import io.fermata.Coroutine;
import io.fermata.Task;
import java.util.List;

/** Await, createTask and gather compared: what starts, who waits, what comes back. */
final class WaysToStart {
  @Coroutine
  static String fetch(String name) {
    System.out.println("  " + name + " starts");
    await(sleep(ofSeconds(1)));
    return "result of " + name;
  }

  @Coroutine
  static void main() {
    System.out.println("await: it starts now, I wait, the result comes back");
    String a = await(WaysToStartAsync.fetch("a"));
    System.out.println("  " + a);

    System.out.println("createTask: it starts when I next wait, a task comes back");
    Task<String> task = createTask(WaysToStartAsync.fetch("b"));
    System.out.println("  I go on");
    String b = await(task);
    System.out.println("  " + b);

    System.out.println("gather: all start, I wait for all of them, a list comes back");
    List<String> both = await(gather(WaysToStartAsync.fetch("c"), WaysToStartAsync.fetch("d")));
    System.out.println("  " + both);
  }
}
