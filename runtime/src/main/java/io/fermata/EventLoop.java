package io.fermata;

import io.fermata.internal.Inbox;
import io.fermata.internal.ReadyQueue;
import io.fermata.internal.TimerHeap;
import io.fermata.testing.FaultInjector;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

  /** Eager tasks that start eager tasks: past this depth they wait for their turn. */
  private static final int MAX_EAGER_DEPTH = 32;

  /** Where an eager task's frames start to count, which leaves 16 direct calls for each. */
  private static final int EAGER_START_DEPTH = Coro.MAX_DEPTH - 16;

  private final ReadyQueue ready = new ReadyQueue();
  private final TimerHeap timers = new TimerHeap();
  private final Inbox inbox = new Inbox();
  private final TaskList tasks = new TaskList();
  private final AsyncGenerators generators = new AsyncGenerators();
  private final int callbacksPerClockReading;

  /**
   * Null until a channel is watched. Volatile for {@link #wakeUp} of other threads: whoever saw the
   * loop asleep sees what it slept in, and one that is late finds a whole object.
   */
  private volatile @Nullable LoopSelector selector;

  /** What runs at the end of this pass; null until somebody asks for that. */
  private @Nullable List<Runnable> atPassEnd;

  private @Nullable LoopExecutor executor;

  /** Null as long as there are none. */
  @Nullable IdleStages idleStages;

  private @Nullable UnretrievedFailures unretrieved;
  private @Nullable UnawaitedCoroutines unawaited;
  private @Nullable ExceptionHandler exceptionHandler;
  private @Nullable TaskFactory taskFactory;

  /** What goes along with contexts; null for nothing. */
  @Nullable CarriedThreadLocals threadLocals;

  private @Nullable RandomGenerator shuffle;
  private @Nullable FaultInjector faultInjector;
  private @Nullable Runnable interruptHandler;
  private Duration slowCallbackDuration = Duration.ofMillis(100);

  volatile @Nullable Thread thread;
  private volatile boolean closed;
  private boolean stopping;
  private boolean debug = DebugMode.isDefault();
  private int tasksMade;
  private int eagerDepth;
  private int callbacksSinceClock;

  /** It has just slept in the selector: there is no need to look at it again. */
  private boolean selected;

  private int outside;

  /** The trace that was last found told. */
  @Nullable ToldTrace toldTrace;

  /**
   * The task whose step runs. It is left here when the step ends, since often the same one comes
   * next; {@link #leaveTask} is called before any other code of users runs.
   */
  @Nullable Task<?> currentTask;

  /** The user's frames under which it runs, once they were asked for. */
  @Nullable List<StackTraceElement> callers;

  /** The context of the callback that runs, null as long as it is an empty one. */
  @Nullable Context callbackContext;

  /** The context that the running code has entered with {@link Context#run}. */
  @Nullable Context enteredContext;

  /**
   * For subclasses.
   *
   * @param callbacksPerClockReading while the loop is busy, it looks for due timers only after so
   *     many callbacks, since reading a clock may cost more than running one
   */
  protected EventLoop(int callbacksPerClockReading) {
    this.callbacksPerClockReading = callbacksPerClockReading;
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
    return selector != null;
  }

  /**
   * Sleeps until a channel is ready, {@link #wakeSelector} is called or the time has passed, to the
   * millisecond, and calls the handlers. For {@link #idle}, once {@link #hasSelector} is true.
   *
   * @param nanos how long; zero or less only looks; {@link Long#MAX_VALUE} for no limit
   */
  protected final void select(long nanos) {
    LoopSelector channels = Objects.requireNonNull(selector, "no channel was watched");
    if (nanos <= 0) {
      channels.poll();
    } else {
      channels.select(nanos);
    }
  }

  /** Ends {@link #select}. From any thread, once {@link #hasSelector} is true. */
  protected final void wakeSelector() {
    Objects.requireNonNull(selector, "no channel was watched").wakeUp();
  }

  /**
   * Puts what is ready into a random order before each pass, for tests.
   *
   * @param random where the orders come from
   */
  protected final void shuffleWith(RandomGenerator random) {
    shuffle = random;
  }

  /**
   * Has somebody stand by whenever a task is about to go on at a resume point, for tests.
   *
   * @param injector who stands by, or null for nobody
   */
  protected final void interfereWith(@Nullable FaultInjector injector) {
    faultInjector = injector;
  }

  /** {@return how many results the loop expects from other threads} */
  protected final int awaitedFromOutside() {
    return outside;
  }

  /** {@return the thread that runs the loop, or null} From any thread. */
  protected final @Nullable Thread thread() {
    return thread;
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
    handOver(handle);
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
    if (closed) {
      coro.close();
    }
    checkUsable();
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
    LoopSelector channels = selector;
    if (channels == null) {
      channels = new LoopSelector(this, Selector::open);
      selector = channels;
    }
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
    List<Runnable> callbacks = atPassEnd;
    if (callbacks == null) {
      callbacks = new ArrayList<>();
      atPassEnd = callbacks;
    }
    callbacks.add(Objects.requireNonNull(callback, "callback"));
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
    checkMayRun();
    boolean ours = !(awaitable instanceof Promise);
    Promise<T> promise = Awaitables.ensurePromise(this, awaitable);
    Stopper stopper = new Stopper();
    promise.addCallback(stopper);
    try {
      runForever();
    } catch (InterruptedRunException e) {
      if (!promise.isDone()) {
        throw e;
      }
    } catch (Throwable t) {
      if (ours && promise.isDone()) {
        promise.markRetrieved();
      }
      throw t;
    } finally {
      promise.removeCallback(stopper);
      stopper.over = true;
    }
    if (!promise.isDone()) {
      throw new IllegalStateException(
          "the loop was stopped before " + promise + " was done: call stop() later, or run it on.");
    }
    return promise.result();
  }

  /**
   * Runs until {@link #stop} is called.
   *
   * @throws IllegalStateException if the loop runs or is closed, or another one runs on this thread
   * @throws InterruptedRunException if the thread is interrupted
   */
  public final void runForever() {
    checkMayRun();
    thread = Thread.currentThread();
    callers = null;
    RUNNING.set(this);
    boolean watching = debug;
    UnawaitedCoroutines.changeWatching(watching ? 1 : 0);
    try {
      TasksBean.loopStarts(this);
      if (debug) {
        TasksBean.register();
      }
      endPass();
      do {
        pass();
        endPass();
      } while (!stopping);
    } finally {
      LoopSelector channels = selector;
      if (channels != null) {
        channels.runEnds();
      }
      stopping = false;
      currentTask = null;
      enteredContext = null;
      callbackContext = null;
      eagerDepth = 0;
      UnawaitedCoroutines.changeWatching(watching ? -1 : 0);
      RUNNING.remove();
      TasksBean.loopEnds(this);
      thread = null;
    }
  }

  /** Ends {@link #runForever} after the pass that runs, or after one pass if none does. */
  public final void stop() {
    stopping = true;
  }

  /**
   * Closes the loop: nothing can be scheduled any more. Tasks that are pending, which will never
   * end, generators that are open, and failures that nobody has looked at are reported. Closing
   * again does nothing.
   *
   * @throws IllegalStateException if the loop runs
   */
  public final void close() {
    if (thread != null) {
      throw new IllegalStateException(this + " can't be closed while it runs: stop() it first.");
    }
    if (closed) {
      return;
    }
    closed = true;
    try {
      inbox.close(ready);
      abandonWhatIsLeft();
      timers.clear();
      generators.reportLeft(this);
      if (executor != null) {
        executor.close();
      }
      if (unretrieved != null) {
        unretrieved.reportAll();
      }
      if (unawaited != null) {
        unawaited.reportAll();
      }
    } finally {
      LoopSelector channels = selector;
      if (channels != null) {
        channels.close();
      }
      release();
    }
  }

  private void abandonWhatIsLeft() {
    while (!ready.isEmpty()) {
      if (ready.take() instanceof Ready entry) {
        entry.abandon();
      }
    }
    for (Task<?> task : tasks.toSet()) {
      callExceptionHandler(
          new ExceptionContext(
              "a task was pending when its loop was closed, and will never end: cancel it and run"
                  + " the loop until it is done, or leave that to a Runner",
              null,
              null,
              task,
              task.toString(),
              task.createdAt()));
      task.abandon();
    }
  }

  /** {@return whether it runs, on whatever thread} */
  public final boolean isRunning() {
    return thread != null;
  }

  /** {@return whether it was closed} */
  public final boolean isClosed() {
    return closed;
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
   * Who is told of failures that no code can catch; null brings the default back: a log entry.
   *
   * @param handler who is told, or null for the default
   */
  public final void setExceptionHandler(@Nullable ExceptionHandler handler) {
    exceptionHandler = handler;
  }

  /**
   * See {@link #setExceptionHandler}.
   *
   * @return the handler, or null for the default
   */
  public final @Nullable ExceptionHandler getExceptionHandler() {
    return exceptionHandler;
  }

  /**
   * Reports a failure to the exception handler, which runs in the {@link Context} of the task or
   * callback that failed, else in the current one. What that throws is logged.
   *
   * @param context what happened
   */
  public final void callExceptionHandler(ExceptionContext context) {
    callExceptionHandler(context, context.contextOfFailed());
  }

  /** As {@link #callExceptionHandler(ExceptionContext)}, in this context; null for the current. */
  final void callExceptionHandler(ExceptionContext context, @Nullable Context runsIn) {
    if (context.exception() != null) {
      StackTraces.caught(context.exception(), null);
    }
    new FailureReport(this, context).tell(exceptionHandler, runsIn);
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

  // The machinery.

  private void pass() {
    if (ready.isEmpty()) {
      waitForWork();
    }
    if (!inbox.isEmpty()) {
      inbox.drainTo(ready);
    }
    if (callbacksSinceClock >= callbacksPerClockReading) {
      lookAround();
    }
    Thread current = thread;
    if (current != null && current.isInterrupted()) {
      interrupted();
    }
    if (shuffle != null) {
      leaveTask();
      ready.shuffle(shuffle);
    }
    int count = ready.size();
    callbacksSinceClock += count;
    if (debug || faultInjector != null || threadLocals != null) {
      leaveTask();
      for (; count > 0; count--) {
        long start = debug ? time() : -1; // before the entry is taken, which must not be lost
        runWatched(ready.take(), start);
      }
    } else {
      for (; count > 0; count--) {
        runEntry(ready.take());
      }
    }
  }

  private void runWatched(Object entry, long start) {
    FaultInjector injector = faultInjector;
    if (injector != null && entry instanceof Task<?> task && task.isSuspended()) {
      Throwable fault;
      try {
        fault = injector.beforeResume(task);
      } catch (Throwable t) {
        fault = t;
      }
      if (fault != null) {
        task.failNextStep(fault);
      }
    }
    if (start >= 0) {
      DebugMode.runTimed(this, entry, start);
    } else {
      runReady(entry);
    }
  }

  final void runReady(Object entry) {
    if (threadLocals == null) {
      runAndLeave(entry);
    } else {
      runCarrying(entry, threadLocals);
    }
  }

  private void runCarrying(Object entry, CarriedThreadLocals carried) {
    Context context =
        entry instanceof Task<?> task
            ? task.getContext()
            : entry instanceof Ready waiting ? waiting.runsIn() : null;
    if (context == null) {
      runAndLeave(entry);
    } else {
      carried.runStep(this, entry, context, () -> runAndLeave(entry));
    }
  }

  /** For where code of users runs between the entries. */
  private void runAndLeave(Object entry) {
    runEntry(entry);
    leaveTask();
  }

  private void runEntry(Object entry) {
    try {
      if (entry instanceof Task<?> task) {
        task.step();
      } else if (entry instanceof Sleep<?> sleep) {
        sleep.wake();
      } else {
        leaveTask();
        ((Ready) entry).run(this);
      }
    } catch (Throwable t) {
      escaped(t, entry);
    }
  }

  /** What escapes an entry concerns that one alone, unless it is fatal. */
  private void escaped(Throwable t, Object entry) {
    if (entry instanceof Task<?> task) {
      currentTask = null;
      task.failStep(t);
    } else {
      callbackFailed(t, "Exception in " + (Ready) entry, null, null);
    }
  }

  /** The task's step begins. */
  final void enter(Task<?> task) {
    if (currentTask != task) {
      currentTask = task;
    }
  }

  /** What runs now is no task's. */
  private void leaveTask() {
    if (currentTask != null) {
      currentTask = null;
    }
  }

  private void waitForWork() {
    leaveTask();
    callbacksSinceClock = callbacksPerClockReading;
    reportCollected();
    if (stopping || !ready.isEmpty()) {
      return; // also when an exception handler has made work
    }
    long nanos = nanosToNextTimer();
    if (nanos > 0 && inbox.fallAsleep()) {
      selected = true;
      try {
        idle(nanos);
      } finally {
        inbox.awake();
      }
    }
  }

  /** Looks for ready channels and due timers: after each sleep, and now and then while busy. */
  private void lookAround() {
    leaveTask();
    callbacksSinceClock = 0;
    LoopSelector channels = selector;
    if (channels != null && !selected) {
      channels.poll();
    }
    selected = false;
    reportCollected();
    if (!timers.isEmpty()) {
      collectDueTimers();
    }
  }

  /** Has the loop look at its channels before the next callback. */
  final void pollSoon() {
    callbacksSinceClock = callbacksPerClockReading;
    selected = false;
  }

  private void endPass() {
    List<Runnable> callbacks = atPassEnd;
    if (callbacks != null && !callbacks.isEmpty()) {
      runAtPassEnd(callbacks);
    }
  }

  /** Those that come while it runs, run too. */
  private void runAtPassEnd(List<Runnable> callbacks) {
    leaveTask();
    for (int i = 0; i < callbacks.size(); i++) {
      Runnable callback = callbacks.get(i);
      try {
        callback.run();
      } catch (Throwable t) {
        String what = "Exception in " + ValueText.of(callback) + " at the end of a pass";
        callbackFailed(t, what, null, null);
      }
    }
    callbacks.clear();
  }

  /** {@link Long#MAX_VALUE} if there is no timer; zero or less if one is due. */
  private long nanosToNextTimer() {
    if (timers.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, timers.firstDeadline()) - time();
  }

  private void reportCollected() {
    if (unretrieved != null) {
      unretrieved.reportCollected();
    }
    if (unawaited != null) {
      unawaited.reportCollected();
    }
    generators.endCollected(this);
  }

  private void collectDueTimers() {
    long now = time();
    while (!timers.isEmpty() && timers.firstDeadline() <= now) {
      TimerHeap.Entry due = timers.takeFirst();
      ready.add(due instanceof TimerHandle.Timer timer ? timer.handle : due);
    }
  }

  private void interrupted() {
    leaveTask();
    boolean cleared = Thread.interrupted();
    Runnable handler = interruptHandler;
    if (cleared && handler != null) {
      handler.run();
    } else {
      Thread.currentThread().interrupt();
      throw new InterruptedRunException("the thread that runs " + this + " was interrupted", null);
    }
  }

  /** Who handles an interrupt of the loop's thread; without one the run ends at once. */
  final void setInterruptHandler(@Nullable Runnable handler) {
    interruptHandler = handler;
  }

  private void checkMayRun() {
    checkNotClosed();
    if (thread != null) {
      throw new IllegalStateException(
          this + " is running already: in a coroutine, await instead of running the loop.");
    }
    if (RUNNING.get() != null) {
      throw new IllegalStateException(
          "another loop is running on this thread: in a coroutine, await instead of running a"
              + " loop.");
    }
  }

  final void checkUsable() {
    checkNotClosed();
    checkThread();
  }

  private void checkNotClosed() {
    if (closed) {
      throw isClosedAlready();
    }
  }

  private IllegalStateException isClosedAlready() {
    return new IllegalStateException(this + " is closed: make a new loop.");
  }

  /**
   * In debug mode, checks that the caller is on the thread that runs the loop. For what belongs to
   * a loop, as promises and connections do.
   *
   * @throws IllegalStateException if it is on another one
   */
  public final void checkThread() {
    if (debug) {
      Thread own = thread;
      if (own != null && own != Thread.currentThread()) {
        throw new IllegalStateException(
            this
                + " is used from thread "
                + Thread.currentThread().getName()
                + ", which is not its own, "
                + own.getName()
                + ": use callSoonThreadsafe or runCoroutineThreadsafe.");
      }
    }
  }

  /** Puts a task or callback at the end of the ready queue. */
  final void ready(Object entry) {
    ready.add(entry);
  }

  /** Hands an entry for the ready queue over, from any thread. */
  final void handOver(Ready entry) {
    if (Thread.currentThread() == thread) {
      ready.add(entry);
      return;
    }
    switch (inbox.add(entry)) {
      case WAKE_LOOP -> wakeUp();
      case CLOSED -> throw isClosedAlready();
      case TAKEN -> {}
    }
  }

  /**
   * Hands a result over from another thread, for which nobody waits any more once the loop is
   * closed.
   */
  final void deliverUnlessClosed(Ready entry) {
    if (inbox.add(entry) == Inbox.Receipt.WAKE_LOOP) {
      wakeUp();
    }
  }

  final long deadlineAfter(long nanos) {
    long deadline = time() + Math.max(0, nanos);
    return deadline < 0 ? Long.MAX_VALUE : deadline;
  }

  final void addTimer(long when, TimerHeap.Entry timer) {
    timers.add(when, timer);
  }

  final void removeTimer(TimerHeap.Entry timer) {
    timers.remove(timer);
  }

  final int timerCount() {
    return timers.size();
  }

  final void register(Task<?> task) {
    tasks.add(task);
  }

  final void unregister(Task<?> task) {
    tasks.remove(task);
  }

  final Set<Task<?>> tasks() {
    return tasks.toSet();
  }

  final int nextTaskNumber() {
    return ++tasksMade;
  }

  final boolean mayStartEagerly() {
    return Thread.currentThread() == thread && eagerDepth < MAX_EAGER_DEPTH;
  }

  /** Runs a task's first step inside the task that creates it. */
  final void startEagerly(Task<?> task) {
    Task<?> creator = currentTask;
    Context entered = enteredContext;
    currentTask = task;
    enteredContext = null;
    eagerDepth++;
    try {
      if (threadLocals == null) {
        task.stepEagerly(EAGER_START_DEPTH);
      } else {
        Context own = task.getContext();
        threadLocals.runStep(this, task, own, () -> task.stepEagerly(EAGER_START_DEPTH));
      }
    } catch (Throwable t) {
      task.failStep(t);
    } finally {
      eagerDepth--;
      enteredContext = entered;
      currentTask = creator;
    }
  }

  final @Nullable Context currentContextOrNull() {
    if (enteredContext != null) {
      return enteredContext;
    }
    return currentTask != null ? currentTask.context : callbackContext;
  }

  final Context currentContext() {
    if (enteredContext != null) {
      return enteredContext;
    }
    if (currentTask != null) {
      return currentTask.getContext();
    }
    Context context = callbackContext;
    if (context == null) {
      context = new Context();
      callbackContext = context;
    }
    return context;
  }

  final LoopExecutor executor() {
    LoopExecutor existing = executor;
    if (existing == null) {
      existing = new LoopExecutor(this);
      executor = existing;
    }
    return existing;
  }

  final UnretrievedFailures unretrievedFailures() {
    UnretrievedFailures failures = unretrieved;
    if (failures == null) {
      failures = new UnretrievedFailures(this);
      unretrieved = failures;
    }
    return failures;
  }

  final UnawaitedCoroutines unawaitedCoroutines() {
    UnawaitedCoroutines coroutines = unawaited;
    if (coroutines == null) {
      coroutines = new UnawaitedCoroutines(this);
      unawaited = coroutines;
    }
    return coroutines;
  }

  final boolean hasExecutor() {
    return executor != null;
  }

  final AsyncGenerators generators() {
    return generators;
  }

  final void expectFromOutside() {
    outside++;
  }

  final void arrivedFromOutside() {
    outside--;
  }

  final void callbackFailed(
      Throwable t, String message, @Nullable Promise<?> promise, @Nullable Handle handle) {
    Throwable createdAt = handle == null ? null : handle.createdAt();
    ExceptionContext failed = new ExceptionContext(message, t, handle, promise, null, createdAt);
    callbackFailed(t, failed, failed.contextOfFailed());
  }

  final void callbackFailed(Throwable t, ExceptionContext failed, @Nullable Context runsIn) {
    if (FatalErrors.isFatal(t)) {
      throw Unchecked.<RuntimeException>sneak(t);
    }
    callExceptionHandler(failed, runsIn);
  }

  /** Its class, whether it runs, and whether in debug mode. */
  @Override
  public final String toString() {
    return getClass().getSimpleName()
        + "["
        + (closed ? "closed" : thread != null ? "running" : "not running")
        + (debug ? ", debug" : "")
        + "]";
  }

  /** Stops the loop when the promise that it runs for is done. */
  private final class Stopper implements PromiseCallback {
    /** The run has ended before the turn of this came. */
    boolean over;

    @Override
    public void onDone(Promise<?> promise) {
      if (!over
          && !(promise.state() == Promise.State.FAILED
              && promise.peekOutcome() instanceof Throwable t
              && FatalErrors.isFatal(t))) {
        stop();
      }
    }
  }
}
