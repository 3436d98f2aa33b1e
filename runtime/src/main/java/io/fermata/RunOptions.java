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
 * @param maxThreads how many threads work for {@link Async#toThread} at a time; null for the loop's
 *     own number, see there
 * @param threadGrace how long the end of a run waits for work in these threads; what takes longer
 *     is left running, and a warning logged
 * @param watchdog how often a watchdog looks at the loop; null for none
 */
public record RunOptions(
    @Nullable Boolean debug,
    @Nullable Supplier<? extends EventLoop> loopFactory,
    Duration shutdownGrace,
    List<ThreadLocalAccessor<?>> threadLocals,
    @Nullable Integer maxThreads,
    Duration threadGrace,
    @Nullable Duration watchdog) {

  /**
   * The process-wide debug setting, the default loop, 5 seconds of grace, 5 minutes for threads,
   * and no watchdog.
   */
  public static final RunOptions DEFAULT =
      new RunOptions(
          null, null, Duration.ofSeconds(5), List.of(), null, Duration.ofMinutes(5), null);

  /**
   * How to run.
   *
   * @param debug whether the loop is in debug mode; null for the process-wide default
   * @param loopFactory makes the loop; null for a {@link SelectorLoop}
   * @param shutdownGrace how long a JVM that is shut down waits for the run to end
   * @param threadLocals what follows the tasks
   * @param maxThreads how many threads work at a time, 1 or more; null for the loop's own number
   * @param threadGrace how long the end of a run waits for work in threads
   * @param watchdog how often a watchdog looks at the loop; null for none
   * @throws IllegalArgumentException if there is to be no thread at all
   */
  public RunOptions {
    Objects.requireNonNull(shutdownGrace, "shutdownGrace");
    Objects.requireNonNull(threadGrace, "threadGrace");
    if (maxThreads != null && maxThreads < 1) {
      throw new IllegalArgumentException(
          "a run with " + maxThreads + " threads does no work in them: give it 1 or more.");
    }
    threadLocals = List.copyOf(threadLocals);
  }

  /** {@return the same in debug mode} */
  public RunOptions withDebug() {
    return new RunOptions(
        true, loopFactory, shutdownGrace, threadLocals, maxThreads, threadGrace, watchdog);
  }

  /** {@return the same not in debug mode, whatever the process-wide default is} */
  public RunOptions withoutDebug() {
    return new RunOptions(
        false, loopFactory, shutdownGrace, threadLocals, maxThreads, threadGrace, watchdog);
  }

  /**
   * {@return the same on a loop that this makes}
   *
   * @param factory makes the loop, once per run
   */
  public RunOptions withLoopFactory(Supplier<? extends EventLoop> factory) {
    return new RunOptions(
        debug,
        Objects.requireNonNull(factory, "factory"),
        shutdownGrace,
        threadLocals,
        maxThreads,
        threadGrace,
        watchdog);
  }

  /**
   * {@return the same with another grace}
   *
   * @param grace how long
   */
  public RunOptions withShutdownGrace(Duration grace) {
    return new RunOptions(
        debug, loopFactory, grace, threadLocals, maxThreads, threadGrace, watchdog);
  }

  /**
   * {@return the same, and this thread-local follows the tasks}
   *
   * @param accessor how to read and to set it
   */
  public RunOptions withThreadLocal(ThreadLocalAccessor<?> accessor) {
    List<ThreadLocalAccessor<?>> more = new ArrayList<>(threadLocals);
    more.add(Objects.requireNonNull(accessor, "accessor"));
    return new RunOptions(
        debug, loopFactory, shutdownGrace, more, maxThreads, threadGrace, watchdog);
  }

  /**
   * {@return the same with so many threads at most for {@link Async#toThread}} Further work waits
   * for its turn. It bounds the loop's own default executor, and none that {@link
   * EventLoop#setDefaultExecutor} puts in its place.
   *
   * @param most how many threads
   * @throws IllegalArgumentException if it is less than 1
   */
  public RunOptions withMaxThreads(int most) {
    return new RunOptions(
        debug, loopFactory, shutdownGrace, threadLocals, most, threadGrace, watchdog);
  }

  /**
   * {@return the same, the end of a run waiting so long for work in threads}
   *
   * @param grace how long; zero or less counts as no time at all
   */
  public RunOptions withThreadGrace(Duration grace) {
    return new RunOptions(
        debug, loopFactory, shutdownGrace, threadLocals, maxThreads, grace, watchdog);
  }

  /**
   * {@return the same with a watchdog, which tells of tasks that wait for each other, and of what
   * holds the loop's thread} See {@link EventLoop#setWatchdog}.
   *
   * <pre>{@code
   * run(ServerAsync.main(), RunOptions.DEFAULT.withWatchdog(ofSeconds(1)));
   * }</pre>
   *
   * <p>The system property {@code fermata.watchdog}, in seconds, gives one to all runs that have
   * none of their own.
   *
   * @param interval how long between two looks, more than zero
   */
  public RunOptions withWatchdog(Duration interval) {
    return new RunOptions(
        debug,
        loopFactory,
        shutdownGrace,
        threadLocals,
        maxThreads,
        threadGrace,
        Objects.requireNonNull(interval, "interval"));
  }
}
