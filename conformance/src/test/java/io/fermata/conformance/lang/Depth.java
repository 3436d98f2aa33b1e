package io.fermata.conformance.lang;

import static io.fermata.Async.await;
import static io.fermata.Async.completed;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;

import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.Task;
import io.fermata.TaskGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Coroutines that go deep or are many. */
final class Depth {
  /** How many handlers of {@link #failingChain} have run. */
  static int handlers;

  private Depth() {}

  /** A chain of {@code n} coroutines, the innermost of which yields to the loop. */
  @Coroutine
  static int chain(int n) {
    if (n == 0) {
      await(sleep(Duration.ZERO));
      return 0;
    }
    return await(DepthAsync.chain(n - 1)) + 1;
  }

  /** As {@link #chain}, but nothing ever waits. */
  @Coroutine
  static int doneChain(int n) {
    return n == 0 ? 0 : await(DepthAsync.doneChain(n - 1)) + 1;
  }

  /** A chain whose innermost coroutine fails, with a handler at every level. */
  @Coroutine
  static int failingChain(int n) {
    if (n == 0) {
      throw new IllegalStateException("bottom");
    }
    try {
      return await(DepthAsync.failingChain(n - 1));
    } finally {
      handlers++;
    }
  }

  /** One coroutine that awaits {@code n} times what is done. */
  @Coroutine
  static long doneAwaits(int n) {
    long sum = 0;
    for (int i = 0; i < n; i++) {
      sum += await(completed(i));
    }
    return sum;
  }

  /** One coroutine that yields {@code n} times. */
  @Coroutine
  static int yields(int n) {
    int count = 0;
    while (count < n) {
      await(sleep(Duration.ZERO));
      count++;
    }
    return count;
  }

  /** Gathers {@code n} coroutines that sleep. */
  @Coroutine
  static long gathered(int n) {
    List<Coro<Integer>> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      all.add(DepthAsync.sleeper(i));
    }
    long sum = 0;
    for (int value : await(gather(all))) {
      sum += value;
    }
    return sum;
  }

  /** Runs {@code n} tasks in a group. */
  @Coroutine
  static long grouped(int n) {
    List<Task<Integer>> tasks = new ArrayList<>();
    try (TaskGroup group = TaskGroup.open()) {
      for (int i = 0; i < n; i++) {
        tasks.add(group.createTask(DepthAsync.sleeper(i)));
      }
    }
    long sum = 0;
    for (Task<Integer> task : tasks) {
      sum += await(task);
    }
    return sum;
  }

  @Coroutine
  static int sleeper(int n) {
    await(sleep(Duration.ofMillis(n % 10)));
    return n;
  }
}
