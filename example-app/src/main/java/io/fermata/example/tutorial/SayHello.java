package io.fermata.example.tutorial;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofSeconds;

import io.fermata.Coroutine;

/** The smallest coroutine that waits: hello, one second, world. */
final class SayHello {
  @Coroutine
  static void main() {
    System.out.println("hello");
    await(sleep(ofSeconds(1)));
    System.out.println("world");
  }
}
