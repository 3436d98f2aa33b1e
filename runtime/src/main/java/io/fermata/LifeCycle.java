package io.fermata;

import io.fermata.internal.FatalErrors;
import io.fermata.internal.flight.FlightRecording;
import io.fermata.internal.reports.TasksBean;
import io.fermata.testing.VirtualTimeLoop;
import org.jspecify.annotations.Nullable;

/**
 * How a loop runs, is stopped and is closed.
 *
 * <pre>
 *          run            stop: after its pass
 *  RESTING ----&gt; RUNNING ---------------------&gt; RESTING --close--&gt; CLOSED
 *                   |                              ^
 *                   +-- an interrupt, a failure ---+
 * </pre>
 */
final class LifeCycle {
  private final EventLoop loop;

  /** The thread that runs the loop; null while none does. Read from any. */
  volatile @Nullable Thread thread;

  private volatile boolean closed;
  private boolean stopping;
  private @Nullable Runnable interruptHandler;

  LifeCycle(EventLoop loop) {
    this.loop = loop;
  }

  <T extends @Nullable Object> T runUntilComplete(Awaitable<T> awaitable) {
    checkMayRun();
    boolean ours = !(awaitable instanceof Promise);
    Promise<T> promise = Awaitables.ensurePromise(loop, awaitable);
    Stopper stopper = new Stopper();
    promise.addCallback(stopper);
    try {
      loop.runForever();
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

  void run() {
    checkMayRun();
    Thread here = Thread.currentThread();
    thread = here;
    loop.traceMemory.runBegins();
    EventLoop.RUNNING.set(loop);
    boolean watching = loop.getDebug();
    UnawaitedCoroutines.changeWatching(watching ? 1 : 0);
    boolean isReal = isReal();
    Watchdog watchdog = null;
    try {
      if (loop.watchdogInterval != null && isReal) {
        watchdog = Watchdog.of(loop, loop.watchdogInterval);
      }
      TasksBean.loopStarts(loop);
      if (isReal) {
        if (watching) {
          TasksBean.register();
        }
        FlightRecording.runBegins(loop);
      }
      if (loop.observation != null) {
        loop.observation.runBegins();
      }
      Passes passes = loop.passes;
      passes.endPass();
      do {
        passes.pass(here);
        passes.endPass();
      } while (!stopping);
    } finally {
      if (watchdog != null) {
        watchdog.end();
      }
      loop.channels.runEnds();
      stopping = false;
      loop.code.runEnds();
      loop.eagerStarts.runEnds();
      UnawaitedCoroutines.changeWatching(watching ? -1 : 0);
      EventLoop.RUNNING.remove();
      TasksBean.loopEnds(loop);
      if (loop.observation != null) {
        loop.observation.runEnds();
      }
      FlightRecording.runEnds(loop);
      thread = null;
    }
  }

  /** Whether it is no test in virtual time, which is over at once. */
  private boolean isReal() {
    return loop instanceof SelectorLoop || !(loop instanceof VirtualTimeLoop);
  }

  private void checkMayRun() {
    checkNotClosed();
    if (thread != null) {
      throw new IllegalStateException(
          loop + " is running already: in a coroutine, await instead of running the loop.");
    }
    if (EventLoop.RUNNING.get() != null) {
      throw new IllegalStateException(
          "another loop is running on this thread: in a coroutine, await instead of running a"
              + " loop.");
    }
  }

  void stop() {
    stopping = true;
  }

  boolean isStopping() {
    return stopping;
  }

  boolean isRunning() {
    return thread != null;
  }

  /** Whether it runs on the calling thread. */
  boolean runsHere() {
    return Thread.currentThread() == thread;
  }

  /** Who handles an interrupt of the loop's thread; without one the run ends at once. */
  void setInterruptHandler(@Nullable Runnable handler) {
    interruptHandler = handler;
  }

  void interrupted() {
    boolean cleared = Thread.interrupted();
    Runnable handler = interruptHandler;
    if (cleared && handler != null) {
      handler.run();
    } else {
      Thread.currentThread().interrupt();
      throw new InterruptedRunException("the thread that runs " + loop + " was interrupted", null);
    }
  }

  /** For debug mode. */
  void checkThread() {
    Thread own = thread;
    if (own != null && own != Thread.currentThread()) {
      throw new IllegalStateException(
          loop
              + " is used from thread "
              + Thread.currentThread().getName()
              + ", which is not its own, "
              + own.getName()
              + ": use callSoonThreadsafe or runCoroutineThreadsafe.");
    }
  }

  boolean isClosed() {
    return closed;
  }

  void checkNotClosed() {
    if (closed) {
      throw isClosedAlready();
    }
  }

  IllegalStateException isClosedAlready() {
    return new IllegalStateException(loop + " is closed: make a new loop.");
  }

  void close() {
    if (thread != null) {
      throw new IllegalStateException(loop + " can't be closed while it runs: stop() it first.");
    }
    if (closed) {
      return;
    }
    closed = true;
    try {
      loop.inbox.close(loop.ready);
      abandonWhatIsLeft();
      loop.timers.clear();
      loop.generators.reportLeft(loop);
      if (loop.hasExecutor()) {
        loop.executor().close();
      }
      loop.reports.reportAll();
    } finally {
      loop.channels.close();
      loop.release();
    }
  }

  private void abandonWhatIsLeft() {
    while (!loop.ready.isEmpty()) {
      if (loop.ready.take() instanceof Ready entry) {
        entry.abandon();
      }
    }
    for (Task<?> task : loop.tasks.toSet()) {
      loop.callExceptionHandler(
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
