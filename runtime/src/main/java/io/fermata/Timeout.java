package io.fermata;

import io.fermata.internal.Durations;
import io.fermata.internal.TimerHeap;
import io.fermata.internal.Unchecked;
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
  private @Nullable Deadline deadline;
  private int cancelling;

  private Timeout(long when) {
    this.when = when;
  }

  static Timeout at(long when) {
    return new Timeout(Math.max(when, NEVER + 1));
  }

  /** A scope that a task enters now, with a deadline that lies ahead. */
  static Timeout begun(Task<?> task, long nanos) {
    Timeout scope = at(task.loop.deadlineAfter(nanos));
    scope.enteredBy(task);
    scope.startTimer(task.loop);
    return scope;
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
    stopTimer(owner.loop);
    if (newWhen == NEVER) {
      return;
    }
    owner.loop.checkUsable();
    if (newWhen <= owner.loop.time()) {
      Deadline passed = new Deadline(this, owner.loop);
      deadline = passed;
      owner.loop.ready(passed);
    } else {
      startTimer(owner.loop);
    }
  }

  private void startTimer(EventLoop loop) {
    Deadline ahead = new Deadline(this, loop);
    deadline = ahead;
    loop.timers.add(when, ahead);
  }

  private void stopTimer(EventLoop loop) {
    if (deadline != null) {
      loop.timers.remove(deadline);
      deadline = null;
    }
  }

  private void expire() {
    Task<?> owner = task;
    if (state == State.ACTIVE && owner != null) {
      owner.cancel();
      state = State.EXPIRING;
      deadline = null;
    }
  }

  /**
   * Starts the clock.
   *
   * @throws IllegalStateException if it was entered before, or outside of a task
   */
  @Override
  public Awaitable<?> enter() {
    Task<?> current = EventLoop.running().code.task;
    if (current == null) {
      throw new IllegalStateException(this + " must be used inside a task.");
    }
    enteredBy(current);
    changeDeadline(when);
    return SharedCoro.NOTHING;
  }

  /** Stops the clock; a cancellation that the deadline caused becomes the timeout. */
  @Override
  public Awaitable<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    Throwable goesOn = end(thrown);
    return goesOn == null
        ? Unchecked.cast(SharedCoro.NOTHING)
        : new Done<>(Unchecked.<@Nullable Throwable>cast(goesOn));
  }

  private void enteredBy(Task<?> current) {
    if (state != State.CREATED) {
      throw new IllegalStateException(
          this + " has already been entered: make a new one for each block.");
    }
    state = State.ACTIVE;
    task = current;
    cancelling = current.cancelling();
  }

  @Nullable Throwable end(@Nullable Throwable thrown) {
    return end(thrown, null);
  }

  /** The end of a block, or of a {@code waitFor} with so much time. */
  @Nullable Throwable end(@Nullable Throwable thrown, @Nullable Duration ofWaitFor) {
    Task<?> owner = task;
    task = null;
    if (owner != null) {
      stopTimer(owner.loop);
    }
    if (state == State.EXPIRING && owner != null) {
      state = State.EXPIRED;
      if (owner.uncancel() <= cancelling && thrown != null) {
        if (thrown instanceof CancelledError) {
          return new AsyncTimeoutException(
              ofWaitFor == null
                  ? "the block's time is up"
                  : "what waitFor awaits was not done within " + ofWaitFor,
              thrown);
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

  /** Stands in the timer heap, and in the ready queue once it has passed. */
  private static final class Deadline extends Ready implements TimerHeap.Entry {
    private final Timeout scope;
    private final EventLoop loop;
    private int heapIndex = NOWHERE;

    Deadline(Timeout scope, EventLoop loop) {
      this.scope = scope;
      this.loop = loop;
    }

    @Override
    void run(EventLoop running) {
      if (scope.deadline == this) { // else it was moved, or the block has been left
        running.code.callbackContext = null;
        scope.expire();
      }
    }

    @Override
    EventLoop loop() {
      return loop;
    }

    @Override
    public int heapIndex() {
      return heapIndex;
    }

    @Override
    public void heapIndex(int index) {
      heapIndex = index;
    }

    @Override
    public String toString() {
      return "the deadline of " + scope;
    }
  }
}
