package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.run;

import io.fermata.Coroutine;
import io.fermata.Task;
import io.fermata.TaskOptions;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * A task creates ten, each of these ten more, down to a million leaves, whose numbers are summed up
 * again. The tasks start eagerly, which nothing but a coroutine can.
 */
public class SkynetBenchmark {
  private static final int LEAVES = 1_000_000;
  private static final int SIZE = Size.of(LEAVES);

  @Coroutine
  static long skynet(long number, int size, TaskOptions options) {
    if (size == 1) {
      return number;
    }
    int step = size / 10;
    List<Task<Long>> children = new ArrayList<>(10);
    for (int i = 0; i < 10; i++) {
      children.add(
          createTask(
              SkynetBenchmarkAsync.skynet(number + (long) i * step, step, options), options));
    }
    long sum = 0;
    for (Task<Long> child : children) {
      sum += await(child);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(LEAVES)
  public long fermata() {
    TaskOptions eager = TaskOptions.DEFAULT.eager();
    return run(SkynetBenchmarkAsync.skynet(0, SIZE, eager));
  }

  @Benchmark
  @OperationsPerInvocation(LEAVES)
  public @Nullable Object floor() {
    return new FloorLoop().run(new EagerSkynet(0, SIZE));
  }

  static long skynetBlocking(ExecutorService executor, long number, int size) {
    if (size == 1) {
      return number;
    }
    int step = size / 10;
    List<Future<Long>> children = new ArrayList<>(10);
    for (int i = 0; i < 10; i++) {
      long first = number + (long) i * step;
      children.add(executor.submit(() -> skynetBlocking(executor, first, step)));
    }
    long sum = 0;
    for (Future<Long> child : children) {
      sum += VirtualThreads.get(child);
    }
    return sum;
  }

  abstract static class Skynet extends Frame {
    private final long number;
    private final int size;
    private FloorTask[] children = {};
    private int next;
    private long sum;

    Skynet(long number, int size) {
      this.number = number;
      this.size = size;
    }

    abstract FloorTask createChild(FloorLoop loop, long first, int step);

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      if (size == 1) {
        return number;
      }
      if (state == 0) {
        state = 1;
        createChildren(task.loop());
      }
      Object result = sent;
      while (true) {
        if (result instanceof Long childSum) {
          sum += childSum;
        }
        if (next == children.length) {
          return sum;
        }
        result = join(task, children[next++]);
        if (result == SUSPENDED) {
          return SUSPENDED;
        }
      }
    }

    private void createChildren(FloorLoop loop) {
      int step = size / 10;
      children = new FloorTask[10];
      for (int i = 0; i < children.length; i++) {
        children[i] = createChild(loop, number + (long) i * step, step);
      }
    }
  }

  private static final class EagerSkynet extends Skynet {
    EagerSkynet(long number, int size) {
      super(number, size);
    }

    @Override
    FloorTask createChild(FloorLoop loop, long first, int step) {
      return loop.createEagerly(new EagerSkynet(first, step));
    }
  }
}
