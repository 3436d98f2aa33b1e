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

/** A coroutine that suspends once is called and awaited. */
public class CallBenchmark {
  private static final int CALLS = 100_000;

  @Coroutine
  static int suspendOnce() {
    await(sleep(Duration.ZERO));
    return 1;
  }

  @Coroutine
  static int calls(int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += await(CallBenchmarkAsync.suspendOnce());
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public int fermata() {
    return run(CallBenchmarkAsync.calls(CALLS));
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public @Nullable Object floor() {
    return new FloorLoop().run(new Calls(CALLS));
  }

  private static final class SuspendOnce extends Frame {
    @Override
    protected Object resume(FloorTask task, @Nullable Object sent) {
      if (state == 0) {
        state = 1;
        return yieldToLoop(task);
      }
      return 1;
    }
  }

  private static final class Calls extends Frame {
    private int left;
    private int sum;

    Calls(int count) {
      left = count;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      Object result = sent;
      while (true) {
        if (result instanceof Integer number) {
          sum += number;
        }
        if (left-- == 0) {
          return sum;
        }
        result = call(task, new SuspendOnce());
        if (result == SUSPENDED) {
          return SUSPENDED;
        }
      }
    }
  }
}
