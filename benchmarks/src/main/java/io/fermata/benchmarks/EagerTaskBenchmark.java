package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.run;

import io.fermata.Coroutine;
import io.fermata.TaskOptions;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A task that starts at once, and so is done when it is awaited. */
public class EagerTaskBenchmark {
  private static final int TASKS = 100_000;

  @Coroutine
  static int next(int number) {
    return 31 * number + 1;
  }

  @Coroutine
  static int last(int tasks, TaskOptions eager) {
    int number = 0;
    for (int i = 0; i < tasks; i++) {
      number = await(createTask(EagerTaskBenchmarkAsync.next(number), eager));
    }
    return number;
  }

  @Benchmark
  @OperationsPerInvocation(TASKS)
  public int fermata() {
    return run(EagerTaskBenchmarkAsync.last(TASKS, TaskOptions.DEFAULT.eager()));
  }

  @Benchmark
  @OperationsPerInvocation(TASKS)
  public @Nullable Object floor() {
    return new FloorLoop().run(new Last(TASKS));
  }

  private static final class Next extends Frame {
    private final int number;

    Next(int number) {
      this.number = number;
    }

    @Override
    protected Object resume(FloorTask task, @Nullable Object sent) {
      return 31 * number + 1;
    }
  }

  private static final class Last extends Frame {
    private final int tasks;
    private int i;
    private int number;

    Last(int tasks) {
      this.tasks = tasks;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      Object result = sent;
      while (true) {
        if (result instanceof Integer integer) {
          number = integer;
        }
        if (i++ == tasks) {
          return number;
        }
        result = join(task, task.loop().createEagerly(new Next(number)));
        if (result == SUSPENDED) {
          return SUSPENDED;
        }
      }
    }
  }
}
