package io.fermata.example.tutorial;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofSeconds;

import io.fermata.Coroutine;
import java.time.Duration;

/**
 * Awaiting a coroutine runs it to its end before the next statement: one second and two make three.
 *
 * <p>{@code sayAfter} is what the programmer writes; {@code AwaitedInTurnAsync.sayAfter} is what
 * the compiler makes of it, and what is called.
 */
final class AwaitedInTurn {
  @Coroutine
  static void sayAfter(Duration delay, String what) {
    await(sleep(delay));
    System.out.println(what);
  }

  @Coroutine
  static void main() {
    Stopwatch stopwatch = Stopwatch.start();
    System.out.println("started at " + stopwatch);
    await(AwaitedInTurnAsync.sayAfter(ofSeconds(1), "hello"));
    await(AwaitedInTurnAsync.sayAfter(ofSeconds(2), "world"));
    System.out.println("finished at " + stopwatch);
  }
}
