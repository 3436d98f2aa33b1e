package io.fermata.example.tutorial;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofSeconds;

import io.fermata.Coroutine;
import io.fermata.Task;

/** A coroutine awaits another, or runs it as a task; arguments go in, and a result comes out. */
final class CoroutineInCoroutine {
  @Coroutine
  static String relay(String message) {
    await(sleep(ofSeconds(1)));
    return "relayed: " + message;
  }

  @Coroutine
  static void main() {
    String awaited = await(CoroutineInCoroutineAsync.relay("Hi from a coroutine"));
    System.out.println(awaited);

    Task<String> task = createTask(CoroutineInCoroutineAsync.relay("Hi from a task"));
    System.out.println(await(task));
  }
}
