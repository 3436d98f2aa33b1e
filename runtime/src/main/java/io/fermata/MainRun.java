package io.fermata;

import io.fermata.internal.Interrupts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One call of {@link Runner#run}: the main task, and what may end it from outside. */
final class MainRun<T extends @Nullable Object> {
  private final EventLoop loop;
  private final Promise<T> main;
  private final Duration grace;
  private final Interrupts interrupts;
  private @Nullable ShutdownHook shuttingDown;

  MainRun(EventLoop loop, Promise<T> main, Duration grace, Interrupts interrupts) {
    this.loop = loop;
    this.main = main;
    this.grace = grace;
    this.interrupts = interrupts;
  }

  T run() {
    interrupts.reset();
    loop.lifeCycle.setInterruptHandler(new OnInterrupt());
    ShutdownHook hook = ShutdownHook.install(loop, new OnShutdown(), grace);
    try {
      return loop.runUntilComplete(main);
    } catch (CancelledError e) {
      if (interrupts.any() && (!(main instanceof Task<?> task) || task.uncancel() == 0)) {
        throw new InterruptedRunException("the run was interrupted, and its main task ended", e);
      }
      throw e;
    } catch (Throwable t) {
      if (main.state() == Promise.State.FAILED && main.peekOutcome() == t) {
        main.markRetrieved(); // a fatal error comes out of the loop before it is asked for
      }
      throw t;
    } finally {
      loop.lifeCycle.setInterruptHandler(null);
      if (hook != null && !hook.remove()) {
        shuttingDown = hook;
      }
      interrupts.restoreFlag();
    }
  }

  /** The hook of a JVM that is being shut down and waits for what the run leaves; else null. */
  @Nullable ShutdownHook shuttingDown() {
    return shuttingDown;
  }

  private void interrupted() {
    interrupts.add();
    if (main.isDone()) {
      return; // it ended in this very pass: its outcome comes out
    }
    if (interrupts.several()) {
      throw new InterruptedRunException("the run was interrupted again, and given up", null);
    }
    main.cancel();
  }

  // Classes in place of lambdas, which take milliseconds of the start of a program.

  private final class OnInterrupt implements Runnable {
    @Override
    public void run() {
      interrupted();
    }
  }

  private final class OnShutdown implements Runnable {
    @Override
    public void run() {
      main.cancel();
    }
  }
}
