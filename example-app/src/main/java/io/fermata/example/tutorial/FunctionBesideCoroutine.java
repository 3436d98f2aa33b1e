package io.fermata.example.tutorial;

import static io.fermata.Async.await;

import io.fermata.Coro;
import io.fermata.Coroutine;

/** The same call twice: a function gives its result, a coroutine function gives an object. */
final class FunctionBesideCoroutine {
  static int square(int number) {
    return number * number;
  }

  @Coroutine
  static int squareLater(int number) {
    return number * number;
  }

  @Coroutine
  static void main() {
    int squared = square(5);
    System.out.println("function: " + squared);

    Coro<Integer> coroutine = FunctionBesideCoroutineAsync.squareLater(5);
    System.out.println("coroutine function: " + coroutine);
    System.out.println("awaited: " + await(coroutine));
  }
}
