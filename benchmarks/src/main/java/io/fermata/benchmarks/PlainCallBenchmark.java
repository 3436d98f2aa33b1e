package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * A coroutine that could suspend and does not is called and awaited. On virtual threads it is a
 * plain method.
 */
public class PlainCallBenchmark {
  private static final int CALLS = 1_000_000;

  @Coroutine
  static int next(int number) {
    if (number == Integer.MIN_VALUE) {
      await(sleep(Duration.ZERO));
    }
    return number + 3;
  }

  @Coroutine
  static int calls(int count) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      number = await(PlainCallBenchmarkAsync.next(number));
    }
    return number;
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public int fermata() {
    return run(PlainCallBenchmarkAsync.calls(CALLS));
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public @Nullable Object floor() {
    return new FloorLoop().run(new Calls(CALLS));
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public int virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(
        threads.executor,
        () -> {
          int number = 0;
          for (int i = 0; i < CALLS; i++) {
            number = nextBlocking(number);
          }
          return number;
        });
  }

  private static int nextBlocking(int number) {
    if (number == Integer.MIN_VALUE) {
      VirtualThreads.yieldThread();
    }
    return number + 3;
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public int completableFuture() {
    FutureLoop loop = new FutureLoop();
    int number = 0;
    for (int i = 0; i < CALLS; i++) {
      number = loop.run(nextLater(loop, number));
    }
    return number;
  }

  private static CompletableFuture<Integer> nextLater(FutureLoop loop, int number) {
    return number == Integer.MIN_VALUE
        ? loop.yieldToLoop().thenApply(yielded -> number + 3)
        : CompletableFuture.completedFuture(number + 3);
  }

  private static final class Next extends Frame {
    private final int number;

    Next(int number) {
      this.number = number;
    }

    @Override
    protected Object resume(FloorTask task, @Nullable Object sent) {
      if (state == 0 && number == Integer.MIN_VALUE) {
        state = 1;
        return yieldToLoop(task);
      }
      return number + 3;
    }
  }

  private static final class Calls extends Frame {
    private int left;
    private int number;

    Calls(int count) {
      left = count;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      Object result = sent;
      while (true) {
        if (result instanceof Integer integer) {
          number = integer;
        }
        if (left-- == 0) {
          return number;
        }
        result = call(task, new Next(number));
        if (result == SUSPENDED) {
          return SUSPENDED;
        }
      }
    }
  }
}
