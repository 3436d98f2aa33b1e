package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.Workers;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The loop's default executor, and the jobs that it has in other threads. */
final class LoopExecutor {
  private static final LineTable SHUTDOWN = RuntimeLines.of("EventLoop", "shutdownDefaultExecutor");

  private final EventLoop loop;
  private @Nullable ExecutorService defaultExecutor;
  private boolean shutDown;

  /** The jobs in the default executor. */
  private int inFlight;

  /** Completed when the last job in the default executor has come back. */
  private @Nullable Promise<@Nullable Void> idle;

  LoopExecutor(EventLoop loop) {
    this.loop = loop;
  }

  void set(ExecutorService executor) {
    defaultExecutor = executor;
  }

  <T extends @Nullable Object> Promise<T> submit(@Nullable Executor given, Callable<T> work) {
    Objects.requireNonNull(work, "work");
    boolean inDefault = given == null;
    Executor executor = given == null ? defaultExecutor() : given;
    Job<T> job = new Job<>(loop.createPromise(), work, inDefault);
    try {
      executor.execute(job);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException(
          ValueText.of(executor) + " takes no more work, it was shut down: use another executor.",
          e);
    }
    loop.expectFromOutside();
    if (inDefault) {
      inFlight++;
    }
    job.promise.addCallback(job);
    return job.promise;
  }

  private Executor defaultExecutor() {
    if (shutDown) {
      throw new IllegalStateException(
          "the default executor of " + loop + " has been shut down: start no more work in it.");
    }
    if (defaultExecutor == null) {
      defaultExecutor = Workers.newExecutor();
    }
    return defaultExecutor;
  }

  /** Lets go of the executor when the loop is closed. */
  void close() {
    shutDown = true;
    if (defaultExecutor != null) {
      try {
        defaultExecutor.shutdown();
      } catch (Throwable t) {
        String what = ValueText.of(defaultExecutor);
        loop.callbackFailed(t, "the executor " + what + " could not be shut down", null, null);
      }
    }
  }

  Coro<Void> shutdown(@Nullable Duration timeout) {
    return new Shutdown(timeout);
  }

  private void jobIsBack(boolean fromDefault) {
    loop.arrivedFromOutside();
    if (fromDefault && --inFlight == 0 && idle != null) {
      idle.completeIfPending();
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
    private volatile @Nullable Callable<T> work;
    private @Nullable T value;
    private @Nullable Throwable failure;

    Job(Promise<T> promise, Callable<T> work, boolean inDefault) {
      this.promise = promise;
      this.work = work;
      this.inDefault = inDefault;
    }

    @Override
    public void run() {
      Callable<T> toDo = work;
      if (toDo != null) {
        try {
          value = toDo.call();
        } catch (Throwable t) {
          failure = t;
        }
      }
      loop.deliverUnlessClosed(this);
    }

    @Override
    void run(EventLoop running) {
      jobIsBack(inDefault);
      if (promise.isDone()) {
        return;
      }
      if (failure == null) {
        promise.complete(Unchecked.<T>cast(value));
      } else {
        promise.fail(failure);
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
      ExecutorService executor = defaultExecutor;
      shutDown = true;
      if (state == WAITING) {
        if (timer != null) {
          timer.cancel();
        }
        received(sent);
        if (timedOut && executor != null) {
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
      if (executor == null) {
        return null;
      }
      executor.shutdown();
      if (inFlight == 0) {
        return null;
      }
      Promise<@Nullable Void> promise = loop.createPromise();
      idle = promise;
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
