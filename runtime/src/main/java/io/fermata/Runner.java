package io.fermata;

import io.fermata.internal.Interrupts;
import io.fermata.internal.Suppression;
import io.fermata.internal.trace.TraceFiles;
import io.fermata.internal.trace.Tracing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs coroutines one after the other on one loop, in one {@link Context}.
 *
 * <pre>{@code
 * try (Runner runner = new Runner()) {
 *   runner.run(SetupAsync.prepare());
 *   runner.run(MainAsync.serve());
 * }                                     // cancels what is left, closes the loop
 * }</pre>
 *
 * <pre>
 *  CREATED --getLoop, run--&gt; OPEN --close--&gt; CLOSED
 *     +------------------close------------------^
 * </pre>
 *
 * <p><b>Interrupts.</b> The first interrupt of the thread in {@code run} cancels the main task;
 * when that ends cancelled, {@code run} throws {@link InterruptedRunException}. The first one while
 * {@link #close} cleans up is noted, and the {@code finally} blocks run to their end. A second one
 * gives up at once what is being run or cleaned up. Whatever comes out, a value too, the thread's
 * interrupt flag is set afterwards.
 *
 * <p><b>Ctrl-C and SIGTERM.</b> A {@code run} on the main thread has the JVM's shutdown cancel the
 * main task, and wait {@link RunOptions#shutdownGrace} until that has ended and what it left has
 * been cleaned up. What stands behind that {@code run} may not be reached.
 *
 * <p><b>Thread.</b> One thread.
 *
 * <p>asyncio: {@code asyncio.Runner}.
 */
public final class Runner implements AutoCloseable {
  private enum State {
    CREATED,
    OPEN,
    CLOSED
  }

  private final RunOptions options;
  private final Interrupts interrupts = new Interrupts();
  private State state = State.CREATED;
  private @Nullable EventLoop loop;
  private @Nullable Context context;
  private @Nullable ShutdownHook shuttingDown;
  private @Nullable Tracing tracing;

  /** A runner with the default options. Its loop is made on first use. */
  public Runner() {
    this(RunOptions.DEFAULT);
  }

  /**
   * A runner with options.
   *
   * @param options how to run
   */
  public Runner(RunOptions options) {
    this.options = Objects.requireNonNull(options, "options");
  }

  /**
   * {@return the loop, made now if need be}
   *
   * @throws IllegalStateException if the runner is closed
   */
  public EventLoop getLoop() {
    EventLoop open = loop;
    if (state == State.CLOSED) {
      throw new IllegalStateException("the runner is closed: make a new one.");
    }
    if (open == null) {
      open = makeLoop();
      loop = open;
      context = Context.copyOfCurrent();
      state = State.OPEN;
    }
    return open;
  }

  private EventLoop makeLoop() {
    EventLoop made =
        options.loopFactory() == null ? new SelectorLoop() : options.loopFactory().get();
    Objects.requireNonNull(made, "the loop factory gave null");
    if (options.debug() != null) {
      made.setDebug(options.debug());
    }
    if (!options.threadLocals().isEmpty()) {
      made.setThreadLocals(options.threadLocals());
    }
    if (options.maxThreads() != null) {
      made.executor().limitThreads(options.maxThreads());
    }
    Duration watchdog = options.watchdog() == null ? defaultWatchdog() : options.watchdog();
    if (watchdog != null) {
      made.setWatchdog(watchdog);
    }
    Path trace = options.trace() == null ? defaultTrace() : options.trace();
    if (trace != null) {
      trace(made, trace);
    }
    return made;
  }

  private static @Nullable Duration defaultWatchdog() {
    String seconds = System.getProperty("fermata.watchdog");
    return seconds == null ? null : Watchdog.interval(seconds);
  }

  private static @Nullable Path defaultTrace() {
    String setting = System.getProperty("fermata.trace");
    return setting == null ? null : TraceFiles.of(setting);
  }

  private void trace(EventLoop made, Path file) {
    try {
      Tracing begun = Tracing.begin(file, made);
      made.observe(begun.observer());
      tracing = begun;
    } catch (Throwable t) {
      made.close();
      throw t;
    }
  }

  /**
   * Runs until {@code main} is done, and gives its value or throws its failure.
   *
   * @param <T> type of the value
   * @param main a coroutine, a promise of the loop, or a user's own awaitable
   * @return what {@code main} gives
   * @throws IllegalStateException inside a running loop, or if the runner is closed
   * @throws InterruptedRunException if the thread is interrupted
   */
  public <T extends @Nullable Object> T run(Awaitable<T> main) {
    checkNotInLoop("Runner.run");
    Objects.requireNonNull(main, "main: an awaitable is required, not null");
    EventLoop running = getLoop();
    Promise<T> promise =
        main instanceof Coro<T> coro
            ? running.createTask(
                coro, TaskOptions.DEFAULT.withContext(Objects.requireNonNull(context)))
            : Awaitables.ensurePromise(running, main);
    MainRun<T> run = new MainRun<>(running, promise, options.shutdownGrace(), interrupts);
    try {
      return run.run();
    } finally {
      if (run.shuttingDown() != null) {
        shuttingDown = run.shuttingDown();
      }
    }
  }

  /**
   * As {@link #run(Awaitable)}, for a coroutine that declares a checked exception.
   *
   * @param <T> type of the value
   * @param <X> the checked exception that may come out
   * @param main a coroutine, a promise of the loop, or a user's own awaitable
   * @return what {@code main} gives
   * @throws X as the coroutine declares it
   */
  public <T extends @Nullable Object, X extends Throwable> T run(ThrowingCoro<T, X> main) throws X {
    return run((Awaitable<T>) main);
  }

  static void checkNotInLoop(String function) {
    if (EventLoop.runningOrNull() != null) {
      throw new IllegalStateException(
          function + " cannot be called from a running event loop: in a coroutine, await instead.");
    }
  }

  /** Runs {@code main} and closes: what closing throws takes nothing from main's failure. */
  <T extends @Nullable Object> T runAndClose(Awaitable<T> main) {
    T value;
    try {
      value = run(main);
    } catch (Throwable failure) {
      try {
        close();
      } catch (Throwable t) {
        Suppression.add(failure, t);
      }
      throw failure;
    }
    close();
    return value;
  }

  /**
   * Cancels the tasks that are left and waits for them, ends the asynchronous generators that are
   * open, then waits for the work in the default executor, for {@link RunOptions#threadGrace} at
   * most, which is five minutes by default, and closes the loop. Work that takes longer is left
   * running, and a warning logged. Closing again does nothing.
   *
   * <p>However one of them ends, the others are ended as well. Failures go to the loop's
   * {@linkplain EventLoop#setExceptionHandler exception handler}, each once, and so does what a
   * second interrupt has cut short; only a fatal error ({@link VirtualMachineError}) is thrown.
   *
   * @throws IllegalStateException inside a running loop
   */
  @Override
  public void close() {
    EventLoop open = loop;
    if (state != State.OPEN || open == null) {
      state = State.CLOSED;
      return;
    }
    checkNotInLoop("Runner.close");
    state = State.CLOSED;
    loop = null;
    Tracing ending = tracing;
    tracing = null;
    new RunCleanup(open, options, interrupts, shuttingDown, ending).run();
  }
}
