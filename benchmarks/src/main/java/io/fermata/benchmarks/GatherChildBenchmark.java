package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.gather;
import static io.fermata.Async.run;

import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A hundred children that end at once are gathered: what each costs. */
public class GatherChildBenchmark {
  private static final int CHILDREN = 100;
  private static final int TIMES = 1_000;

  @Coroutine
  static Integer child(Integer number) {
    return number;
  }

  @Coroutine
  static int sum(int times, int children) {
    int sum = 0;
    for (int i = 0; i < times; i++) {
      List<Coro<Integer>> coroutines = new ArrayList<>(children);
      for (int number = 0; number < children; number++) {
        coroutines.add(GatherChildBenchmarkAsync.child(number));
      }
      for (int number : await(gather(coroutines))) {
        sum += number;
      }
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(TIMES * CHILDREN)
  public int fermata() {
    return run(GatherChildBenchmarkAsync.sum(TIMES, CHILDREN));
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

  @Benchmark
  @OperationsPerInvocation(TIMES * CHILDREN)
  public int completableFuture() {
    FutureLoop loop = new FutureLoop();
    int sum = 0;
    for (int i = 0; i < TIMES; i++) {
      List<CompletableFuture<Integer>> futures = new ArrayList<>(CHILDREN);
      for (int number = 0; number < CHILDREN; number++) {
        Integer result = number;
        futures.add(CompletableFuture.supplyAsync(() -> result, loop));
      }
      loop.run(CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0])));
      for (CompletableFuture<Integer> future : futures) {
        sum += future.join();
      }
    }
    return sum;
  }

  private static final class Child extends Frame {
    private final Gathering gathering;
    private final Integer number;

    Child(Gathering gathering, Integer number) {
      this.gathering = gathering;
      this.number = number;
    }

    @Override
    protected Object resume(FloorTask task, @Nullable Object sent) {
      gathering.completed(number);
      return number;
    }
  }

  /** Collects the results of children, and wakes a task when it has all. */
  private static final class Gathering {
    private final FloorTask waiter;
    private final @Nullable Integer[] results;
    private int left;

    Gathering(FloorTask waiter, int children) {
      this.waiter = waiter;
      results = new Integer[children];
      left = children;
      for (int number = 0; number < children; number++) {
        waiter.loop().create(new Child(this, number));
      }
    }

    void completed(Integer number) {
      results[number] = number;
      if (--left == 0) {
        waiter.loop().ready(waiter);
      }
    }

    int sum() {
      int sum = 0;
      for (Integer result : results) {
        if (result != null) {
          sum += result;
        }
      }
      return sum;
    }
  }

  private static final class Sum extends Frame {
    private final int children;
    private int left;
    private int sum;
    private @Nullable Gathering gathering;

    Sum(int times, int children) {
      left = times;
      this.children = children;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      if (gathering != null) {
        sum += gathering.sum();
      }
      if (left-- == 0) {
        return sum;
      }
      gathering = new Gathering(task, children);
      return park(task);
    }
  }
}
