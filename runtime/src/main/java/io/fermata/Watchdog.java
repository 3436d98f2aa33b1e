package io.fermata;

import io.fermata.internal.Durations;
import io.fermata.internal.reports.RuntimeLog;
import io.fermata.internal.reports.StackTraces;
import io.fermata.internal.reports.WaitCycles;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread that has a loop looked at while it runs: for tasks that wait for each other, and for a
 * step or callback that holds the loop's thread.
 *
 * <pre>
 *  watchdog:  look, wait, look, wait, look, wait: it did not look, its thread is held
 *  loop:      looks       looks       a step ..................................
 * </pre>
 *
 * <p>Tasks are told of when two looks in a row have found them in the same circle, each circle
 * once: one that a timeout ends soon is none.
 */
final class Watchdog implements Runnable {
  private final EventLoop loop;
  private final long intervalNanos;
  private final Semaphore looks = new Semaphore(0);
  private final Thread thread;
  private volatile boolean over;

  /** What the last look has found. Of the loop's thread. */
  private Set<List<Task<?>>> suspected = Set.of();

  /** Those of them that were told of. Of the loop's thread. */
  private final Set<List<Task<?>>> told = new HashSet<>();

  /** Not watching yet. */
  Watchdog(EventLoop loop, Duration interval) {
    this.loop = loop;
    this.intervalNanos = Durations.toNanos(interval);
    this.thread = new Thread(this, "fermata-watchdog");
    thread.setDaemon(true);
  }

  /** What a value of the system property {@code fermata.watchdog} says. */
  static @Nullable Duration interval(String seconds) {
    if (seconds.isEmpty()) {
      return null;
    }
    try {
      return Duration.ofNanos(new BigDecimal(seconds).movePointRight(9).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "-Dfermata.watchdog="
              + seconds
              + " is no number of seconds that it can wait: give it 1, or 0.5.",
          e);
    }
  }

  /** Begins to watch a loop that runs on the calling thread. */
  static Watchdog of(EventLoop loop, Duration interval) {
    Watchdog watchdog = new Watchdog(loop, interval);
    watchdog.thread.start();
    return watchdog;
  }

  /** The run ends. */
  void end() {
    over = true;
    thread.interrupt();
  }

  @Override
  public void run() {
    try {
      while (!over) {
        loop.arrivals.deliverUnlessClosed(new Look());
        if (!looks.tryAcquire(intervalNanos, TimeUnit.NANOSECONDS)) {
          tellWhoHoldsTheLoop();
          looks.acquire();
        }
        TimeUnit.NANOSECONDS.sleep(intervalNanos);
      }
    } catch (InterruptedException e) {
      // the run has ended
    }
  }

  /** The loop has not looked: its thread is asked what it does, unless it looks at last. */
  private void tellWhoHoldsTheLoop() {
    Thread held = loop.lifeCycle.thread;
    if (held == null) {
      return;
    }
    StackTraceElement[] stack = held.getStackTrace();
    if (looks.tryAcquire()) {
      looks.release();
      return;
    }
    StringBuilder text = new StringBuilder(loop + " has been held for ");
    text.append(String.format("%.3f", intervalNanos / 1e9)).append(" s, its thread is");
    for (StackTraceElement frame : StackTraces.forUsers(stack)) {
      text.append("\n    at ").append(frame);
    }
    RuntimeLog.log(Level.WARNING, text.toString(), null);
  }

  /** Looks at the tasks. On the loop's thread. */
  void look() {
    Set<List<Task<?>>> found = new HashSet<>(WaitCycles.among(loop.tasks.toSet()));
    told.retainAll(found);
    for (List<Task<?>> cycle : found) {
      if (suspected.contains(cycle) && told.add(cycle)) {
        String text =
            "tasks wait for each other, and only a timeout, a cancellation or other code can end that:";
        loop.callExceptionHandler(new ExceptionContext(text + WaitCycles.describe(cycle), null));
      }
    }
    suspected = found;
  }

  /** What the loop runs, between two entries of its queue. */
  private final class Look extends Ready {
    @Override
    void run(EventLoop running) {
      looks.release();
      if (!over) {
        look();
      }
    }

    @Override
    EventLoop loop() {
      return loop;
    }

    @Override
    public String toString() {
      return "a look of the watchdog";
    }
  }
}
