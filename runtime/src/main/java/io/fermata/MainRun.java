package io.fermata;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One call of {@link Runner#run}: the main task, and what may end it from outside. */
final class MainRun<T extends @Nullable Object> {
  private final EventLoop loop;
  private final Promise<T> main;
  private final Duration grace;
  private int interrupts;

  MainRun(EventLoop loop, Promise<T> main, Duration grace) {
    this.loop = loop;
    this.main = main;
    this.grace = grace;
  }

  T run() {
    loop.setInterruptHandler(this::interrupted);
    ShutdownHook hook = ShutdownHook.install(loop, main, grace);
    try {
      return loop.runUntilComplete(main);
    } catch (CancelledError e) {
      if (interrupts > 0 && (!(main instanceof Task<?> task) || task.uncancel() == 0)) {
        Thread.currentThread().interrupt();
        throw new InterruptedRunException("the run was interrupted, and its main task ended", e);
      }
      throw e;
    } finally {
      loop.setInterruptHandler(null);
      if (hook != null) {
        hook.remove();
      }
    }
  }

  private void interrupted() {
    interrupts++;
    if (interrupts == 1 && !main.isDone()) {
      main.cancel();
      return;
    }
    Thread.currentThread().interrupt();
    throw new InterruptedRunException("the run was interrupted again, and given up", null);
  }
}
