package io.fermata.sync;

import io.fermata.AsyncScope;
import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.codegen.Thrown;
import io.fermata.internal.waiting.Held;
import io.fermata.internal.waiting.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * A lock that tasks hold across an await, so that only one of them is in a section at a time.
 *
 * <pre>{@code
 * final AsyncLock lock = new AsyncLock();
 *
 * @Coroutine
 * Token token() {
 *   try (lock) {                        // awaits its turn, and releases however the block is left
 *     if (token == null) {
 *       token = await(LoginAsync.login());
 *     }
 *     return token;
 *   }
 * }
 * }</pre>
 *
 * <p>Between two awaits nothing else runs on the loop, so that code without an await needs no lock.
 *
 * <p><b>Fairness.</b> Tasks get the lock in the order in which they asked for it. A task that asks
 * for a free lock while another one is about to get it waits behind it.
 *
 * <p><b>Ownership.</b> The lock knows no owner: any code may release it, and a task that asks for
 * the lock it holds waits forever. Reports tell which task has taken it, and a {@linkplain
 * io.fermata.RunOptions#withWatchdog watchdog} tells of tasks that wait for each other's locks.
 *
 * <p><b>Cancellation.</b> A task that is cancelled while it waits gets {@code CancelledError} and
 * does not hold the lock. If the lock had been passed to it already, the next one gets it.
 *
 * <p><b>Thread.</b> The loop's. The lock is bound to the loop on which a task first had to wait.
 *
 * <p>asyncio: {@code asyncio.Lock}.
 */
public final class AsyncLock implements AsyncScope {
  private final Waiters waiters = new Waiters(new Holding());
  private boolean locked;

  /** The task that has acquired it, for reports: it owns nothing, see above. */
  private @Nullable Task<?> holder;

  /** A free lock. */
  public AsyncLock() {}

  /**
   * Waits until the lock is free and nobody is ahead, and takes it. A free lock is taken without
   * suspending. Nothing happens before the coroutine is awaited.
   *
   * <p>Awaiting it throws {@link IllegalStateException} if it had to wait, and tasks of another
   * loop have waited for this lock.
   *
   * @return a coroutine that gives true
   */
  public Coro<Boolean> acquire() {
    return new Acquire();
  }

  /**
   * Gives the lock back; the first that waits for it gets it in the loop's next pass.
   *
   * @throws IllegalStateException if the lock is free
   */
  public void release() {
    if (!locked) {
      throw new IllegalStateException(this + " can't be released: nobody has acquired it.");
    }
    locked = false;
    holder = null;
    passOn();
  }

  /**
   * Whether somebody holds the lock.
   *
   * @return whether it was acquired and not released
   */
  public boolean locked() {
    return locked;
  }

  /** As {@link #acquire}: {@code try (lock)} awaits it. */
  @Override
  public Coro<Boolean> enter() {
    return acquire();
  }

  /** As {@link #release}: leaving {@code try (lock)} awaits it, without suspending. */
  @Override
  public Coro<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    return new ScopeExit(this::release, thrown);
  }

  @Override
  public String toString() {
    return "AsyncLock[" + (locked ? "locked" : "unlocked") + waiters + "]";
  }

  /** While the lock is free and tasks wait, it is on its way to exactly one of them. */
  private void passOn() {
    if (!locked && !waiters.hasWoken()) {
      waiters.wakeNext();
    }
  }

  private void take(Task<?> task) {
    locked = true;
    holder = task;
  }

  /** What those in line wait for. */
  private final class Holding implements Held {
    @Override
    public @Nullable Task<?> holder() {
      return holder;
    }

    @Override
    public String toString() {
      return AsyncLock.this.toString();
    }
  }

  private final class Acquire extends Continuation<Boolean, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "io.fermata.sync.AsyncLock", "acquire", "AsyncLock.java", "", "");
    private static final int WAITING = -2;

    private @Nullable Waiter place;

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      Waiter waiting = place;
      if (waiting != null) {
        return goOn(task, waiting, sent);
      }
      if (!locked && waiters.isEmpty()) {
        take(task);
        return true;
      }
      Waiter waiter = waiters.join(task);
      place = waiter;
      state = WAITING;
      return await(task, waiter.turn(), depth);
    }

    private @Nullable Object goOn(Task<?> task, Waiter waiting, @Nullable Object sent)
        throws Throwable {
      place = null;
      waiters.leave(waiting);
      if (sent instanceof Thrown) {
        passOn();
      } else {
        take(task);
      }
      received(sent);
      return true;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
