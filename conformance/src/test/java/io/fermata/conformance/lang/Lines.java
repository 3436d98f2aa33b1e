package io.fermata.conformance.lang;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coro;
import io.fermata.Coroutine;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Coroutines that fail at the line that has their name behind it. */
final class Lines {

  private Lines() {}

  static int fail() {
    throw new IllegalStateException();
  }

  static int sum(int a, int b) {
    return a + b;
  }

  @Coroutine
  static int behindAwait() {
    return sum(
        await(
            sleep(
                // a line of its own
                Duration.ZERO, 4)),
        fail()); // behindAwait
  }

  @Coroutine
  static void behindCoroutineLambda() {
    for (int i = 0; i < 2; i++) {
      Coro<Integer> made =
          async(
              () -> {
                await(sleep(Duration.ZERO));
                return 1;
              });
      made.close();
      fail(); // behindCoroutineLambda
    }
  }

  @Coroutine
  static int inCoroutineLambda() {
    return await(
        async(
            () -> {
              int one = await(sleep(Duration.ZERO, 1));
              return sum(one, fail()); // inCoroutineLambda
            }));
  }

  @Coroutine
  static int behindClassThatMoves() {
    int step = 3;
    for (int i = 0; i < 2; i++) {
      Supplier<Coro<Integer>> made =
          new Supplier<>() {
            private int all = step;

            @Override
            public Coro<Integer> get() {
              return async(() -> all += await(sleep(Duration.ZERO, 1)));
            }
          };
      List.of(made.get()).get(0).close();
      fail(); // behindClassThatMoves
    }
    return step;
  }
}
