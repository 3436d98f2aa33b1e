package io.fermata.sync;

import io.fermata.AsyncScope;
import io.fermata.Coro;
import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place where tasks wait for each other: when a given number has arrived, all go on, and the
 * barrier is ready for the next round.
 *
 * <pre>{@code
 * AsyncBarrier barrier = new AsyncBarrier(3);
 *
 * // in each of three tasks
 * for (Step step : steps) {
 *   await(WorkerAsync.work(step));
 *   await(barrier.arrive());            // nobody begins a step before all have ended the last one
 * }
 * }</pre>
 *
 * <pre>
 *             the last one arrives              all have gone on
 *  FILLING ---------------------------&gt; DRAINING ---------------&gt; FILLING
 *     | reset                                    all have failed
 *     +-------------------------------&gt; RESETTING --------------&gt; FILLING
 *     | abort                            reset
 *     +-------------------------------&gt; BROKEN -----------------&gt; FILLING
 * </pre>
 *
 * <p>A task that arrives while the last round is still draining belongs to the next round at once:
 * what happens to that does not change the end of the last one.
 *
 * <p><b>Scope.</b> {@code try (barrier)} arrives, and does nothing when the block is left.
 *
 * <p><b>Cancellation.</b> A task that is cancelled while it waits gets {@code CancelledError} and
 * counts no more: the others wait for one more to arrive. If the round was complete already, the
 * others are not concerned.
 *
 * <p><b>Thread.</b> The loop's. The barrier is bound to the loop on which a task first had to wait.
 *
 * <p>asyncio: {@code asyncio.Barrier}; {@code arrive} is its {@code wait}, a name that {@link
 * Object} has taken. {@code reset} and {@code abort} act at once and need no await.
 */
public final class AsyncBarrier implements AsyncScope {
  private enum State {
    FILLING,
    DRAINING,
    RESETTING,
    BROKEN
  }

  /** What a waiting task gets in place of its index when the barrier is reset or aborted. */
  private static final int NO_INDEX = -1;

  private final Waiters<Integer> waiters = new Waiters<>();
  private final int parties;
  private State state = State.FILLING;

  /**
   * A barrier for so many tasks.
   *
   * @param parties how many go on together, 1 or more
   * @throws IllegalArgumentException if the number is less than 1
   */
  public AsyncBarrier(int parties) {
    if (parties < 1) {
      throw new IllegalArgumentException(
          "a barrier can't wait for " + parties + " tasks: give it 1 or more.");
    }
    this.parties = parties;
  }

  /**
   * Waits until all have arrived; the last one does not suspend. Nothing happens before the
   * coroutine is awaited.
   *
   * <p>Awaiting it throws {@link BrokenAsyncBarrierException} if the barrier is aborted, or is
   * reset or aborted while it waits, and {@link IllegalStateException} if tasks of another loop
   * have waited here.
   *
   * @return a coroutine that gives the task's index in the order of arrival, from 0 to parties - 1:
   *     each task of a round gets another, so that one of them can do what is to be done once
   */
  public Coro<Integer> arrive() {
    return new Arrive();
  }

  /**
   * Makes an empty barrier of it, whatever its state: who waits gets {@link
   * BrokenAsyncBarrierException}, and a broken barrier can be used again.
   */
  public void reset() {
    waiters.wakeAll(NO_INDEX);
    state = waiters.hasWoken() ? State.RESETTING : State.FILLING;
  }

  /**
   * Breaks the barrier, since one of the parties won't come: who waits and who arrives from now on
   * gets {@link BrokenAsyncBarrierException}, until {@link #reset}.
   */
  public void abort() {
    waiters.wakeAll(NO_INDEX);
    state = State.BROKEN;
  }

  /**
   * How many tasks a round takes.
   *
   * @return the number given to the constructor
   */
  public int parties() {
    return parties;
  }

  /**
   * How many tasks wait for the others of their round.
   *
   * @return the number of those that have arrived and are not cancelled
   */
  public int waiting() {
    return waiters.pendingCount();
  }

  /**
   * Whether it was aborted and not reset.
   *
   * @return whether who arrives now gets {@link BrokenAsyncBarrierException}
   */
  public boolean isBroken() {
    return state == State.BROKEN;
  }

  /** As {@link #arrive}: {@code try (barrier)} awaits it. */
  @Override
  public Coro<Integer> enter() {
    return arrive();
  }

  /** Does nothing, and passes on what the block threw. */
  @Override
  public Coro<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    return new ScopeExit(() -> {}, thrown);
  }

  @Override
  public String toString() {
    return "AsyncBarrier["
        + state.name().toLowerCase(Locale.ROOT)
        + (state == State.BROKEN ? "" : ", " + waiting() + "/" + parties)
        + "]";
  }

  /** The round is complete: each gets its index in the order of arrival. */
  private void release() {
    for (int index = 0; index < parties - 1; index++) {
      waiters.wakeNext(index);
    }
    if (waiters.hasWoken()) {
      state = State.DRAINING;
    }
  }

  private void leave(Promise<Integer> turn) {
    waiters.leave(turn);
    if (state != State.BROKEN && !waiters.hasWoken()) {
      state = State.FILLING;
    }
  }

  private static BrokenAsyncBarrierException broken(String how) {
    return new BrokenAsyncBarrierException(
        "the barrier " + how + ": not all of its parties will arrive.");
  }

  private final class Arrive extends Continuation<Integer, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT, "io.fermata.sync.AsyncBarrier", "arrive", "AsyncBarrier.java", "", "");
    private static final int WAITING = -2;

    private @Nullable Promise<Integer> turn;

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      if (state == WAITING) {
        return goOn(sent);
      }
      if (isBroken()) {
        throw broken("is broken");
      }
      if (waiters.hasPending(parties - 1)) {
        release();
        return parties - 1;
      }
      turn = waiters.join(task, AsyncBarrier.this);
      state = WAITING;
      return await(task, turn, depth);
    }

    private @Nullable Object goOn(@Nullable Object sent) throws Throwable {
      leave(Objects.requireNonNull(turn));
      Object index = received(sent);
      if (Objects.equals(index, NO_INDEX)) {
        throw broken(isBroken() ? "was aborted" : "was reset");
      }
      return ended(index);
    }

    @Override
    protected void clear() {
      turn = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
