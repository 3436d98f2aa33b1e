package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.completed;
import static io.fermata.Async.run;

import io.fermata.Coroutine;
import io.fermata.Promise;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Something that is done already is awaited. */
public class DoneBenchmark {
  private static final int AWAITS = 1_000_000;

  @Coroutine
  static int awaits(int count) {
    Promise<Integer> one = completed(1);
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += await(one);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(AWAITS)
  public int fermata() {
    return run(DoneBenchmarkAsync.awaits(AWAITS));
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
          CompletableFuture<Integer> one = CompletableFuture.completedFuture(1);
          int sum = 0;
          for (int i = 0; i < AWAITS; i++) {
            sum += one.get();
          }
          return sum;
        });
  }

  private static final class One extends Frame {
    @Override
    protected Object resume(FloorTask task, @Nullable Object sent) {
      return 1;
    }
  }

  private static final class Awaits extends Frame {
    private final int count;
    private int i;
    private int sum;
    private @Nullable FloorTask one;

    Awaits(int count) {
      this.count = count;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      FloorTask done = one;
      if (done == null) {
        done = task.loop().createEagerly(new One());
        one = done;
      }
      for (; i < count; i++) {
        Object number = join(task, done);
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
