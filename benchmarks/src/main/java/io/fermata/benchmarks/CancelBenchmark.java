package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.CancelledError;
import io.fermata.Coroutine;
import io.fermata.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * 100,000 tasks that sleep are cancelled and awaited. An operation is the whole life of one: it is
 * created, sleeps and is cancelled.
 */
public class CancelBenchmark {
  private static final int TASKS = 100_000;
  private static final int SIZE = Size.of(TASKS);
  private static final Duration LONG = Duration.ofHours(1);

  @Coroutine
  static void sleeper(int[] cancelled, Duration delay) {
    try {
      await(sleep(delay));
    } catch (CancelledError e) {
      cancelled[0]++;
      throw e;
    }
  }

  @Coroutine
  static int cancelled(int tasks, Duration delay) {
    int[] cancelled = {0};
    List<Task<Void>> sleepers = new ArrayList<>(tasks);
    for (int i = 0; i < tasks; i++) {
      sleepers.add(createTask(CancelBenchmarkAsync.sleeper(cancelled, delay)));
    }
    await(sleep(Duration.ZERO));
    for (Task<Void> sleeper : sleepers) {
      sleeper.cancel();
    }
    for (Task<Void> sleeper : sleepers) {
      try {
        await(sleeper);
      } catch (CancelledError e) {
        cancelled[0]++;
      }
    }
    return cancelled[0];
  }

  @Benchmark
  @OperationsPerInvocation(TASKS)
  public int fermata() {
    return run(CancelBenchmarkAsync.cancelled(SIZE, LONG));
  }

  @Benchmark
  @OperationsPerInvocation(TASKS)
  public int virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(threads.executor, () -> cancelledBlocking(threads));
  }

  private static int cancelledBlocking(VirtualThreadState threads) throws InterruptedException {
    AtomicInteger cancelled = new AtomicInteger();
    CountDownLatch sleeping = new CountDownLatch(SIZE);
    CountDownLatch ended = new CountDownLatch(SIZE);
    List<Future<?>> sleepers = new ArrayList<>(SIZE);
    for (int i = 0; i < SIZE; i++) {
      sleepers.add(
          threads.executor.submit(
              () -> {
                sleeping.countDown();
                try {
                  Thread.sleep(LONG.toMillis());
                } catch (InterruptedException e) {
                  cancelled.incrementAndGet();
                }
                ended.countDown();
              }));
    }
    sleeping.await();
    for (Future<?> sleeper : sleepers) {
      sleeper.cancel(true);
    }
    ended.await();
    for (Future<?> sleeper : sleepers) {
      if (sleeper.isCancelled()) {
        cancelled.incrementAndGet();
      }
    }
    return cancelled.get();
  }
}
