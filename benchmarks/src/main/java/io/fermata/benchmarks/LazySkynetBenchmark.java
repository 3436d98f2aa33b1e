package io.fermata.benchmarks;

import static io.fermata.Async.run;

import io.fermata.TaskOptions;
import io.fermata.benchmarks.SkynetBenchmark.Skynet;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * The same tree of tasks as in {@link SkynetBenchmark}, each started by the loop: a million of them
 * are alive at the same time, and the garbage collector takes its part.
 */
public class LazySkynetBenchmark {
  private static final int LEAVES = 1_000_000;
  private static final int SIZE = Size.of(LEAVES);

  @Benchmark
  @OperationsPerInvocation(LEAVES)
  public long fermata() {
    return run(SkynetBenchmarkAsync.skynet(0, SIZE, TaskOptions.DEFAULT));
  }

  @Benchmark
  @OperationsPerInvocation(LEAVES)
  public @Nullable Object floor() {
    return new FloorLoop().run(new LazySkynet(0, SIZE));
  }

  @Benchmark
  @OperationsPerInvocation(LEAVES)
  public long virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(
        threads.executor, () -> SkynetBenchmark.skynetBlocking(threads.executor, 0, SIZE));
  }

  private static final class LazySkynet extends Skynet {
    LazySkynet(long number, int size) {
      super(number, size);
    }

    @Override
    FloorTask createChild(FloorLoop loop, long first, int step) {
      return loop.create(new LazySkynet(first, step));
    }
  }
}
