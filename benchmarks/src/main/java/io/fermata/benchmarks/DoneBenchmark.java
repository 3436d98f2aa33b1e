package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.completed;
import static io.fermata.Async.run;

import io.fermata.Coroutine;
import io.fermata.Promise;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Something that is done already is awaited: one of 1,024, so that nothing is known beforehand. */
public class DoneBenchmark {
  private static final int AWAITS = 1_000_000;
  private static final int PROMISES = 1_024;

  @Coroutine
  static int awaits(int count, int promises) {
    List<Promise<Integer>> done = new ArrayList<>();
    for (int i = 0; i < promises; i++) {
      done.add(completed(i));
    }
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += await(done.get(i % promises));
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(AWAITS)
  public int fermata() {
    return run(DoneBenchmarkAsync.awaits(AWAITS, PROMISES));
  }

  @Benchmark
  @OperationsPerInvocation(AWAITS)
  public @Nullable Object floor() {
    return new FloorLoop().run(new Awaits(AWAITS));
  }

  @Benchmark
  @OperationsPerInvocation(AWAITS)
  public int virtualThreads(VirtualThreadState threads) {
    return VirtualThreads.call(
        threads.executor,
        () -> {
          List<Future<Integer>> done = new ArrayList<>();
          for (int i = 0; i < PROMISES; i++) {
            done.add(CompletableFuture.completedFuture(i));
          }
          int sum = 0;
          for (int i = 0; i < AWAITS; i++) {
            sum += done.get(i % PROMISES).get();
          }
          return sum;
        });
  }

  private static final class Constant extends Frame {
    private final Integer number;

    Constant(Integer number) {
      this.number = number;
    }

    @Override
    protected Object resume(FloorTask task, @Nullable Object sent) {
      return number;
    }
  }

  private static final class Awaits extends Frame {
    private final List<FloorTask> done = new ArrayList<>();
    private final int count;
    private int i;
    private int sum;

    Awaits(int count) {
      this.count = count;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      if (state == 0) {
        state = 1;
        for (int number = 0; number < PROMISES; number++) {
          done.add(task.loop().createEagerly(new Constant(number)));
        }
      }
      for (; i < count; i++) {
        Object number = join(task, done.get(i % PROMISES));
        if (number == SUSPENDED) {
          return SUSPENDED;
        }
        if (number instanceof Integer integer) {
          sum += integer;
        }
      }
      return sum;
    }
  }
}
