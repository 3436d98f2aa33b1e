package io.fermata;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
 * <p><b>Interrupts.</b> An interrupt of the thread in {@code run} cancels the main task; when that
 * ends cancelled, {@code run} throws {@link InterruptedRunException} and the interrupt flag is set.
 * A second interrupt ends {@code run} at once. <b>Ctrl-C and SIGTERM.</b> A {@code run} on the main
 * thread has the JVM's shutdown cancel the main task, and wait {@link RunOptions#shutdownGrace} for
 * it.
 *
 * <p><b>Thread.</b> One thread.
 *
 * <p>asyncio: {@code asyncio.Runner}.
 */
public final class Runner implements AutoCloseable {
  private static final Duration EXECUTOR_SHUTDOWN_LIMIT = Duration.ofMinutes(5);

  private enum State {
    CREATED,
    OPEN,
    CLOSED
  }

  private final RunOptions options;
  private State state = State.CREATED;
  private @Nullable EventLoop loop;
  private @Nullable Context context;

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
    return made;
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
    return new MainRun<>(running, promise, options.shutdownGrace()).run();
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

  /**
   * Cancels the tasks that are left and waits for them, ends async generators and the default
   * executor, and closes the loop. Closing again does nothing.
   */
  @Override
  public void close() {
    EventLoop open = loop;
    State before = state;
    state = State.CLOSED;
    if (before != State.OPEN || open == null) {
      return;
    }
    boolean interrupted = Thread.interrupted(); // an interrupt must not keep us from cleaning up
    try {
      cancelAllTasks(open);
      if (!open.generators().isEmpty()) {
        open.runUntilComplete(open.shutdownAsyncGenerators());
      }
      open.runUntilComplete(open.shutdownDefaultExecutor(EXECUTOR_SHUTDOWN_LIMIT));
    } finally {
      loop = null;
      open.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void cancelAllTasks(EventLoop loop) {
    Set<Task<?>> left = loop.tasks();
    if (left.isEmpty()) {
      return;
    }
    List<Task<?>> tasks = new ArrayList<>(left);
    tasks.forEach(Task::cancel);
    loop.runUntilComplete(GatherPromise.<@Nullable Object>ofOutcomes(Unchecked.cast(tasks)));
    for (Task<?> task : tasks) {
      if (task.state() == Promise.State.FAILED) {
        loop.callExceptionHandler(
            new ExceptionContext(
                "unhandled exception while the run was shut down",
                task.exception(),
                null,
                task,
                task.toString(),
                task.createdAt()));
      }
    }
  }
}
