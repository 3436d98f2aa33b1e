package io.fermata;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How {@link Async#run} and {@link Runner} run: {@code run(main, RunOptions.DEFAULT.withDebug())}.
 *
 * @param debug whether the loop is in debug mode; null for the process-wide default
 * @param loopFactory makes the loop; null for a {@link SelectorLoop}
 * @param shutdownGrace how long a JVM that is shut down (Ctrl-C, SIGTERM) waits for the main task,
 *     once cancelled, to run its {@code finally} blocks
 */
public record RunOptions(
    @Nullable Boolean debug,
    @Nullable Supplier<? extends EventLoop> loopFactory,
    Duration shutdownGrace) {

  /** The process-wide debug setting, the default loop, 5 seconds of grace. */
  public static final RunOptions DEFAULT = new RunOptions(null, null, Duration.ofSeconds(5));

  /**
   * How to run.
   *
   * @param debug whether the loop is in debug mode; null for the process-wide default
   * @param loopFactory makes the loop; null for a {@link SelectorLoop}
   * @param shutdownGrace how long a JVM that is shut down waits for the main task
   */
  public RunOptions {
    Objects.requireNonNull(shutdownGrace, "shutdownGrace");
  }

  /** {@return the same in debug mode} */
  public RunOptions withDebug() {
    return new RunOptions(true, loopFactory, shutdownGrace);
  }

  /** {@return the same not in debug mode, whatever the process-wide default is} */
  public RunOptions withoutDebug() {
    return new RunOptions(false, loopFactory, shutdownGrace);
  }

  /**
   * {@return the same on a loop that this makes}
   *
   * @param factory makes the loop, once per run
   */
  public RunOptions withLoopFactory(Supplier<? extends EventLoop> factory) {
    return new RunOptions(debug, Objects.requireNonNull(factory, "factory"), shutdownGrace);
  }

  /**
   * {@return the same with another grace}
   *
   * @param grace how long
   */
  public RunOptions withShutdownGrace(Duration grace) {
    return new RunOptions(debug, loopFactory, grace);
  }
}
