package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * The innermost of 1,000 coroutines, each awaited by the next, throws; the outermost catches. With
 * the trace that tells who awaited whom.
 */
public class FailureBenchmark {
  private static final int DEPTH = 1_000;
  private static final int TIMES = 1_000;
  static final int SIZE = Size.of(TIMES);

  static int fail(int times) {
    throw new IllegalStateException("failure " + times);
  }

  @Coroutine
  static int descend(int depth, int times) {
    if (depth > 0) {
      return await(FailureBenchmarkAsync.descend(depth - 1, times));
    }
    await(sleep(Duration.ZERO));
    return fail(times);
  }

  @Coroutine
  static int failures() {
    int caught = 0;
    for (int i = 0; i < SIZE; i++) {
      try {
        await(FailureBenchmarkAsync.descend(DEPTH, i));
      } catch (IllegalStateException e) {
        caught += Math.min(1, e.getStackTrace().length);
      }
    }
    return caught;
  }

  @Benchmark
  @OperationsPerInvocation(TIMES)
  public int fermata() {
    return run(FailureBenchmarkAsync.failures());
  }

  @Benchmark
  @OperationsPerInvocation(TIMES)
  public int virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(threads.executor, FailureBenchmark::failuresBlocking);
  }

  private static int failuresBlocking() {
    int caught = 0;
    for (int i = 0; i < SIZE; i++) {
      try {
        descendBlocking(DEPTH, i);
      } catch (IllegalStateException e) {
        caught += Math.min(1, e.getStackTrace().length);
      }
    }
    return caught;
  }

  private static int descendBlocking(int depth, int times) {
    if (depth > 0) {
      return descendBlocking(depth - 1, times);
    }
    VirtualThreads.yieldThread();
    return fail(times);
  }
}
