package io.fermata.example.tutorial;

import io.fermata.Coro;
import io.fermata.Coroutine;

/** Calling a coroutine makes an object and runs nothing. */
final class CallingRunsNothing {
  @Coroutine
  static void greet(String name) {
    System.out.println("hello " + name);
  }

  @Coroutine
  static void main() {
    Coro<Void> coroutine = CallingRunsNothingAsync.greet("world");
    System.out.println(coroutine);
    coroutine.close(); // it was never awaited, and is not to be
  }
}
