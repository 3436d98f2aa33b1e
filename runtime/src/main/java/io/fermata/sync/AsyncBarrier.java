package io.fermata.sync;

import io.fermata.AsyncScope;
import io.fermata.Coro;
import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.internal.waiting.Line;
import java.util.Locale;
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
 * <p>A task that arrives while a round is draining or resetting is held back for the next one,
 * which begins when the last task of the round before has gone on.
 *
 * <p><b>Scope.</b> {@code try (barrier)} arrives, and does nothing when the block is left.
 *
 * <p><b>Cancellation.</b> A task that is cancelled while it waits gets {@code CancelledError} and
 * counts no more: the others wait for one more to arrive. If the round was complete already, the
 * others are not concerned.
 *
 * <p><b>Reset and abort</b> concern who is inside a round and has not gone on, also when all of its
 * parties had arrived. Who is held back for the next round is spared by a reset; a broken barrier
 * lets nobody arrive, those held back included.
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

  /** What a task gets that is woken to look what has become of its round. */
  private static final int NO_INDEX = -1;

  private final BoundLoop loop = new BoundLoop();
  private final int parties;
  private Round round = new Round();

  /** Those who arrived while the round before was draining or resetting, in order. */
  private final Line<Arrival> heldBack = new Line<>();

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
   * reset or aborted before the task has gone on, and {@link IllegalStateException} if tasks of
   * another loop have waited here.
   *
   * @return a coroutine that gives the task's index in the order of arrival, from 0 to parties - 1:
   *     each task of a round gets another, so that one of them can do what is to be done once
   */
  public Coro<Integer> arrive() {
    return new Arrive();
  }

  /**
   * Makes an empty barrier of it, whatever its state: who is inside a round gets {@link
   * BrokenAsyncBarrierException}, and a broken barrier can be used again.
   */
  public void reset() {
    state = State.RESETTING;
    round.end("was reset");
    if (round.isEmpty()) {
      beginRound();
    }
  }

  /**
   * Breaks the barrier, since one of the parties won't come: who is inside a round, and who arrives
   * from now on, gets {@link BrokenAsyncBarrierException}, until {@link #reset}.
   */
  public void abort() {
    state = State.BROKEN;
    round.end("was aborted");
    for (Arrival arrival = heldBack.first(); arrival != null; arrival = arrival.next()) {
      arrival.wake(NO_INDEX); // to find it broken
    }
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
   * @return the number of those that have arrived and are not cancelled; none while a round that is
   *     over has not been left by all
   */
  public int waiting() {
    return state == State.FILLING ? round.count() : 0;
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

  /** The round before is over: those held back are inside the next one, as far as it goes. */
  private void beginRound() {
    round = new Round();
    state = State.FILLING;
    Arrival next;
    for (Arrival arrival = heldBack.first();
        arrival != null && state == State.FILLING;
        arrival = next) {
      next = arrival.next();
      if (arrival.isPending()) {
        heldBack.remove(arrival);
        arrival.inside = round;
        round.add(arrival);
        if (round.has(parties)) {
          complete();
        }
      }
    }
  }

  /** Each who waits gets its index in the order of arrival. */
  private void complete() {
    state = State.DRAINING;
    round.release();
  }

  private void leave(Round left, Arrival arrival) {
    left.remove(arrival);
    boolean over = state == State.DRAINING || state == State.RESETTING;
    if (left == round && over && left.isEmpty()) {
      beginRound();
    }
  }

  private static BrokenAsyncBarrierException broken(String how) {
    return new BrokenAsyncBarrierException(
        "the barrier " + how + ": not all of its parties will arrive.");
  }

  /** Those who have arrived together, until the last of them has gone on. */
  private static final class Round {
    private final Line<Arrival> members = new Line<>();

    /** How it was broken, or null. */
    @Nullable String broken;

    void add(Arrival arrival) {
      members.add(arrival);
    }

    void remove(Arrival arrival) {
      members.remove(arrival);
    }

    boolean isEmpty() {
      return members.isEmpty();
    }

    /** How many are there that were not cancelled, which leaves those that were behind. */
    int count() {
      Arrival next;
      for (Arrival arrival = members.first(); arrival != null; arrival = next) {
        next = arrival.next();
        if (arrival.isCancelled()) {
          members.remove(arrival);
        }
      }
      return members.size();
    }

    /** Whether at least so many are there; looks at each only where there may be. */
    boolean has(int count) {
      return members.size() >= count && count() >= count;
    }

    void release() {
      int index = 0;
      for (Arrival arrival = members.first(); arrival != null; arrival = arrival.next()) {
        arrival.wake(index++);
      }
    }

    void end(String how) {
      broken = how;
      for (Arrival arrival = members.first(); arrival != null; arrival = arrival.next()) {
        arrival.wake(NO_INDEX);
      }
    }
  }

  /** The place of a task that waits for the others. */
  private static final class Arrival extends Line.Place<Arrival> {
    final Promise<Integer> turn;

    /** The round that it belongs to; null while it is held back. */
    @Nullable Round inside;

    Arrival(Promise<Integer> turn) {
      this.turn = turn;
    }

    boolean isPending() {
      return !turn.isDone();
    }

    boolean isCancelled() {
      return turn.isCancelled();
    }

    /** Gives it its index, or has it look what has become of its round. */
    void wake(int index) {
      if (isPending()) {
        turn.complete(index);
      }
    }
  }

  private final class Arrive extends Continuation<Integer, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT, "io.fermata.sync.AsyncBarrier", "arrive", "AsyncBarrier.java", "", "");
    private static final int WAITING = -2;

    private @Nullable Arrival place;

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      Arrival arrival = place;
      if (arrival != null) {
        place = null;
        Round left = arrival.inside;
        if (left != null) {
          return goOn(left, arrival, sent);
        }
        heldBack.remove(arrival);
        received(sent);
      }
      return arriveNow(task, depth);
    }

    private @Nullable Object arriveNow(Task<?> task, int depth) throws Throwable {
      if (isBroken()) {
        throw broken("is broken");
      }
      if (AsyncBarrier.this.state == State.FILLING && round.has(parties - 1)) {
        if (!round.isEmpty()) {
          complete();
        }
        return parties - 1;
      }
      loop.bind(task, AsyncBarrier.this);
      Arrival arrival = new Arrival(task.loop().createPromise());
      place = arrival;
      if (AsyncBarrier.this.state == State.FILLING) {
        arrival.inside = round;
        round.add(arrival);
      } else {
        heldBack.add(arrival);
      }
      state = WAITING;
      return await(task, arrival.turn, depth);
    }

    private @Nullable Object goOn(Round left, Arrival arrival, @Nullable Object sent)
        throws Throwable {
      leave(left, arrival);
      Object index = received(sent);
      if (left.broken != null) {
        throw broken(left.broken);
      }
      return index;
    }

    @Override
    protected void clear() {
      place = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
