package io.fermata.conformance.lang;

import static io.fermata.Async.await;
import static io.fermata.Async.completed;
import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;
import static io.fermata.Async.waitFor;

import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.Task;
import io.fermata.TaskGroup;
import io.fermata.Yielder;
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

  /** How many finally blocks of {@link #nested} have run. */
  static int closed;

  /** {@code n} generators, each of which gives one element and all of the next one. */
  @Coroutine
  static void nested(Yielder<Integer> out, int n) {
    try {
      out.yield(n);
      if (n > 1) {
        out.yieldAll(DepthAsync.nested(n - 1));
      }
    } finally {
      closed++;
    }
  }

  /** {@code n} generators in each other, the innermost of which fails. */
  @Coroutine
  static void nestedAndFailing(Yielder<Integer> out, int n) {
    if (n == 0) {
      throw new IllegalStateException("bottom");
    }
    out.yieldAll(DepthAsync.nestedAndFailing(n - 1));
  }

  @Coroutine
  static int awaiting(Task<Integer> task) {
    return await(task) + 1;
  }

  /** A time limit over a chain of {@code n} tasks, each of which awaits the next. */
  @Coroutine
  static int limited(int n) {
    Task<Integer> task = createTask(DepthAsync.sleeper(9));
    for (int i = 0; i < n; i++) {
      task = createTask(DepthAsync.awaiting(task));
    }
    return await(waitFor(task, Duration.ofMillis(5)));
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
