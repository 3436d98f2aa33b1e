package io.fermata;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A scope with a deadline: when it passes, the task is cancelled inside the block, and the block
 * ends in {@link AsyncTimeoutException}. Made by {@link Async#timeout}.
 *
 * <pre>
 *  CREATED --enter--&gt; ACTIVE --exit--------------------------&gt; EXITED
 *                       | deadline
 *                       +--------&gt; EXPIRING --exit--&gt; EXPIRED
 * </pre>
 *
 * <p>A cancellation from elsewhere, and any other failure of the block, pass through unchanged.
 *
 * <p><b>Thread.</b> The loop's; {@link #reschedule} may be called by any of its tasks.
 *
 * <p>asyncio: {@code asyncio.Timeout}.
 */
public final class Timeout implements AsyncScope {

  private enum State {
    CREATED("created"),
    ACTIVE("active"),
    EXPIRING("expiring"),
    EXPIRED("expired"),
    EXITED("finished");

    final String text;

    State(String text) {
      this.text = text;
    }
  }

  private static final long NEVER = Long.MIN_VALUE;

  private State state = State.CREATED;
  private long when;
  private @Nullable Task<?> task;
  private @Nullable Handle timer;
  private int cancelling;

  private Timeout(long when) {
    this.when = when;
  }

  static Timeout at(long when) {
    return new Timeout(Math.max(when, NEVER + 1));
  }

  /** {@return a scope without a deadline, which {@link #reschedule} may give it} */
  public static Timeout none() {
    return new Timeout(NEVER);
  }

  /** {@return the deadline in nanoseconds of {@link EventLoop#time()}; empty if there is none} */
  public OptionalLong when() {
    return when == NEVER ? OptionalLong.empty() : OptionalLong.of(when);
  }

  /** {@return whether the deadline has passed inside the block} */
  public boolean expired() {
    return state == State.EXPIRING || state == State.EXPIRED;
  }

  /**
   * Moves the deadline.
   *
   * @param loopNanos in nanoseconds of {@link EventLoop#time()}; if that has passed, the block is
   *     cancelled in the loop's next pass
   * @throws IllegalStateException if the block is not being run, or the deadline has passed
   */
  public void reschedule(long loopNanos) {
    changeDeadline(Math.max(loopNanos, NEVER + 1));
  }

  /**
   * Moves the deadline to {@code delay} from now; see {@link #reschedule(long)}.
   *
   * @param delay how long from now
   */
  public void reschedule(Duration delay) {
    Objects.requireNonNull(delay, "delay");
    changeDeadline(EventLoop.running().deadlineAfter(Durations.toNanos(delay)));
  }

  /** Takes the deadline away; see {@link #reschedule(long)}. */
  public void rescheduleNever() {
    changeDeadline(NEVER);
  }

  private void changeDeadline(long newWhen) {
    Task<?> owner = task;
    if (state != State.ACTIVE || owner == null) {
      throw new IllegalStateException(
          state == State.CREATED
              ? this + " has not been entered: use it in a try header first."
              : "the deadline of " + this + " can't be changed: it is " + state.text + ".");
    }
    when = newWhen;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (newWhen == NEVER) {
      return;
    }
    EventLoop loop = owner.loop;
    if (newWhen <= loop.time()) {
      timer = loop.callSoon(this::expire);
    } else {
      timer = loop.callAt(newWhen, this::expire);
    }
  }

  private void expire() {
    Task<?> owner = task;
    if (state == State.ACTIVE && owner != null) {
      owner.cancel();
      state = State.EXPIRING;
      timer = null;
    }
  }

  /**
   * Starts the clock.
   *
   * @throws IllegalStateException if it was entered before, or outside of a task
   */
  @Override
  public Awaitable<?> enter() {
    Task<?> current = EventLoop.running().currentTask;
    if (current == null) {
      throw new IllegalStateException(this + " must be used inside a task.");
    }
    begin(current);
    return SharedCoro.NOTHING;
  }

  /** Stops the clock; a cancellation that the deadline caused becomes the timeout. */
  @Override
  public Awaitable<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    return new Done<>(Unchecked.<@Nullable Throwable>cast(end(thrown)));
  }

  void begin(Task<?> current) {
    if (state != State.CREATED) {
      throw new IllegalStateException(
          this + " has already been entered: make a new one for each block.");
    }
    state = State.ACTIVE;
    task = current;
    cancelling = current.cancelling();
    changeDeadline(when);
  }

  @Nullable Throwable end(@Nullable Throwable thrown) {
    Task<?> owner = task;
    task = null;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (state == State.EXPIRING && owner != null) {
      state = State.EXPIRED;
      if (owner.uncancel() <= cancelling && thrown != null) {
        if (thrown instanceof CancelledError) {
          return new AsyncTimeoutException("the block's time is up", thrown);
        }
      }
    } else if (state == State.ACTIVE) {
      state = State.EXITED;
    }
    return thrown;
  }

  @Override
  public void close() {
    AsyncScope.super.close();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Timeout[").append(state.text);
    if (state == State.ACTIVE) {
      text.append(" when=");
      text.append(when == NEVER ? "null" : String.format("%.3fs", when / 1e9));
    }
    return text.append(']').toString();
  }
}
