package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.run;

import io.fermata.Coroutine;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * The tree of {@link SkynetBenchmark} without tasks: each coroutine awaits ten others, one after
 * the other. On virtual threads these are plain methods.
 */
public class SkynetCallBenchmark {
  private static final int LEAVES = 1_000_000;
  private static final int SIZE = Size.of(LEAVES);

  @Coroutine
  static long skynet(long number, int size) {
    if (size == 1) {
      return number;
    }
    int step = size / 10;
    long sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += await(SkynetCallBenchmarkAsync.skynet(number + (long) i * step, step));
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(LEAVES)
  public long fermata() {
    return run(SkynetCallBenchmarkAsync.skynet(0, SIZE));
  }

  @Benchmark
  @OperationsPerInvocation(LEAVES)
  public @Nullable Object floor() {
    return new FloorLoop().run(new Skynet(0, SIZE));
  }

  @Benchmark
  @OperationsPerInvocation(LEAVES)
  public long virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(threads.executor, () -> skynetBlocking(0, SIZE));
  }

  private static long skynetBlocking(long number, int size) {
    if (size == 1) {
      return number;
    }
    int step = size / 10;
    long sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += skynetBlocking(number + (long) i * step, step);
    }
    return sum;
  }

  private static final class Skynet extends Frame {
    private final long number;
    private final int size;
    private int i;
    private long sum;

    Skynet(long number, int size) {
      this.number = number;
      this.size = size;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      if (size == 1) {
        return number;
      }
      int step = size / 10;
      Object result = sent;
      while (true) {
        if (result instanceof Long childSum) {
          sum += childSum;
        }
        if (i == 10) {
          return sum;
        }
        result = call(task, new Skynet(number + (long) i++ * step, step));
        if (result == SUSPENDED) {
          return SUSPENDED;
        }
      }
    }
  }
}
