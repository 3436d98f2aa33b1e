package io.fermata;

import io.fermata.internal.FatalErrors;
import io.fermata.internal.Interrupts;
import io.fermata.internal.Suppression;
import io.fermata.internal.Unchecked;
import io.fermata.internal.trace.Tracing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link Runner#close}: ends what is left on the loop, tasks, then generators, then the
 * default executor, and closes the loop. Whatever becomes of one of them, the others have their
 * turn.
 */
final class RunCleanup {
  private final EventLoop loop;
  private final RunOptions options;
  private final Interrupts interrupts;
  private @Nullable ShutdownHook hook;
  private final @Nullable Tracing tracing;
  private boolean givenUp;

  /** What broke out of the loop, of which there is one thing at most to throw. */
  private @Nullable Throwable brokenBy;

  /**
   * A cleanup.
   *
   * @param hook that of a JVM which is being shut down and waits for this, or null
   * @param tracing what records the run, or null
   */
  RunCleanup(
      EventLoop loop,
      RunOptions options,
      Interrupts interrupts,
      @Nullable ShutdownHook hook,
      @Nullable Tracing tracing) {
    this.loop = loop;
    this.options = options;
    this.interrupts = interrupts;
    this.hook = hook;
    this.tracing = tracing;
  }

  void run() {
    interrupts.takeFlag(); // an interrupt must not keep us from cleaning up
    loop.lifeCycle.setInterruptHandler(new OnInterrupt());
    try {
      endTasks();
      endGenerators();
      endExecutor();
    } finally {
      loop.lifeCycle.setInterruptHandler(null);
      closeLoop();
      if (tracing != null) {
        loop.stopObserving(tracing.observer());
        tracing.end();
      }
      if (hook != null) {
        hook.release();
      }
      interrupts.restoreFlag();
    }
    if (brokenBy != null) {
      throw Unchecked.<RuntimeException>sneak(brokenBy);
    }
  }

  private void endTasks() {
    List<Task<?>> tasks = new ArrayList<>(loop.tasks.toSet());
    for (Task<?> task : tasks) {
      task.cancel();
    }
    finish(tasks);
    for (Task<?> task : tasks) {
      if (task.state() == Promise.State.FAILED) {
        reportUnlessFatal(task, task.exception());
      }
    }
  }

  /** A fatal error has come out of the loop. */
  private void reportUnlessFatal(Task<?> task, @Nullable Throwable failure) {
    if (failure == null || FatalErrors.isFatal(failure)) {
      return;
    }
    loop.callExceptionHandler(
        new ExceptionContext(
            "unhandled exception while the run was shut down",
            failure,
            null,
            task,
            task.toString(),
            task.createdAt()));
  }

  private void endGenerators() {
    if (!givenUp && !loop.generators.isEmpty()) {
      finish(List.of(start(loop.shutdownAsyncGenerators())));
    }
  }

  private void endExecutor() {
    if (!givenUp && loop.hasExecutor()) {
      finish(List.of(start(loop.shutdownDefaultExecutor(options.threadGrace()))));
    }
  }

  private Task<Void> start(Coro<Void> part) {
    return Task.create(loop, part, TaskOptions.DEFAULT.lazy());
  }

  /**
   * Runs the loop until all of these are done, also if somebody stops it, or a fatal error does.
   */
  private void finish(List<Task<?>> tasks) {
    if (hook == null && !tasks.isEmpty()) {
      hook = ShutdownHook.install(loop, () -> {}, options.shutdownGrace());
    }
    Remaining remaining = new Remaining(tasks);
    for (int fatalErrors = 0; remaining.count > 0 && fatalErrors <= tasks.size(); ) {
      try {
        loop.runForever();
      } catch (Throwable t) {
        if (givenUp) {
          tell("the cleanup of a run was interrupted again, and given up", t);
          return;
        }
        noteBroken(t);
        if (!FatalErrors.isFatal(t)) {
          return; // the loop itself can't go on
        }
        fatalErrors++;
      }
    }
  }

  private void noteBroken(Throwable t) {
    if (brokenBy == null) {
      brokenBy = t;
    } else {
      Suppression.add(brokenBy, t);
    }
  }

  private void closeLoop() {
    try {
      loop.close();
    } catch (Throwable t) {
      if (FatalErrors.isFatal(t)) {
        noteBroken(t);
      } else {
        tell("the loop of a run could not be closed", t);
      }
    }
  }

  private void tell(String message, Throwable failure) {
    loop.callExceptionHandler(new ExceptionContext(message, failure));
  }

  private void interrupted() {
    interrupts.add();
    if (interrupts.several()) {
      givenUp = true;
      throw new InterruptedRunException("the cleanup was interrupted again, and given up", null);
    }
  }

  /** Counts the tasks that are not done, and stops the loop after the last. Looks at no outcome. */
  private final class Remaining implements PromiseCallback {
    int count;

    Remaining(List<Task<?>> tasks) {
      for (Task<?> task : tasks) {
        count++;
        task.addCallback(this);
      }
    }

    @Override
    public void onDone(Promise<?> promise) {
      if (--count == 0) {
        loop.stop();
      }
    }
  }

  /** A class in place of a lambda, which takes milliseconds of the start of a program. */
  private final class OnInterrupt implements Runnable {
    @Override
    public void run() {
      interrupted();
    }
  }
}
