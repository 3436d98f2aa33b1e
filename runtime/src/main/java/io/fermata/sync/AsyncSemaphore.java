package io.fermata.sync;

import io.fermata.AsyncScope;
import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.codegen.Thrown;
import io.fermata.internal.waiting.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * A number of permits: who takes one when none is left waits until one is given back.
 *
 * <pre>{@code
 * final AsyncSemaphore downloads = new AsyncSemaphore(10);
 *
 * @Coroutine
 * Page page(URI uri) {
 *   try (downloads) {                   // ten at a time
 *     return await(SiteAsync.load(uri));
 *   }
 * }
 * }</pre>
 *
 * <p><b>Fairness.</b> Permits go to tasks in the order in which they asked. A permit that is given
 * back goes to the first that waits: it never shows as free to others in between.
 *
 * <p><b>Cancellation.</b> A task that is cancelled while it waits gets {@code CancelledError} and
 * holds no permit. If one had been passed to it already, the next task gets it.
 *
 * <p><b>Thread.</b> The loop's. The semaphore is bound to the loop on which a task first had to
 * wait.
 *
 * <p>asyncio: {@code asyncio.Semaphore}.
 *
 * @see AsyncBoundedSemaphore
 */
public sealed class AsyncSemaphore implements AsyncScope permits AsyncBoundedSemaphore {
  private final Waiters waiters = new Waiters(this);

  /** The permits that nobody holds and that were passed to nobody. */
  private int value;

  /** A semaphore with one permit. */
  public AsyncSemaphore() {
    this(1);
  }

  /**
   * A semaphore with so many permits; with none, all wait until {@link #release} is called.
   *
   * @param permits how many there are, 0 or more
   * @throws IllegalArgumentException if the number is negative
   */
  public AsyncSemaphore(int permits) {
    if (permits < 0) {
      throw new IllegalArgumentException(
          "a semaphore can't begin with " + permits + " permits: give it 0 or more.");
    }
    this.value = permits;
  }

  /**
   * Waits until there is a permit and nobody is ahead, and takes it. Does not suspend if there is
   * one. Nothing happens before the coroutine is awaited.
   *
   * <p>Awaiting it throws {@link IllegalStateException} if it had to wait, and tasks of another
   * loop have waited for this semaphore.
   *
   * @return a coroutine that gives true
   */
  public Coro<Boolean> acquire() {
    return new Acquire();
  }

  /**
   * Gives a permit back, or adds one: who releases need not have acquired. The first that waits
   * gets it, and goes on in the loop's next pass.
   *
   * @throws IllegalStateException if there are {@link Integer#MAX_VALUE} permits
   */
  public void release() {
    if (value == Integer.MAX_VALUE) {
      throw new IllegalStateException(this + " can't hold more permits.");
    }
    value++;
    passOn();
  }

  /**
   * Whether who asks for a permit now has to wait.
   *
   * @return whether there is no permit, or somebody is ahead
   */
  public boolean locked() {
    return value == 0 || !waiters.isEmpty();
  }

  /** As {@link #acquire}: {@code try (semaphore)} awaits it. */
  @Override
  public Coro<Boolean> enter() {
    return acquire();
  }

  /** As {@link #release}: leaving {@code try (semaphore)} awaits it, without suspending. */
  @Override
  public Coro<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    return new ScopeExit(this::release, thrown);
  }

  @Override
  public String toString() {
    return getClass().getSimpleName()
        + "["
        + (locked() ? "locked" : "unlocked, value=" + value)
        + waiters
        + "]";
  }

  /** The permits that nobody holds and that were passed to nobody. */
  final int value() {
    return value;
  }

  /** Passes what permits there are to those who wait; each is the woken task's from now on. */
  private void passOn() {
    while (value > 0 && waiters.wakeNext()) {
      value--;
    }
  }

  private final class Acquire extends Continuation<Boolean, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(
            CONTRACT, "io.fermata.sync.AsyncSemaphore", "acquire", "AsyncSemaphore.java", "", "");
    private static final int WAITING = -2;

    private @Nullable Waiter place;

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      Waiter waiting = place;
      if (waiting != null) {
        return goOn(waiting, sent);
      }
      if (!locked()) {
        value--;
        return true;
      }
      Waiter waiter = waiters.join(task);
      place = waiter;
      state = WAITING;
      return await(task, waiter.turn(), depth);
    }

    private @Nullable Object goOn(Waiter waiting, @Nullable Object sent) throws Throwable {
      place = null;
      boolean hadTurn = waiters.leave(waiting);
      if (sent instanceof Thrown && hadTurn) {
        value++; // cancelled with a permit that had been passed to it
      }
      passOn(); // also for those who came while there were permits, and stood behind this one
      received(sent);
      return true;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }
}
