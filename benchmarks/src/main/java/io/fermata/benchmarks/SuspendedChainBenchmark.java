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

/** The innermost of ten coroutines, each awaited by the next, yields once: what each call costs. */
public class SuspendedChainBenchmark {
  private static final int DEPTH = 10;
  private static final int CHAINS = 20_000;

  @Coroutine
  static int descend(int depth, int number) {
    if (depth > 1) {
      return 1 + await(SuspendedChainBenchmarkAsync.descend(depth - 1, number));
    }
    await(sleep(Duration.ZERO));
    return 1 + number;
  }

  @Coroutine
  static int chains(int count, int depth) {
    int number = 0;
    for (int i = 0; i < count; i++) {
      number = await(SuspendedChainBenchmarkAsync.descend(depth, number));
    }
    return number;
  }

  @Benchmark
  @OperationsPerInvocation(CHAINS * DEPTH)
  public int fermata() {
    return run(SuspendedChainBenchmarkAsync.chains(CHAINS, DEPTH));
  }

  @Benchmark
  @OperationsPerInvocation(CHAINS * DEPTH)
  public @Nullable Object floor() {
    return new FloorLoop().run(new Chains(CHAINS, DEPTH));
  }

  @Benchmark
  @OperationsPerInvocation(CHAINS * DEPTH)
  public int virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(
        threads.executor,
        () -> {
          int number = 0;
          for (int i = 0; i < CHAINS; i++) {
            number = descendBlocking(DEPTH, number);
          }
          return number;
        });
  }

  private static int descendBlocking(int depth, int number) {
    if (depth > 1) {
      return 1 + descendBlocking(depth - 1, number);
    }
    VirtualThreads.yieldThread();
    return 1 + number;
  }

  @Benchmark
  @OperationsPerInvocation(CHAINS * DEPTH)
  public int completableFuture() {
    FutureLoop loop = new FutureLoop();
    int number = 0;
    for (int i = 0; i < CHAINS; i++) {
      number = loop.run(descendLater(loop, DEPTH, number));
    }
    return number;
  }

  private static CompletableFuture<Integer> descendLater(FutureLoop loop, int depth, int number) {
    if (depth > 1) {
      return descendLater(loop, depth - 1, number).thenApply(result -> 1 + result);
    }
    return loop.yieldToLoop().thenApply(yielded -> 1 + number);
  }

  private static final class Descend extends Frame {
    private final int depth;
    private final int number;

    Descend(int depth, int number) {
      this.depth = depth;
      this.number = number;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      Object result = sent;
      if (state == 0) {
        state = 1;
        if (depth > 1) {
          result = call(task, new Descend(depth - 1, number));
          if (result == SUSPENDED) {
            return SUSPENDED;
          }
        } else {
          return yieldToLoop(task);
        }
      }
      return 1 + (result instanceof Integer integer ? integer : number);
    }
  }

  private static final class Chains extends Frame {
    private final int depth;
    private int left;
    private int number;

    Chains(int count, int depth) {
      left = count;
      this.depth = depth;
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
        result = call(task, new Descend(depth, number));
        if (result == SUSPENDED) {
          return SUSPENDED;
        }
      }
    }
  }
}
