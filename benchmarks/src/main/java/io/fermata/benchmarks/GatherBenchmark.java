package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.gather;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** 100,000 tasks that sleep for 10 ms are gathered: the 10 ms are 100 ns of each operation. */
public class GatherBenchmark {
  private static final int TASKS = 100_000;
  private static final int SIZE = Size.of(TASKS);
  private static final Duration DELAY = Duration.ofMillis(10);

  @Coroutine
  static Integer sleeper(Duration delay, Integer result) {
    await(sleep(delay));
    return result;
  }

  @Coroutine
  static int gatherSleepers(Duration delay, int tasks) {
    List<Coro<Integer>> sleepers = new ArrayList<>(tasks);
    for (int i = 0; i < tasks; i++) {
      sleepers.add(GatherBenchmarkAsync.sleeper(delay, i));
    }
    return await(gather(sleepers)).size();
  }

  @Benchmark
  @OperationsPerInvocation(TASKS)
  public int fermata() {
    return run(GatherBenchmarkAsync.gatherSleepers(DELAY, SIZE));
  }

  @Benchmark
  @OperationsPerInvocation(TASKS)
  public @Nullable Object floor() {
    return new FloorLoop().run(new GatherSleepers(SIZE));
  }

  @Benchmark
  @OperationsPerInvocation(TASKS)
  public int virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(
        threads.executor,
        () -> {
          List<Future<Integer>> futures = new ArrayList<>(SIZE);
          for (int i = 0; i < SIZE; i++) {
            Integer result = i;
            futures.add(
                threads.executor.submit(
                    () -> {
                      Thread.sleep(DELAY.toMillis());
                      return result;
                    }));
          }
          List<Integer> results = new ArrayList<>(SIZE);
          for (Future<Integer> future : futures) {
            results.add(future.get());
          }
          return results.size();
        });
  }

  private static final class Sleeper extends Frame {
    private final GatherSleepers gathering;
    private final Integer result;

    Sleeper(GatherSleepers gathering, Integer result) {
      this.gathering = gathering;
      this.result = result;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      if (state == 0) {
        state = 1;
        task.loop().readyAt(task, System.nanoTime() + DELAY.toNanos());
        return park(task);
      }
      gathering.completed(result);
      return result;
    }
  }

  private static final class GatherSleepers extends Frame {
    private final @Nullable Integer[] results;
    private int left;
    private @Nullable FloorTask waiter;

    GatherSleepers(int tasks) {
      results = new Integer[tasks];
      left = tasks;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      if (state == 0) {
        state = 1;
        for (int i = 0; i < results.length; i++) {
          task.loop().create(new Sleeper(this, i));
        }
        waiter = task;
        return park(task);
      }
      return results.length;
    }

    void completed(Integer result) {
      results[result] = result;
      if (--left == 0 && waiter != null) {
        waiter.loop().ready(waiter);
      }
    }
  }
}
