package io.fermata;

import io.fermata.internal.flight.FlightRecording;
import io.fermata.internal.reports.TasksBean;
import java.util.concurrent.locks.LockSupport;

/**
 * The default loop. It sleeps by parking its thread, and in a selector once there is I/O to wait
 * for, so that a loop without I/O is made in microseconds.
 *
 * <pre>{@code
 * SelectorLoop loop = new SelectorLoop();
 * try {
 *   loop.runUntilComplete(HelloAsync.main());
 * } finally {
 *   loop.close();
 * }
 * }</pre>
 *
 * <p>{@link Async#run} makes one, and does more when it ends; see {@link Runner#close}.
 *
 * <p>asyncio: {@code SelectorEventLoop}.
 */
public final class SelectorLoop extends EventLoop {
  private static final int CALLBACKS_PER_CLOCK_READING = 16;

  /** A loop that runs for longer tells of its tasks through JMX, and Flight Recorder. */
  private static final long LONG_RUNNING_NANOS = 2_000_000_000L;

  private final long start = System.nanoTime();

  /** A loop that does not run yet. */
  public SelectorLoop() {
    super(CALLBACKS_PER_CLOCK_READING);
  }

  @Override
  public long time() {
    return System.nanoTime() - start;
  }

  @Override
  protected void idle(long nanos) {
    if (time() > LONG_RUNNING_NANOS) {
      TasksBean.register();
      FlightRecording.watch();
    }
    if (hasSelector()) {
      select(nanos);
    } else if (nanos == Long.MAX_VALUE) {
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, nanos);
    }
  }

  @Override
  protected void wakeUp() {
    if (hasSelector()) {
      wakeSelector();
    } else {
      LockSupport.unpark(thread());
    }
  }
}
