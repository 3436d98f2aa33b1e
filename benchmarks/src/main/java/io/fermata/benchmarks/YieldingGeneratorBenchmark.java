package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.Emitter;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A loop over an async generator that yields to the loop for each value. */
public class YieldingGeneratorBenchmark {
  private static final int VALUES = 200_000;
  private static final int DIFFERENT = 100;

  @Coroutine
  static void numbers(Emitter<Integer> out, int count) {
    for (int i = 0; i < count; i++) {
      await(sleep(Duration.ZERO));
      out.emit(i % DIFFERENT);
    }
  }

  @Coroutine
  static int sum(int count) {
    int sum = 0;
    for (int number : YieldingGeneratorBenchmarkAsync.numbers(count)) {
      sum += number;
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(VALUES)
  public int fermata() {
    return run(YieldingGeneratorBenchmarkAsync.sum(VALUES));
  }

  @Benchmark
  @OperationsPerInvocation(VALUES)
  public @Nullable Object floor() {
    return new FloorLoop().run(new FloorSum(new Numbers(VALUES)));
  }

  /** Gives the next value each time it is called, and null behind the last. */
  private static final class Numbers extends Frame {
    private final int count;
    private int i;

    Numbers(int count) {
      this.count = count;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      if (i == count) {
        return null;
      }
      if (state == 0) {
        state = 1;
        return yieldToLoop(task);
      }
      state = 0;
      return i++ % DIFFERENT;
    }
  }
}
