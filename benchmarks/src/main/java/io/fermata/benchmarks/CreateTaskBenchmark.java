package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.run;

import io.fermata.Coroutine;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A task is created and awaited. */
public class CreateTaskBenchmark {
  private static final int TASKS = 100_000;

  @Coroutine
  static int one() {
    return 1;
  }

  @Coroutine
  static int sum(int tasks) {
    int sum = 0;
    for (int i = 0; i < tasks; i++) {
      sum += await(createTask(CreateTaskBenchmarkAsync.one()));
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(TASKS)
  public int fermata() {
    return run(CreateTaskBenchmarkAsync.sum(TASKS));
  }

  @Benchmark
  @OperationsPerInvocation(TASKS)
  public @Nullable Object floor() {
    return new FloorLoop().run(new Sum(TASKS));
  }

  @Benchmark
  @OperationsPerInvocation(TASKS)
  public int virtualThreads(VirtualThreadState threads) {
    ExecutorService executor = threads.executor;
    return VirtualThreads.call(
        executor,
        () -> {
          int sum = 0;
          for (int i = 0; i < TASKS; i++) {
            sum += VirtualThreads.call(executor, () -> 1);
          }
          return sum;
        });
  }

  private static final class One extends Frame {
    @Override
    protected Object resume(FloorTask task, @Nullable Object sent) {
      return 1;
    }
  }

  private static final class Sum extends Frame {
    private int tasks;
    private int sum;

    Sum(int tasks) {
      this.tasks = tasks;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      if (sent instanceof Integer number) {
        sum += number;
      }
      return tasks-- > 0 ? join(task, task.loop().create(new One())) : sum;
    }
  }
}
