package io.fermata.benchmarks.testing;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.Task;
import io.fermata.junit.CoroutineTest;
import io.fermata.junit.Schedules;
import java.time.Duration;

/** A program of 20 resume points, in 1,000 orders. */
final class Orders {
  static final int SCHEDULES = 1_000;

  int steps;

  @CoroutineTest
  @Schedules(SCHEDULES)
  void program() {
    Task<Void> one = createTask(OrdersAsync.work(this));
    Task<Void> two = createTask(OrdersAsync.work(this));
    await(one);
    await(two);
    if (steps != 18) {
      throw new AssertionError(steps);
    }
  }

  @Coroutine
  void work() {
    for (int i = 0; i < 9; i++) {
      steps++;
      await(sleep(Duration.ZERO));
    }
  }
}
