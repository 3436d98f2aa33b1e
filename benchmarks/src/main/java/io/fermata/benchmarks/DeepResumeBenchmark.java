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

/** The innermost of 1,000 coroutines, each awaited by the next, yields and is resumed. */
public class DeepResumeBenchmark {
  private static final int DEPTH = 1_000;
  private static final int YIELDS = 100_000;

  @Coroutine
  static int descend(int depth, int yields) {
    if (depth > 0) {
      return await(DeepResumeBenchmarkAsync.descend(depth - 1, yields));
    }
    for (int i = 0; i < yields; i++) {
      await(sleep(Duration.ZERO));
    }
    return yields;
  }

  @Benchmark
  @OperationsPerInvocation(YIELDS)
  public int fermata() {
    return run(DeepResumeBenchmarkAsync.descend(DEPTH, YIELDS));
  }

  @Benchmark
  @OperationsPerInvocation(YIELDS)
  public @Nullable Object floor() {
    return new FloorLoop().run(new Descend(DEPTH, YIELDS));
  }

  @Benchmark
  @OperationsPerInvocation(YIELDS)
  public int virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(threads.executor, () -> descendBlocking(DEPTH));
  }

  private static int descendBlocking(int depth) {
    if (depth > 0) {
      return descendBlocking(depth - 1);
    }
    for (int i = 0; i < YIELDS; i++) {
      VirtualThreads.yieldThread();
    }
    return YIELDS;
  }

  private static final class Descend extends Frame {
    private final int depth;
    private final int yields;
    private int i;

    Descend(int depth, int yields) {
      this.depth = depth;
      this.yields = yields;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      if (depth == 0) {
        return i++ < yields ? yieldToLoop(task) : yields;
      }
      if (state == 0) {
        state = 1;
        return call(task, new Descend(depth - 1, yields));
      }
      return sent;
    }
  }
}
