package io.fermata.sync;

import io.fermata.AsyncScope;
import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.codegen.Thrown;
import io.fermata.internal.waiting.Waiter;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock with a place to wait in: tasks that hold it wait until another one signals that something
 * has changed.
 *
 * <pre>{@code
 * final AsyncCondition changed = new AsyncCondition();
 *
 * @Coroutine
 * void withdraw(int amount) {
 *   try (changed) {
 *     await(changed.whenTrue(() -> balance >= amount));
 *     balance -= amount;
 *   }
 * }
 *
 * @Coroutine
 * void deposit(int amount) {
 *   try (changed) {
 *     balance += amount;
 *     changed.signalAll();
 *   }
 * }
 * }</pre>
 *
 * <p><b>Waiting</b> frees the lock, and takes it again before it ends, however it ends: after a
 * signal, a cancellation or a timeout the task holds the lock, as its block expects.
 *
 * <p><b>Fairness.</b> Tasks are signalled in the order in which they came. What they waited for may
 * be gone again when they hold the lock: ask again, or use {@link #whenTrue}.
 *
 * <p><b>Cancellation.</b> A task that is cancelled while it waits, or while it takes the lock
 * again, gets {@code CancelledError}, and holds the lock. If it had been signalled, the signal is
 * passed to the next one.
 *
 * <p><b>Thread.</b> The loop's. The condition is bound to the loop on which a task first had to
 * wait.
 *
 * <p>asyncio: {@code asyncio.Condition}; {@code whenSignalled}, {@code whenTrue}, {@code signal}
 * and {@code signalAll} are its {@code wait}, {@code wait_for}, {@code notify} and {@code
 * notify_all}, names that {@link Object} has taken.
 */
public final class AsyncCondition implements AsyncScope {
  private final Waiters waiters = new Waiters(this);
  private final AsyncLock lock;

  /** A condition with a lock of its own. */
  public AsyncCondition() {
    this(new AsyncLock());
  }

  /**
   * A condition on a lock that others may use too, conditions among them.
   *
   * @param lock the lock that is freed by waiting
   */
  public AsyncCondition(AsyncLock lock) {
    this.lock = Objects.requireNonNull(lock, "lock");
  }

  /**
   * As {@link AsyncLock#acquire}, for the condition's lock.
   *
   * @return a coroutine that gives true
   */
  public Coro<Boolean> acquire() {
    return lock.acquire();
  }

  /**
   * As {@link AsyncLock#release}, for the condition's lock.
   *
   * @throws IllegalStateException if the lock is free
   */
  public void release() {
    lock.release();
  }

  /**
   * Whether somebody holds the lock.
   *
   * @return whether it was acquired and not released
   */
  public boolean locked() {
    return lock.locked();
  }

  /**
   * Frees the lock, waits for a signal, and takes the lock again. Nothing happens before the
   * coroutine is awaited.
   *
   * <p>Awaiting it throws {@link IllegalStateException} if the lock is free, or if tasks of another
   * loop have waited here.
   *
   * @return a coroutine that gives true
   */
  public Coro<Boolean> whenSignalled() {
    return new WhenSignalled();
  }

  /**
   * Waits until the predicate is true, asking at first and after each signal, with the lock held.
   * Does not suspend if it is true at first. What the predicate throws comes out. Nothing happens
   * before the coroutine is awaited.
   *
   * <p>Awaiting it throws {@link IllegalStateException} if it had to wait and the lock is free, or
   * if tasks of another loop have waited here.
   *
   * @param predicate what is waited for
   * @return a coroutine that gives true
   */
  public Coro<Boolean> whenTrue(BooleanSupplier predicate) {
    return new WhenTrue(Objects.requireNonNull(predicate, "predicate"));
  }

  /**
   * Signals the task that has waited longest. It goes on once it gets the lock, so after the caller
   * has released it. If none waits, nothing happens.
   *
   * @throws IllegalStateException if the lock is free
   */
  public void signal() {
    signal(1);
  }

  /**
   * Signals the {@code count} tasks that have waited longest, or as many as there are; see {@link
   * #signal()}.
   *
   * @param count how many, 0 or more
   * @throws IllegalStateException if the lock is free
   * @throws IllegalArgumentException if the number is negative
   */
  public void signal(int count) {
    if (count < 0) {
      throw new IllegalArgumentException(count + " tasks can't be signalled: give 0 or more.");
    }
    checkLocked("signal");
    for (int left = count; left > 0 && waiters.wakeNext(); left--) {
      // the next
    }
  }

  /**
   * Signals all tasks that wait; see {@link #signal()}.
   *
   * @throws IllegalStateException if the lock is free
   */
  public void signalAll() {
    checkLocked("signal");
    waiters.wakeAll();
  }

  private void checkLocked(String verb) {
    if (!lock.locked()) {
      throw new IllegalStateException(
          "can't " + verb + " on " + this + ": acquire it first, with try (condition).");
    }
  }

  /** As {@link #acquire}: {@code try (condition)} awaits it. */
  @Override
  public Coro<Boolean> enter() {
    return acquire();
  }

  /** As {@link #release}: leaving {@code try (condition)} awaits it, without suspending. */
  @Override
  public Coro<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    return lock.exit(thrown);
  }

  @Override
  public String toString() {
    return "AsyncCondition[" + (lock.locked() ? "locked" : "unlocked") + waiters + "]";
  }

  /**
   *
   *
   * <pre>
   *  START --frees the lock--&gt; WAITING --signalled or cancelled--&gt; LOCKING --has the lock--&gt; ended
   *                                                               ^     |
   *                                                               +-----+ cancelled
   * </pre>
   */
  private final class WhenSignalled extends Continuation<Boolean, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT,
            "io.fermata.sync.AsyncCondition",
            "whenSignalled",
            "AsyncCondition.java",
            "",
            "");
    private static final int WAITING = -2;
    private static final int LOCKING = -3;

    private @Nullable Waiter place;
    private boolean wasSignalled;

    /** The last cancellation, or what else was thrown in here; it goes on with the lock held. */
    private @Nullable Throwable thrown;

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      if (state == START) {
        return begin(task, depth);
      }
      try {
        return goOn(task, sent, depth);
      } catch (Throwable t) {
        if (wasSignalled) {
          waiters.wakeNext(); // it had the signal, and can't use it
        }
        throw t;
      }
    }

    private @Nullable Object begin(Task<?> task, int depth) throws Throwable {
      checkLocked("wait");
      Waiter waiter = waiters.join(task);
      lock.release();
      place = waiter;
      state = WAITING;
      return await(task, waiter.turn(), depth);
    }

    private @Nullable Object goOn(Task<?> task, @Nullable Object sent, int depth) throws Throwable {
      Waiter waiting = place;
      if (waiting != null) {
        place = null;
        wasSignalled = waiters.leave(waiting);
      }
      boolean holdsLock = state == LOCKING;
      if (sent instanceof Thrown failure) {
        thrown = failure.throwable();
        holdsLock = false;
      }
      if (!holdsLock) {
        state = LOCKING;
        if (await(task, lock.acquire(), depth) == SUSPENDED) {
          return SUSPENDED;
        }
      }
      if (thrown != null) {
        throw thrown;
      }
      return ended(true);
    }

    @Override
    protected void clear() {
      thrown = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  private final class WhenTrue extends Continuation<Boolean, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT, "io.fermata.sync.AsyncCondition", "whenTrue", "AsyncCondition.java", "", "");
    private static final int SIGNALLED = 2;

    private @Nullable BooleanSupplier predicate;

    WhenTrue(BooleanSupplier predicate) {
      this.predicate = predicate;
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      BooleanSupplier isTrue = Objects.requireNonNull(predicate);
      while (!isTrue.getAsBoolean()) {
        if (await(task, whenSignalled(), depth) == SUSPENDED) {
          state = SIGNALLED;
          return SUSPENDED;
        }
      }
      return ended(true);
    }

    @Override
    protected void clear() {
      predicate = null;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
