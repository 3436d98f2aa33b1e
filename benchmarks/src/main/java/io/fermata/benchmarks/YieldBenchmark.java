package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A task yields to the loop and comes back. */
public class YieldBenchmark {
  private static final int YIELDS = 100_000;

  @Coroutine
  static int yields(int count) {
    for (int i = 0; i < count; i++) {
      await(sleep(Duration.ZERO));
    }
    return count;
  }

  @Benchmark
  @OperationsPerInvocation(YIELDS)
  public int fermata() {
    return run(YieldBenchmarkAsync.yields(YIELDS));
  }

  @Benchmark
  @OperationsPerInvocation(YIELDS)
  public @Nullable Object floor() {
    return new FloorLoop().run(new Yields(YIELDS));
  }

  @Benchmark
  @OperationsPerInvocation(YIELDS)
  public int virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(
        threads.executor,
        () -> {
          for (int i = 0; i < YIELDS; i++) {
            VirtualThreads.yieldThread();
          }
          return YIELDS;
        });
  }

  private static final class Yields extends Frame {
    private final int count;
    private int i;

    Yields(int count) {
      this.count = count;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      return i++ < count ? yieldToLoop(task) : count;
    }
  }
}
