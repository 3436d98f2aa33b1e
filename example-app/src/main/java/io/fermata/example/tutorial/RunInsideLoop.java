package io.fermata.example.tutorial;

import static io.fermata.Async.await;
import static io.fermata.Async.run;

import io.fermata.Coroutine;

/**
 * {@code run} starts a loop, and a thread has one at a time: inside a coroutine, await instead.
 *
 * <p>Written in a coroutine itself, {@code run} would not even compile. Here it hides in an
 * ordinary method, so the fault comes to light only when that is called.
 */
final class RunInsideLoop {
  @Coroutine
  static void greet() {
    System.out.println("hello");
  }

  static void greetAndWait() {
    run(RunInsideLoopAsync.greet());
  }

  @Coroutine
  static void main() {
    try {
      greetAndWait();
    } catch (IllegalStateException e) {
      System.out.println("error: " + e.getMessage());
    }
    await(RunInsideLoopAsync.greet()); // the way out
  }
}
