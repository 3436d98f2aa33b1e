package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;
import static io.fermata.Async.waitFor;

import io.fermata.Coroutine;
import io.fermata.benchmarks.floor.FloorDeadline;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A coroutine that yields once is awaited for an hour at most. */
public class WaitForBenchmark {
  private static final int WAITS = 50_000;
  private static final Duration LONG = Duration.ofHours(1);

  @Coroutine
  static int one() {
    await(sleep(Duration.ZERO));
    return 1;
  }

  @Coroutine
  static int sum(int count, Duration time) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += await(waitFor(WaitForBenchmarkAsync.one(), time));
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(WAITS)
  public int fermata() {
    return run(WaitForBenchmarkAsync.sum(WAITS, LONG));
  }

  @Benchmark
  @OperationsPerInvocation(WAITS)
  public @Nullable Object floor() {
    return new FloorLoop().run(new Sum(WAITS));
  }

  @Benchmark
  @OperationsPerInvocation(WAITS)
  public int virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(
        threads.executor,
        () -> {
          int sum = 0;
          for (int i = 0; i < WAITS; i++) {
            sum +=
                threads
                    .executor
                    .submit(WaitForBenchmark::oneBlocking)
                    .get(LONG.toSeconds(), TimeUnit.SECONDS);
          }
          return sum;
        });
  }

  private static int oneBlocking() {
    VirtualThreads.yieldThread();
    return 1;
  }

  @Benchmark
  @OperationsPerInvocation(WAITS)
  public int completableFuture() {
    FutureLoop loop = new FutureLoop();
    int sum = 0;
    for (int i = 0; i < WAITS; i++) {
      sum +=
          loop.run(
              loop.yieldToLoop()
                  .thenApply(yielded -> 1)
                  .orTimeout(LONG.toSeconds(), TimeUnit.SECONDS));
    }
    return sum;
  }

  private static final class One extends Frame {
    @Override
    protected Object resume(FloorTask task, @Nullable Object sent) {
      if (state == 0) {
        state = 1;
        return yieldToLoop(task);
      }
      return sent == FloorDeadline.EXPIRED ? sent : (Object) 1;
    }
  }

  private static final class Sum extends Frame {
    private int left;
    private int sum;
    private @Nullable FloorDeadline waiting;

    Sum(int count) {
      left = count;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      Object result = sent;
      while (true) {
        if (waiting != null) {
          if (result == FloorDeadline.EXPIRED) {
            throw new CancellationException("the wait has expired");
          }
          task.loop().takeBack(waiting);
        }
        if (result instanceof Integer integer) {
          sum += integer;
        }
        if (left-- == 0) {
          return sum;
        }
        waiting = task.loop().expireAt(task, System.nanoTime() + LONG.toNanos());
        result = call(task, new One());
        if (result == SUSPENDED) {
          return SUSPENDED;
        }
      }
    }
  }
}
