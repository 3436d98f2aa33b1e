package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.Task;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** How many bytes of the heap a task has that sleeps: what 100,000 of them add, divided. */
public class SleepingTaskHeap {
  static final int TASKS = Size.of(100_000);
  private static final Duration LONG = Duration.ofHours(1);

  /**
   * What lives in the heap, in bytes: of the serial collections only each fourth leaves nothing
   * else.
   */
  static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Coroutine
  static void sleeper(Duration delay) {
    await(sleep(delay));
  }

  @Coroutine
  static long bytes(int tasks, Duration delay) {
    List<Task<Void>> sleepers = new ArrayList<>(tasks);
    long before = used();
    for (int i = 0; i < tasks; i++) {
      sleepers.add(createTask(SleepingTaskHeapAsync.sleeper(delay)));
    }
    await(sleep(Duration.ZERO));
    long bytes = (used() - before) / tasks;
    for (Task<Void> sleeper : sleepers) {
      sleeper.cancel();
    }
    return bytes;
  }

  public long fermata() {
    return run(SleepingTaskHeapAsync.bytes(TASKS, LONG));
  }

  public @Nullable Object floor() {
    return new FloorLoop().run(new Bytes());
  }

  public long virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(
        threads.executor,
        () -> {
          List<Future<?>> sleepers = new ArrayList<>(TASKS);
          CountDownLatch sleeping = new CountDownLatch(TASKS);
          CountDownLatch ended = new CountDownLatch(TASKS);
          long before = used();
          for (int i = 0; i < TASKS; i++) {
            sleepers.add(threads.executor.submit(() -> sleepBlocking(sleeping, ended)));
          }
          sleeping.await();
          long bytes = (used() - before) / TASKS;
          for (Future<?> sleeper : sleepers) {
            sleeper.cancel(true);
          }
          ended.await();
          return bytes;
        });
  }

  private static void sleepBlocking(CountDownLatch sleeping, CountDownLatch ended) {
    sleeping.countDown();
    try {
      Thread.sleep(LONG.toMillis());
    } catch (InterruptedException e) {
      ended.countDown();
    }
  }

  private static final class Sleeper extends Frame {
    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      task.loop().readyAt(task, System.nanoTime() + LONG.toNanos());
      return park(task);
    }
  }

  private static final class Bytes extends Frame {
    private long before;
    private final List<FloorTask> sleepers = new ArrayList<>(TASKS);

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      if (state == 1) {
        return (used() - before) / sleepers.size();
      }
      state = 1;
      before = used();
      for (int i = 0; i < TASKS; i++) {
        sleepers.add(task.loop().create(new Sleeper()));
      }
      return yieldToLoop(task);
    }
  }
}
