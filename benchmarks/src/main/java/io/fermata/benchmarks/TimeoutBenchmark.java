package io.fermata.benchmarks;

import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;

import io.fermata.Coroutine;
import io.fermata.Timeout;
import io.fermata.benchmarks.floor.FloorDeadline;
import io.fermata.benchmarks.floor.FloorLoop;
import io.fermata.benchmarks.floor.FloorTask;
import io.fermata.benchmarks.floor.Frame;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A block with a timeout that does not expire, in which the task yields once. */
public class TimeoutBenchmark {
  private static final int BLOCKS = 50_000;
  private static final Duration LONG = Duration.ofHours(1);

  @Coroutine
  static int blocks(int count, Duration time) {
    int left = 0;
    for (int i = 0; i < count; i++) {
      Timeout block = timeout(time);
      try (block) {
        await(sleep(Duration.ZERO));
        left++;
      }
    }
    return left;
  }

  @Benchmark
  @OperationsPerInvocation(BLOCKS)
  public int fermata() {
    return run(TimeoutBenchmarkAsync.blocks(BLOCKS, LONG));
  }

  @Benchmark
  @OperationsPerInvocation(BLOCKS)
  public @Nullable Object floor() {
    return new FloorLoop().run(new Blocks(BLOCKS));
  }

  private static final class Blocks extends Frame {
    private final int count;
    private int left;
    private @Nullable FloorDeadline block;

    Blocks(int count) {
      this.count = count;
    }

    @Override
    protected @Nullable Object resume(FloorTask task, @Nullable Object sent) {
      if (block != null) {
        if (sent == FloorDeadline.EXPIRED) {
          throw new CancellationException("the block has expired");
        }
        task.loop().takeBack(block);
        left++;
      }
      if (left == count) {
        return left;
      }
      block = task.loop().expireAt(task, System.nanoTime() + LONG.toNanos());
      return yieldToLoop(task);
    }
  }
}
