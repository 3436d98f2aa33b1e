package io.fermata.benchmarks;

import static io.fermata.Async.run;

import io.fermata.Coroutine;
import io.fermata.TaskGroup;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A group of a hundred tasks that end at once is left: what each task costs. */
public class TaskGroupBenchmark {
  private static final int CHILDREN = 100;
  private static final int TIMES = 1_000;

  @Coroutine
  static void child(int[] sum, int number) {
    sum[0] += number;
  }

  @Coroutine
  static int sum(int times, int children) {
    int[] sum = {0};
    for (int i = 0; i < times; i++) {
      try (TaskGroup group = TaskGroup.open()) {
        for (int number = 0; number < children; number++) {
          group.createTask(TaskGroupBenchmarkAsync.child(sum, number));
        }
      }
    }
    return sum[0];
  }

  @Benchmark
  @OperationsPerInvocation(TIMES * CHILDREN)
  public int fermata() {
    return run(TaskGroupBenchmarkAsync.sum(TIMES, CHILDREN));
  }

  @Benchmark
  @OperationsPerInvocation(TIMES * CHILDREN)
  public @Nullable Object floor() {
    return new FloorLoop().run(new Sum(TIMES, CHILDREN));
  }

  @Benchmark
  @OperationsPerInvocation(TIMES * CHILDREN)
  public int virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.sumOfChildren(threads.executor, TIMES, CHILDREN);
  }

  private static final class Child extends Frame {
    private final Sum group;
    private final int number;

    Child(Sum group, int number) {
      this.group = group;
      this.number = number;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      group.sum += number;
      group.ended();
      return null;
    }
  }

  private static final class Sum extends Frame {
    private final int children;
    private int left;
    private int running;
    private int sum;
    private @Nullable FloorTask waiter;

    Sum(int times, int children) {
      left = times;
      this.children = children;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      if (left-- == 0) {
        return sum;
      }
      waiter = task;
      running = children;
      for (int number = 0; number < children; number++) {
        task.loop().create(new Child(this, number));
      }
      return park(task);
    }

    void ended() {
      if (--running == 0 && waiter != null) {
        waiter.loop().ready(waiter);
      }
    }
  }
}
