package io.fermata;

import io.fermata.internal.TimerHeap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A callback that the loop will run at a given time. Two handles are compared by their deadline.
 *
 * <pre>{@code
 * TimerHandle reminder = EventLoop.running().callLater(ofMinutes(1), () -> ring());
 * long left = reminder.when() - EventLoop.running().time();
 * }</pre>
 *
 * <p><b>Thread.</b> The loop's, except {@link #isCancelled}, which is for any.
 *
 * <p>asyncio: {@code TimerHandle}.
 */
public final class TimerHandle extends Handle implements Comparable<TimerHandle> {
  private final long when;
  private final Timer timer = new Timer(this);

  TimerHandle(EventLoop loop, long when, Runnable callback, @Nullable Context context) {
    super(loop, callback, context);
    this.when = when;
  }

  /** {@return the deadline, in nanoseconds of {@link EventLoop#time()}} */
  public long when() {
    return when;
  }

  @Override
  public void cancel() {
    super.cancel();
    loop.timers.remove(timer);
  }

  Timer timer() {
    return timer;
  }

  @Override
  public int compareTo(TimerHandle other) {
    return Long.compare(when, other.when);
  }

  /** Equal if deadline and callback are, and neither or both were cancelled. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TimerHandle that
        && when == that.when
        && Objects.equals(callback(), that.callback());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(when);
  }

  /** The handle's entry in the timer heap. */
  static final class Timer implements TimerHeap.Entry {
    final TimerHandle handle;
    private int heapIndex = NOWHERE;

    Timer(TimerHandle handle) {
      this.handle = handle;
    }

    @Override
    public int heapIndex() {
      return heapIndex;
    }

    @Override
    public void heapIndex(int index) {
      heapIndex = index;
    }
  }
}
