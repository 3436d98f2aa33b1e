package io.fermata;

import io.fermata.internal.trace.TraceFiles;
import java.nio.file.Path;
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
 * @param trace the file for a recording of the run, see {@link #withTrace}; null for the
 *     process-wide default, the system property {@code fermata.trace}, else none
 */
public record RunOptions(
    @Nullable Boolean debug,
    @Nullable Supplier<? extends EventLoop> loopFactory,
    Duration shutdownGrace,
    List<ThreadLocalAccessor<?>> threadLocals,
    @Nullable Integer maxThreads,
    Duration threadGrace,
    @Nullable Duration watchdog,
    @Nullable Path trace) {

  /**
   * The process-wide debug setting, the default loop, 5 seconds of grace, 5 minutes for threads,
   * and no watchdog.
   */
  public static final RunOptions DEFAULT =
      new RunOptions(
          null, null, Duration.ofSeconds(5), List.of(), null, Duration.ofMinutes(5), null, null);

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
   * @param trace the file for a recording of the run; null for the process-wide default
   * @throws IllegalArgumentException if there is to be no thread at all, or the trace's name does
   *     not tell its format
   */
  public RunOptions {
    Objects.requireNonNull(shutdownGrace, "shutdownGrace");
    Objects.requireNonNull(threadGrace, "threadGrace");
    if (maxThreads != null && maxThreads < 1) {
      throw new IllegalArgumentException(
          "a run with " + maxThreads + " threads does no work in them: give it 1 or more.");
    }
    threadLocals = List.copyOf(threadLocals);
    if (trace != null) {
      TraceFiles.check(trace);
    }
  }

  /** {@return the same in debug mode} */
  public RunOptions withDebug() {
    return new RunOptions(
        true, loopFactory, shutdownGrace, threadLocals, maxThreads, threadGrace, watchdog, trace);
  }

  /** {@return the same not in debug mode, whatever the process-wide default is} */
  public RunOptions withoutDebug() {
    return new RunOptions(
        false, loopFactory, shutdownGrace, threadLocals, maxThreads, threadGrace, watchdog, trace);
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
        watchdog,
        trace);
  }

  /**
   * {@return the same with another grace}
   *
   * @param grace how long
   */
  public RunOptions withShutdownGrace(Duration grace) {
    return new RunOptions(
        debug, loopFactory, grace, threadLocals, maxThreads, threadGrace, watchdog, trace);
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
        debug, loopFactory, shutdownGrace, more, maxThreads, threadGrace, watchdog, trace);
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
        debug, loopFactory, shutdownGrace, threadLocals, most, threadGrace, watchdog, trace);
  }

  /**
   * {@return the same, the end of a run waiting so long for work in threads}
   *
   * @param grace how long; zero or less counts as no time at all
   */
  public RunOptions withThreadGrace(Duration grace) {
    return new RunOptions(
        debug, loopFactory, shutdownGrace, threadLocals, maxThreads, grace, watchdog, trace);
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
        Objects.requireNonNull(interval, "interval"),
        trace);
  }

  /**
   * {@return the same, and what the tasks and the loop do is recorded} The recording is written
   * when the run ends: as a page that shows the timeline to a name that ends in {@code .html}, as
   * trace events for Perfetto to one that ends in {@code .json}, and as both to an existing
   * directory.
   *
   * <p>Each further run of the process that has the same path writes to a name with its number,
   * {@code trace-2.html}; {@code %p} in the path stands for the number of the process. What an
   * earlier process has written is replaced. The last 100,000 events are kept, or as many as the
   * system property {@code fermata.trace.events} says. When the first task fails, and when the JVM
   * is shut down, what is there is written as well; if the end of a long run does not hold that
   * failure any more, its recording stays, as {@code trace-failure.html}.
   *
   * <p>A file that can't be written ends the run before it begins, with {@link
   * java.io.UncheckedIOException}. What fails later is logged, and takes nothing from the run.
   *
   * @param file where the recording goes
   * @throws IllegalArgumentException if its name does not tell the format
   */
  public RunOptions withTrace(Path file) {
    return new RunOptions(
        debug,
        loopFactory,
        shutdownGrace,
        threadLocals,
        maxThreads,
        threadGrace,
        watchdog,
        Objects.requireNonNull(file, "file"));
  }
}
