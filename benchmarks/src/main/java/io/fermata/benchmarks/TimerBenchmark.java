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
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A million tasks sleep at the same time, each for another while of up to 100 ms, in no order. */
public class TimerBenchmark {
  private static final int TIMERS = 1_000_000;
  private static final int SIZE = Size.of(TIMERS);
  private static final int LONGEST = 100_000_000;

  /** How many nanoseconds the task of this number sleeps. */
  static long delay(int number) {
    return Math.floorMod(number * 0x9E3779B9, LONGEST);
  }

  @Coroutine
  static int sleeper(int number) {
    await(sleep(Duration.ofNanos(delay(number))));
    return number;
  }

  @Coroutine
  static long sum(int timers) {
    List<Task<Integer>> sleepers = new ArrayList<>(timers);
    for (int number = 0; number < timers; number++) {
      sleepers.add(createTask(TimerBenchmarkAsync.sleeper(number)));
    }
    long sum = 0;
    for (Task<Integer> sleeper : sleepers) {
      sum += await(sleeper);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(TIMERS)
  public long fermata() {
    return run(TimerBenchmarkAsync.sum(SIZE));
  }

  @Benchmark
  @OperationsPerInvocation(TIMERS)
  public @Nullable Object floor() {
    return new FloorLoop().run(new Sum(SIZE));
  }

  @Benchmark
  @OperationsPerInvocation(TIMERS)
  public long virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(
        threads.executor,
        () -> {
          List<Future<Integer>> sleepers = new ArrayList<>(SIZE);
          for (int i = 0; i < SIZE; i++) {
            int number = i;
            sleepers.add(
                threads.executor.submit(
                    () -> {
                      long delay = delay(number);
                      Thread.sleep(delay / 1_000_000, (int) (delay % 1_000_000));
                      return number;
                    }));
          }
          long sum = 0;
          for (Future<Integer> sleeper : sleepers) {
            sum += sleeper.get();
          }
          return sum;
        });
  }

  private static final class Sleeper extends Frame {
    private final int number;

    Sleeper(int number) {
      this.number = number;
    }

    @Override
    protected Object resume(FloorTask task, @Nullable Object sent) {
      if (state == 0) {
        state = 1;
        task.loop().readyAt(task, System.nanoTime() + delay(number));
        return park(task);
      }
      return number;
    }
  }

  private static final class Sum extends Frame {
    private final FloorTask[] sleepers;
    private int next;
    private long sum;

    Sum(int timers) {
      sleepers = new FloorTask[timers];
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      if (state == 0) {
        state = 1;
        for (int number = 0; number < sleepers.length; number++) {
          sleepers[number] = task.loop().create(new Sleeper(number));
        }
      }
      Object result = sent;
      while (true) {
        if (result instanceof Integer number) {
          sum += number;
        }
        if (next == sleepers.length) {
          return sum;
        }
        result = join(task, sleepers[next++]);
        if (result == SUSPENDED) {
          return SUSPENDED;
        }
      }
    }
  }
}
