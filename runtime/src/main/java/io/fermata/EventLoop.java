package io.fermata;

import io.fermata.internal.Durations;
import io.fermata.internal.Inbox;
import io.fermata.internal.ReadyQueue;
import io.fermata.internal.TimerHeap;
import io.fermata.internal.observing.LoopObserver;
import io.fermata.internal.reports.LoopAccess;
import io.fermata.internal.reports.TraceMemory;
import io.fermata.internal.reports.ValueText;
import io.fermata.testing.FaultInjector;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks and callbacks on one thread: asyncio's event loop. Most programs never touch it: they
 * call {@link Async#run}.
 *
 * <pre>{@code
 * EventLoop loop = EventLoop.running();
 * TimerHandle reminder = loop.callLater(ofSeconds(5), () -> System.out.println("still here?"));
 * reminder.cancel();
 * }</pre>
 *
 * <p><b>Passes.</b> A pass takes what is ready at its start and runs it, first in, first out. What
 * that queues runs in the next pass. When nothing is ready, the loop sleeps until the next timer or
 * until another thread hands it something.
 *
 * <p><b>Thread.</b> All methods are for the thread that runs the loop (or, while it does not run,
 * for the one that sets it up), except {@link #callSoonThreadsafe}, {@link #isRunning} and {@link
 * #isClosed}, which are for any. In debug mode a call from another thread throws {@link
 * IllegalStateException}.
 *
 * <p>asyncio: {@code asyncio.AbstractEventLoop}, {@code BaseEventLoop}.
 */
public abstract class EventLoop {
  static final ThreadLocal<@Nullable EventLoop> RUNNING = new ThreadLocal<>();

  static {
    LoopAccess.give(new ReportedLoops());
  }

  final ReadyQueue ready = new ReadyQueue();
  final TimerHeap timers = new TimerHeap();
  final Inbox inbox = new Inbox();
  final TaskList tasks = new TaskList();
  final AsyncGenerators generators = new AsyncGenerators();
  final RunningCode code = new RunningCode();
  final TraceMemory traceMemory = new TraceMemory();
  final LifeCycle lifeCycle;
  final Arrivals arrivals;
  final WatchedChannels channels;
  final EagerStarts eagerStarts;
  final LoopReports reports;
  final Passes passes;

  /** Tells those who observe the loop; null as long as there are none. */
  @Nullable Observation observation;

  private @Nullable LoopExecutor executor;
  private @Nullable TaskFactory taskFactory;

  /** What goes along with contexts; null for nothing. */
  @Nullable CarriedThreadLocals threadLocals;

  private Duration slowCallbackDuration = Duration.ofMillis(100);

  /** How often it is looked at while it runs; null for never. */
  @Nullable Duration watchdogInterval;

  private boolean debug = DebugMode.isDefault();

  /**
   * For subclasses.
   *
   * @param callbacksPerClockReading while the loop is busy, it looks for due timers only after so
   *     many callbacks, since reading a clock may cost more than running one
   */
  @SuppressWarnings("this-escape") // its parts keep it, and look at nothing of it yet
  protected EventLoop(int callbacksPerClockReading) {
    lifeCycle = new LifeCycle(this);
    arrivals = new Arrivals(this);
    channels = new WatchedChannels(this);
    eagerStarts = new EagerStarts(this);
    reports = new LoopReports(this);
    passes = new Passes(this, callbacksPerClockReading);
  }

  // What a kind of loop brings.

  /** {@return the loop's clock: nanoseconds, monotonic, from some start; never negative} */
  public abstract long time();

  /**
   * Sleeps until {@link #wakeUp} is called, or the time has passed. Returning early does no harm.
   *
   * @param nanos how long; {@link Long#MAX_VALUE} if there is no timer
   */
  protected abstract void idle(long nanos);

  /** Ends {@link #idle}. Called from any thread. */
  protected abstract void wakeUp();

  /** Lets go of what the loop holds of the system. */
  protected void release() {}

  /**
   * {@return whether the loop has watched a channel: from then on {@link #idle} sleeps in {@link
   * #select}, and {@link #wakeUp} calls {@link #wakeSelector}} From any thread.
   */
  protected final boolean hasSelector() {
    return channels.haveSelector();
  }

  /**
   * Sleeps until a channel is ready, {@link #wakeSelector} is called or the time has passed, to the
   * millisecond, and calls the handlers. For {@link #idle}, once {@link #hasSelector} is true.
   *
   * @param nanos how long; zero or less only looks; {@link Long#MAX_VALUE} for no limit
   */
  protected final void select(long nanos) {
    channels.select(nanos);
  }

  /** Ends {@link #select}. From any thread, once {@link #hasSelector} is true. */
  protected final void wakeSelector() {
    channels.wakeUp();
  }

  /**
   * Puts what is ready into a random order before each pass, for tests.
   *
   * @param random where the orders come from
   */
  protected final void shuffleWith(RandomGenerator random) {
    passes.shuffleWith(random);
  }

  /**
   * Has somebody stand by whenever a task is about to go on at a resume point, for tests.
   *
   * @param injector who stands by, or null for nobody
   */
  protected final void interfereWith(@Nullable FaultInjector injector) {
    passes.interfereWith(injector);
  }

  /** {@return how many results the loop expects from other threads} */
  protected final int awaitedFromOutside() {
    return arrivals.expected();
  }

  /** {@return the thread that runs the loop, or null} From any thread. */
  protected final @Nullable Thread thread() {
    return lifeCycle.thread;
  }

  // Finding the loop.

  /**
   * {@return the loop that runs the calling code}
   *
   * @throws IllegalStateException if none does
   */
  public static EventLoop running() {
    EventLoop loop = RUNNING.get();
    if (loop == null) {
      throw new IllegalStateException(
          "no event loop runs on this thread: call this from a coroutine or a callback of a loop,"
              + " or start one with Async.run.");
    }
    return loop;
  }

  static @Nullable EventLoop runningOrNull() {
    return RUNNING.get();
  }

  // Scheduling.

  /**
   * Has {@code callback} run in the next pass.
   *
   * @param callback what is called, on the loop's thread
   * @return the means to cancel it
   */
  public final Handle callSoon(Runnable callback) {
    checkUsable();
    Handle handle = new Handle(this, callback, Context.inherited());
    ready.add(handle);
    return handle;
  }

  /**
   * As {@link #callSoon(Runnable)}, in the context given, which is not copied.
   *
   * @param callback what is called, on the loop's thread
   * @param context the context, used itself and not copied
   * @return the means to cancel it
   */
  public final Handle callSoon(Runnable callback, Context context) {
    checkUsable();
    Handle handle = new Handle(this, callback, Objects.requireNonNull(context, "context"));
    ready.add(handle);
    return handle;
  }

  /**
   * Has {@code callback} run in the next pass; from any thread, and wakes the loop if it sleeps.
   *
   * @param callback what is called, on the loop's thread
   * @return the means to cancel it
   * @throws IllegalStateException if the loop is closed
   */
  public final Handle callSoonThreadsafe(Runnable callback) {
    Handle handle = new Handle(this, callback, Context.inherited());
    arrivals.handOver(handle);
    return handle;
  }

  /**
   * Has {@code callback} run after a delay; a negative one is taken for zero.
   *
   * @param delay how long; zero or less counts as zero, more than 292 years as for ever
   * @param callback what is called, on the loop's thread
   * @return the means to cancel it
   * @throws IllegalStateException if the loop is closed
   */
  public final TimerHandle callLater(Duration delay, Runnable callback) {
    Objects.requireNonNull(delay, "delay");
    return callAt(deadlineAfter(Durations.toNanos(delay)), callback);
  }

  /**
   * Has {@code callback} run when {@link #time} has reached {@code when}.
   *
   * @param when in nanoseconds of {@link #time()}
   * @param callback what is called, on the loop's thread
   * @return the means to cancel it
   */
  public final TimerHandle callAt(long when, Runnable callback) {
    checkUsable();
    TimerHandle handle = new TimerHandle(this, when, callback, Context.inherited());
    timers.add(when, handle.timer());
    return handle;
  }

  /**
   * {@return a promise of this loop}
   *
   * @param <T> type of the value
   */
  public final <T extends @Nullable Object> Promise<T> createPromise() {
    return new Promise<>(this);
  }

  /**
   * {@return a task for the coroutine, which starts in the next pass}
   *
   * @param <T> type of the value
   * @param coro a coroutine that was not started
   * @throws IllegalStateException if the coroutine was started before, or the loop is closed
   */
  public final <T extends @Nullable Object> Task<T> createTask(Coro<T> coro) {
    return createTask(coro, TaskOptions.DEFAULT);
  }

  /**
   * {@return a task with a name; see {@link #createTask(Coro)}}
   *
   * @param <T> type of the value
   * @param coro a coroutine that was not started
   * @param name the name
   */
  public final <T extends @Nullable Object> Task<T> createTask(Coro<T> coro, String name) {
    return createTask(coro, TaskOptions.named(name));
  }

  /**
   * {@return a task made as the options say; see {@link #createTask(Coro)}}
   *
   * @param <T> type of the value
   * @param coro a coroutine that was not started
   * @param options name, context, and when it starts
   */
  public <T extends @Nullable Object> Task<T> createTask(Coro<T> coro, TaskOptions options) {
    Objects.requireNonNull(coro, "coro");
    Objects.requireNonNull(options, "options");
    if (isClosed()) {
      coro.close();
      throw lifeCycle.isClosedAlready();
    }
    checkThread();
    TaskFactory factory = taskFactory;
    if (factory == null) {
      return Task.create(this, coro, options);
    }
    @Nullable Task<T> task = factory.newTask(this, coro, options);
    if (task == null) {
      throw new NullPointerException(
          "the task factory " + ValueText.of(factory) + " gave null for a task");
    }
    return task;
  }

  /**
   * Has {@code handler} called whenever the channel is ready: asyncio's {@code add_reader} and
   * {@code add_writer}. Most programs use {@code io.fermata.net} instead.
   *
   * <pre>{@code
   * channel.configureBlocking(false);
   * ChannelWatch watch = loop.watch(channel, OP_READ, (w, ready) -> readFrom(channel));
   * }</pre>
   *
   * @param channel a channel that is open and not in blocking mode
   * @param operations what for: those of {@link java.nio.channels.SelectionKey}, or'd
   * @param handler who is called, in a copy of the caller's {@link Context}
   * @return the means to change and to end it
   * @throws IOException if the channel is closed, or the system has no selector to give
   * @throws java.nio.channels.IllegalBlockingModeException if the channel is in blocking mode
   * @throws IllegalStateException if the loop is closed or watches the channel already
   */
  public final ChannelWatch watch(SelectableChannel channel, int operations, ReadyHandler handler)
      throws IOException {
    checkUsable();
    return channels.watch(channel, operations, handler);
  }

  /**
   * Has {@code callback} run once when the pass that runs now ends, before the loop looks for what
   * comes next: for what is gathered during a pass and handed on at its end.
   *
   * @param callback what is called, on the loop's thread
   */
  public final void callAtPassEnd(Runnable callback) {
    checkUsable();
    passes.callAtEnd(callback);
  }

  // Running.

  /**
   * Runs until the awaitable is done, and gives its value or throws its failure.
   *
   * @param <T> type of the value
   * @param awaitable a coroutine, a task or promise, or a user's own
   * @return what the awaitable gives
   * @throws IllegalStateException if the loop runs or is closed, if another loop runs on this
   *     thread, or if the loop is stopped before the awaitable is done
   * @throws IllegalArgumentException if it is a promise of another loop
   * @throws InterruptedRunException if the thread is interrupted before the awaitable is done
   */
  public final <T extends @Nullable Object> T runUntilComplete(Awaitable<T> awaitable) {
    return lifeCycle.runUntilComplete(awaitable);
  }

  /**
   * Runs until {@link #stop} is called.
   *
   * @throws IllegalStateException if the loop runs or is closed, or another one runs on this thread
   * @throws InterruptedRunException if the thread is interrupted
   */
  public final void runForever() {
    lifeCycle.run();
  }

  /** Ends {@link #runForever} after the pass that runs, or after one pass if none does. */
  public final void stop() {
    lifeCycle.stop();
  }

  /**
   * Closes the loop: nothing can be scheduled any more. Tasks that are pending, which will never
   * end, generators that are open, and failures that nobody has looked at are reported. Closing
   * again does nothing.
   *
   * @throws IllegalStateException if the loop runs
   */
  public final void close() {
    lifeCycle.close();
  }

  /** {@return whether it runs, on whatever thread} */
  public final boolean isRunning() {
    return lifeCycle.isRunning();
  }

  /** {@return whether it was closed} */
  public final boolean isClosed() {
    return lifeCycle.isClosed();
  }

  // Settings.

  /**
   * Switches debug mode: slow callbacks are reported, calls from other threads refused, and places
   * of creation remembered. The default for new loops is the system property {@code fermata.debug},
   * else the environment variable {@code FERMATA_DEBUG}. Coroutines that are never awaited are
   * watched in runs that begin after the switch.
   *
   * @param on whether it is on
   */
  public final void setDebug(boolean on) {
    debug = on;
    passes.settingsChanged();
  }

  /** {@return whether debug mode is on} */
  public final boolean getDebug() {
    return debug;
  }

  /**
   * In debug mode, a callback or step that takes this long is reported; 100 ms by default.
   *
   * @param duration from when on; 100 ms by default
   */
  public final void setSlowCallbackDuration(Duration duration) {
    slowCallbackDuration = Objects.requireNonNull(duration, "duration");
  }

  /**
   * See {@link #setSlowCallbackDuration}.
   *
   * @return the limit
   */
  public final Duration getSlowCallbackDuration() {
    return slowCallbackDuration;
  }

  /**
   * Has a watchdog look at the loop in runs that begin from now on: a thread that tells the
   * {@linkplain #setExceptionHandler exception handler} of tasks that wait for each other, by
   * awaits, through gathers and groups, and for each {@link io.fermata.sync.AsyncLock}; and that
   * logs the stack of a step or callback that holds the loop's thread for longer than the interval.
   * {@link RunOptions#withWatchdog} is the ordinary way. Each look visits all tasks.
   *
   * @param interval how long between two looks, in real time: tasks are told of when two in a row
   *     have found them; null for no watchdog, which is the default. A {@link
   *     io.fermata.testing.VirtualTimeLoop} needs none: it finds out by itself
   * @throws IllegalArgumentException if the interval is zero or negative
   */
  public final void setWatchdog(@Nullable Duration interval) {
    if (interval != null && (interval.isZero() || interval.isNegative())) {
      throw new IllegalArgumentException(
          "a watchdog can't look each " + interval + ": give it a second, or five.");
    }
    watchdogInterval = interval;
  }

  /**
   * See {@link #setWatchdog}.
   *
   * @return the interval, or null
   */
  public final @Nullable Duration getWatchdog() {
    return watchdogInterval;
  }

  /**
   * Who is told of failures that no code can catch; null brings the default back: a log entry.
   *
   * @param handler who is told, or null for the default
   */
  public final void setExceptionHandler(@Nullable ExceptionHandler handler) {
    reports.setHandler(handler);
  }

  /**
   * See {@link #setExceptionHandler}.
   *
   * @return the handler, or null for the default
   */
  public final @Nullable ExceptionHandler getExceptionHandler() {
    return reports.handler();
  }

  /**
   * Reports a failure to the exception handler, which runs in the {@link Context} of the task or
   * callback that failed, else in the current one. What that throws is logged.
   *
   * @param context what happened
   */
  public final void callExceptionHandler(ExceptionContext context) {
    reports.tell(context, context.contextOfFailed());
  }

  /**
   * Has thread-locals follow the tasks of this loop; before it runs. {@link
   * RunOptions#withThreadLocal} is the ordinary way.
   *
   * @param accessors how to read and to set them
   * @throws IllegalStateException if the loop runs
   */
  public final void setThreadLocals(List<ThreadLocalAccessor<?>> accessors) {
    if (isRunning()) {
      throw new IllegalStateException(this + " runs already: name its thread-locals before.");
    }
    threadLocals = accessors.isEmpty() ? null : new CarriedThreadLocals(accessors);
    passes.settingsChanged();
  }

  /**
   * Who makes the tasks; null brings the default back.
   *
   * @param factory makes the tasks, or null for the default
   */
  public final void setTaskFactory(@Nullable TaskFactory factory) {
    taskFactory = factory;
  }

  /**
   * See {@link #setTaskFactory}; null if none is set.
   *
   * @return the factory, or null for the default
   */
  public final @Nullable TaskFactory getTaskFactory() {
    return taskFactory;
  }

  /** {@return a task factory whose tasks run their first step inside {@code createTask}} */
  public static TaskFactory eagerTaskFactory() {
    return EagerTaskFactory.INSTANCE;
  }

  // Threads.

  /**
   * Runs {@code work} in another thread.
   *
   * @param <T> type of the value
   * @param in the executor, or null for the loop's default one
   * @param work what is run, once
   * @return a promise of its value
   */
  public final <T extends @Nullable Object> Promise<T> runInExecutor(
      @Nullable Executor in, Callable<T> work) {
    checkUsable();
    return executor().submit(in, work);
  }

  /**
   * The executor for {@code runInExecutor(null, …)} and {@code toThread} from now on.
   *
   * @param newExecutor takes the work; the loop shuts it down
   */
  public final void setDefaultExecutor(ExecutorService newExecutor) {
    executor().set(Objects.requireNonNull(newExecutor, "executor"));
  }

  /**
   * Ends all asynchronous generators that were started and not finished: their {@code finally}
   * blocks run side by side, each in a task of its own, and what one of them ends with takes
   * nothing from the others. Failures go to the exception handler. Cancelling it cancels those
   * tasks.
   *
   * @return a coroutine that is done when they have ended
   */
  public final Coro<Void> shutdownAsyncGenerators() {
    return generators.shutdown();
  }

  /**
   * Ends the default executor and waits for what it runs, without a limit.
   *
   * @return a coroutine that is done when it has ended
   */
  public final Coro<Void> shutdownDefaultExecutor() {
    return executor().shutdown(null);
  }

  /**
   * Ends the default executor and waits for what it runs, or until the time is up.
   *
   * @param timeout how long at most; zero or less counts as no time at all
   * @return a coroutine that is done when it has ended
   */
  public final Coro<Void> shutdownDefaultExecutor(Duration timeout) {
    return executor().shutdown(Objects.requireNonNull(timeout, "timeout"));
  }

  // For what belongs to a loop.

  /**
   * In debug mode, checks that the caller is on the thread that runs the loop. For what belongs to
   * a loop, as promises and connections do.
   *
   * @throws IllegalStateException if it is on another one
   */
  public final void checkThread() {
    if (debug) {
      lifeCycle.checkThread();
    }
  }

  /**
   * {@return whether the caller is on the thread that runs this loop} From any thread; false if
   * none does.
   */
  public final boolean inEventLoop() {
    return lifeCycle.runsHere();
  }

  final void checkUsable() {
    lifeCycle.checkNotClosed();
    checkThread();
  }

  /** Puts a task or callback at the end of the ready queue. */
  final void ready(Object entry) {
    ready.add(entry);
    if (observation != null) {
      observation.ready(entry);
    }
  }

  /** Has somebody told what the loop does, from now on; before it runs, or on its thread. */
  final void observe(LoopObserver observer) {
    Observation told = observation;
    if (told == null) {
      told = new Observation();
      observation = told;
    }
    told.add(observer);
    passes.settingsChanged();
  }

  /** Tells one of them no more; before or after a run, or on the loop's thread. */
  final void stopObserving(LoopObserver observer) {
    Observation told = observation;
    if (told != null) {
      told.remove(observer);
      observation = told.isOver() ? null : told;
      passes.settingsChanged();
    }
  }

  final long deadlineAfter(long nanos) {
    long deadline = time() + Math.max(0, nanos);
    return deadline < 0 ? Long.MAX_VALUE : deadline;
  }

  final LoopExecutor executor() {
    LoopExecutor existing = executor;
    if (existing == null) {
      existing = new LoopExecutor(this);
      executor = existing;
    }
    return existing;
  }

  final boolean hasExecutor() {
    return executor != null;
  }

  /** Its class, whether it runs, and whether in debug mode. */
  @Override
  public final String toString() {
    return getClass().getSimpleName()
        + "["
        + (isClosed() ? "closed" : isRunning() ? "running" : "not running")
        + (debug ? ", debug" : "")
        + "]";
  }
}
