package io.fermata;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How {@link Async#run} and {@link Runner} run: {@code run(main, RunOptions.DEFAULT.withDebug())}.
 *
 * @param debug whether the loop is in debug mode; null for the process-wide default
 * @param loopFactory makes the loop; null for a {@link SelectorLoop}
 * @param shutdownGrace how long a JVM that is shut down (Ctrl-C, SIGTERM) waits for the main task,
 *     once cancelled, and for the tasks and generators that it leaves, to run their {@code finally}
 *     blocks
 * @param threadLocals what follows the tasks
 */
public record RunOptions(
    @Nullable Boolean debug,
    @Nullable Supplier<? extends EventLoop> loopFactory,
    Duration shutdownGrace,
    List<ThreadLocalAccessor<?>> threadLocals) {

  /** The process-wide debug setting, the default loop, 5 seconds of grace. */
  public static final RunOptions DEFAULT =
      new RunOptions(null, null, Duration.ofSeconds(5), List.of());

  /**
   * How to run.
   *
   * @param debug whether the loop is in debug mode; null for the process-wide default
   * @param loopFactory makes the loop; null for a {@link SelectorLoop}
   * @param shutdownGrace how long a JVM that is shut down waits for the run to end
   * @param threadLocals what follows the tasks
   */
  public RunOptions {
    Objects.requireNonNull(shutdownGrace, "shutdownGrace");
    threadLocals = List.copyOf(threadLocals);
  }

  /** {@return the same in debug mode} */
  public RunOptions withDebug() {
    return new RunOptions(true, loopFactory, shutdownGrace, threadLocals);
  }

  /** {@return the same not in debug mode, whatever the process-wide default is} */
  public RunOptions withoutDebug() {
    return new RunOptions(false, loopFactory, shutdownGrace, threadLocals);
  }

  /**
   * {@return the same on a loop that this makes}
   *
   * @param factory makes the loop, once per run
   */
  public RunOptions withLoopFactory(Supplier<? extends EventLoop> factory) {
    return new RunOptions(
        debug, Objects.requireNonNull(factory, "factory"), shutdownGrace, threadLocals);
  }

  /**
   * {@return the same with another grace}
   *
   * @param grace how long
   */
  public RunOptions withShutdownGrace(Duration grace) {
    return new RunOptions(debug, loopFactory, grace, threadLocals);
  }

  /**
   * {@return the same, and this thread-local follows the tasks}
   *
   * @param accessor how to read and to set it
   */
  public RunOptions withThreadLocal(ThreadLocalAccessor<?> accessor) {
    List<ThreadLocalAccessor<?>> more = new ArrayList<>(threadLocals);
    more.add(Objects.requireNonNull(accessor, "accessor"));
    return new RunOptions(debug, loopFactory, shutdownGrace, more);
  }
}
