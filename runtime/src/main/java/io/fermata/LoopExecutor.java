package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.FatalErrors;
import io.fermata.internal.Unchecked;
import io.fermata.internal.Workers;
import io.fermata.internal.reports.RuntimeLines;
import io.fermata.internal.reports.RuntimeLog;
import io.fermata.internal.reports.StackTraces;
import io.fermata.internal.reports.ValueText;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The loop's default executor, and the jobs that it has in other threads. */
final class LoopExecutor {
  private static final LineTable SHUTDOWN =
      RuntimeLines.of(Shutdown.class, "EventLoop", "shutdownDefaultExecutor");

  private final EventLoop loop;
  private @Nullable ExecutorService defaultExecutor;

  /** Those that were the default one before it: they may have work. */
  private final Set<ExecutorService> replaced = new LinkedHashSet<>();

  /** How many threads its own one has at most; null for as many as that has by itself. */
  private @Nullable Integer maxThreads;

  private boolean shutDown;

  /** The jobs in the default executor. */
  private int inFlight;

  /** Who waits until the last job in the default executor has come back. */
  private final List<Promise<@Nullable Void>> untilIdle = new ArrayList<>();

  LoopExecutor(EventLoop loop) {
    this.loop = loop;
  }

  /** Bounds the default executor that this makes, and has not made yet. */
  void limitThreads(int most) {
    maxThreads = most;
  }

  void set(ExecutorService executor) {
    if (defaultExecutor != null) {
      replaced.add(defaultExecutor);
    }
    replaced.remove(executor);
    defaultExecutor = executor;
  }

  <T extends @Nullable Object> Promise<T> submit(@Nullable Executor given, Callable<T> work) {
    Objects.requireNonNull(work, "work");
    boolean inDefault = given == null;
    Executor executor = given == null ? defaultExecutor() : given;
    Job<T> job = new Job<>(loop.createPromise(), work, inDefault);
    jobGoesOut(inDefault); // before it may come back
    try {
      executor.execute(job);
    } catch (RejectedExecutionException e) {
      job.withdraw();
      throw refused(executor, e);
    } catch (Throwable t) {
      job.withdraw();
      throw t;
    }
    job.promise.addCallback(job);
    return job.promise;
  }

  private static IllegalStateException refused(
      Executor executor, RejectedExecutionException rejection) {
    boolean shutDown = executor instanceof ExecutorService service && service.isShutdown();
    return new IllegalStateException(
        ValueText.of(executor)
            + (shutDown
                ? " takes no more work, it was shut down: use another executor."
                : " refuses the work: give it more threads or a longer queue, or await what it has"
                    + " before you hand it more."),
        rejection);
  }

  private Executor defaultExecutor() {
    if (shutDown) {
      throw new IllegalStateException(
          "the default executor of " + loop + " has been shut down: start no more work in it.");
    }
    if (defaultExecutor == null) {
      Integer most = maxThreads;
      defaultExecutor = most == null ? Workers.newExecutor() : Workers.newExecutor(most);
    }
    return defaultExecutor;
  }

  /** Lets go of the executor when the loop is closed. */
  void close() {
    shutDown = true;
    if (defaultExecutor != null) {
      replaced.add(defaultExecutor);
      defaultExecutor = null;
    }
    List<ExecutorService> executors = List.copyOf(replaced);
    replaced.clear(); // each is shut down once
    executors.forEach(this::end);
  }

  private void end(ExecutorService executor) {
    try {
      executor.shutdown();
    } catch (Throwable t) {
      if (FatalErrors.isFatal(t)) {
        throw t;
      }
      loop.callExceptionHandler(
          new ExceptionContext("the default executor could not be shut down", t));
    }
  }

  Coro<Void> shutdown(@Nullable Duration timeout) {
    return new Shutdown(timeout);
  }

  private void jobGoesOut(boolean toDefault) {
    loop.arrivals.expectOne();
    if (toDefault) {
      inFlight++;
    }
  }

  private void jobIsBack(boolean fromDefault) {
    loop.arrivals.oneIsHere();
    if (fromDefault && --inFlight == 0) {
      untilIdle.forEach(Promise::completeIfPending);
      untilIdle.clear();
    }
  }

  /**
   * One piece of work: runs in another thread, then stands in the loop's inbox with its outcome. A
   * job that was cancelled before it began does nothing.
   */
  private final class Job<T extends @Nullable Object> extends Ready
      implements Runnable, PromiseCallback {
    final Promise<T> promise;
    private final boolean inDefault;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile @Nullable Callable<T> work;
    private @Nullable T value;
    private @Nullable Throwable failure;

    /** Whether its outcome is there, or none is expected. For the loop's thread. */
    private boolean back;

    Job(Promise<T> promise, Callable<T> work, boolean inDefault) {
      this.promise = promise;
      this.work = work;
      this.inDefault = inDefault;
    }

    @Override
    public void run() {
      if (!begun.compareAndSet(false, true)) {
        return; // an executor that runs it twice
      }
      Callable<T> toDo = work;
      if (toDo != null) {
        try {
          value = toDo.call();
        } catch (Throwable t) {
          StackTraces.caught(t, null);
          failure = t;
        }
      }
      loop.arrivals.deliverUnlessClosed(this);
    }

    /** The executor has refused it, whether it has run it or not. */
    void withdraw() {
      begun.set(true);
      back = true;
      jobIsBack(inDefault);
    }

    @Override
    void run(EventLoop running) {
      if (back) {
        return;
      }
      back = true;
      jobIsBack(inDefault);
      if (promise.isDone()) {
        reportLateFailure();
      } else if (failure == null) {
        promise.complete(Unchecked.<T>cast(value));
      } else {
        promise.fail(failure);
      }
    }

    /** Nobody waits any more. */
    private void reportLateFailure() {
      if (failure != null) {
        loop.callExceptionHandler(
            new ExceptionContext("work in another thread failed after it was cancelled", failure));
      }
    }

    @Override
    EventLoop loop() {
      return loop;
    }

    @Override
    public void onDone(Promise<?> done) {
      work = null;
    }

    @Override
    public boolean isWaiter() {
      return false;
    }
  }

  private final class Shutdown extends RuntimeCoro<Void> {
    private static final int WAITING = -2;

    private final @Nullable Duration timeout;
    private @Nullable TimerHandle timer;
    private boolean timedOut;

    Shutdown(@Nullable Duration timeout) {
      super(SHUTDOWN);
      this.timeout = timeout;
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      if (state == WAITING) {
        if (timer != null) {
          timer.cancel();
        }
        received(sent);
        if (timedOut) {
          RuntimeLog.log(
              Level.WARNING,
              "the default executor did not finish its work within "
                  + timeout
                  + "; "
                  + inFlight
                  + " jobs are left running",
              null);
        }
        return null;
      }
      LoopExecutor.this.close();
      if (inFlight == 0) {
        return null;
      }
      Promise<@Nullable Void> promise = loop.createPromise();
      untilIdle.add(promise);
      if (timeout != null) {
        timer =
            loop.callLater(
                timeout,
                () -> {
                  timedOut = true;
                  promise.completeIfPending();
                });
      }
      state = WAITING;
      return await(task, promise, depth);
    }
  }
}
