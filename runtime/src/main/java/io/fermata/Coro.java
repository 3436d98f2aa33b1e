package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.Unchecked;
import io.fermata.internal.reports.StackTraces;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine object: what calling a coroutine gives. Nothing has run when you get it. It runs when
 * it is awaited, made a {@linkplain Async#createTask task}, or passed to {@link Async#run}, and it
 * is started once, by one owner.
 *
 * <pre>
 * CREATED --await, createTask, run--&gt; started: running or suspended --&gt; FINISHED
 *    |
 *    +--close--&gt; CLOSED
 * </pre>
 *
 * <p>Once started it belongs to the thread of its loop. A second start throws {@link
 * IllegalStateException}.
 *
 * <p>asyncio: coroutine objects.
 *
 * @param <T> what the coroutine gives
 */
public abstract sealed class Coro<T extends @Nullable Object> implements Awaitable<T>
    permits ThrowingCoro {

  /** The state of a coroutine that was never started. */
  static final int CREATED = 0;

  /** The state in which a coroutine runs from its first statement to its first resume point. */
  protected static final int START = 1;

  /** The state of a coroutine that has returned or thrown. */
  static final int FINISHED = Integer.MAX_VALUE;

  /** The state of a coroutine that was closed before it started. */
  static final int CLOSED = Integer.MAX_VALUE - 1;

  /** The state of the runtime's own coroutines that may be awaited again and again. */
  static final int SHARED = Integer.MAX_VALUE - 2;

  /** The state of a coroutine that debug mode watches until it is started. */
  static final int WATCHED = Integer.MAX_VALUE - 3;

  /**
   * The depth of direct calls past which a coroutine is handed to the task to be started by its
   * loop, so that a chain of awaits never overflows the Java stack.
   */
  static final int MAX_DEPTH = 64;

  /** What {@link #resume} gives when the coroutine waits. */
  protected static final Object SUSPENDED = new Marker("SUSPENDED");

  /** What {@link #resume} of a generator gives when it has a value for its consumer. */
  protected static final Object EMITTED = new Marker("EMITTED");

  /** Where this coroutine goes on: 0 when created, written by generated code when it suspends. */
  protected int state;

  /** The frame that awaits this one; null for a task's outermost frame. */
  @Nullable Coro<?> awaiter;

  Coro() {
    if (UnawaitedCoroutines.isWatching()) {
      UnawaitedCoroutines.watch(this);
    }
  }

  /**
   * Runs the coroutine up to its next resume point. Called by the task that drives it.
   *
   * @param task the task that runs this frame
   * @param sent what the resume point gives, or a {@link io.fermata.codegen.Thrown}
   * @param depth how many frames stand above this one on the Java stack
   * @return the coroutine's result, {@link #SUSPENDED}, or {@link #EMITTED}
   * @throws Throwable whatever the coroutine throws
   */
  protected abstract @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable;

  /** {@return where this class's resume points and statements stand in the user's source} */
  protected abstract LineTable lines();

  /**
   * Lets go of what the frame holds for its code, which never runs again. Called when the coroutine
   * has thrown, is dropped or closed, and by {@link #ended}. A frame that holds nothing, or was
   * generated before there was this method, has nothing to do.
   */
  protected void clear() {}

  /**
   * {@return the coroutine's result} What {@link #resume} returns at the end: the frame lets go of
   * what it holds in a call that is known, which costs less than one by the driver.
   *
   * @param result the result
   */
  protected final @Nullable Object ended(@Nullable Object result) {
    clear();
    return result;
  }

  /**
   * Makes a task of this coroutine on the running loop, and gives it: what awaiting the coroutine
   * from outside the generated code comes to.
   *
   * @throws IllegalStateException if no loop runs on this thread, or the coroutine was started
   */
  @Override
  public Promise<T> toPromise() {
    return Async.createTask(this);
  }

  /**
   * Drops a coroutine that was never started, so that it is not reported as never awaited. One that
   * is finished or closed already is left alone.
   *
   * @throws IllegalStateException if the coroutine has been started and is not finished
   */
  public void close() {
    switch (state) {
      case CREATED -> drop();
      case WATCHED -> {
        UnawaitedCoroutines.started(this);
        drop();
      }
      case CLOSED, FINISHED, SHARED -> {}
      default ->
          throw new IllegalStateException(
              this + " has been started: cancel the task that runs it instead of closing it.");
    }
  }

  private void drop() {
    state = CLOSED;
    clear();
  }

  /** The frame has thrown, or nobody will resume it any more. One that returns has let go. */
  final void finish() {
    state = FINISHED;
    clear();
  }

  /** Awaits in the frame {@code this}; see {@code Continuation.await}, which documents it. */
  @Nullable Object awaitHere(Task<?> task, @Nullable Awaitable<?> awaitable, int depth)
      throws Throwable {
    if (awaitable instanceof Coro<?> child) {
      return child.state == CREATED
          ? startFrom(task, child, depth)
          : awaitStarted(task, child, depth);
    }
    return awaitPromise(task, awaitable);
  }

  private @Nullable Object startFrom(Task<?> task, Coro<?> child, int depth) throws Throwable {
    child.state = START;
    return step(task, child, depth);
  }

  /** Resumes a child that is ours, and links it to this frame if it suspends. */
  private @Nullable Object step(Task<?> task, Coro<?> child, int depth) throws Throwable {
    return resumeOwned(this, task, child, null, depth);
  }

  /**
   * Resumes a child that belongs to {@code parent}, and links it to that frame if it suspends. Past
   * the depth of direct calls a child that is to run from a value is left to the task.
   */
  static @Nullable Object resumeOwned(
      Coro<?> parent, Task<?> task, Coro<?> child, @Nullable Object sent, int depth)
      throws Throwable {
    if (depth >= MAX_DEPTH && sent == null) {
      child.awaiter = parent;
      task.startLater(child);
      return SUSPENDED;
    }
    Object result;
    try {
      result = child.resume(task, sent, depth + 1);
    } catch (Throwable t) {
      child.finish();
      StackTraces.leavesFor(t, child, parent);
      throw t;
    }
    if (result == SUSPENDED) {
      child.awaiter = parent;
    } else if (result != EMITTED) {
      child.state = FINISHED;
    }
    return result;
  }

  /** What is not in the state CREATED: shared by all, watched by debug mode, or an error. */
  private @Nullable Object awaitStarted(Task<?> task, Coro<?> child, int depth) throws Throwable {
    if (child instanceof SharedCoro shared) {
      return shared.awaitedBy(task, this);
    }
    child.claim("awaited");
    return step(task, child, depth);
  }

  private @Nullable Object awaitPromise(Task<?> task, @Nullable Awaitable<?> awaitable)
      throws Throwable {
    Promise<?> promise = Promise.of(awaitable);
    if (promise.isDone()) {
      return promise.takeOutcome();
    }
    task.suspendOn(promise, this);
    return SUSPENDED;
  }

  /** Starts this coroutine on behalf of one owner, who drives it from now on. */
  final void claim(String use) {
    switch (state) {
      case CREATED -> state = START;
      case WATCHED -> {
        UnawaitedCoroutines.started(this);
        state = START;
      }
      case CLOSED ->
          throw new IllegalStateException(
              this
                  + " can't be "
                  + use
                  + ": it was closed. Call the method again for another coroutine.");
      default ->
          throw new IllegalStateException(
              this
                  + " can't be "
                  + use
                  + ": it has been started already. Call the method again for a second"
                  + " coroutine, or make it a task with createTask, which may be awaited often.");
    }
  }

  /** Resumes a plain generator's body, which no task drives. */
  final @Nullable Object resumeByHand(@Nullable Object sent) {
    try {
      return resume(Unchecked.cast(null), sent, 0);
    } catch (Throwable t) {
      throw Unchecked.<RuntimeException>sneak(t);
    }
  }

  /** Whether somebody has started this coroutine, who drives it. */
  final boolean isOwned() {
    return state != CREATED && state != WATCHED && state != SHARED;
  }

  /** Whether this frame has a handler at the resume point where it stands. */
  final boolean isGuarded() {
    return state < 0;
  }

  @Override
  public String toString() {
    return "coroutine " + lines().shortName() + " (" + describeState() + ")";
  }

  private String describeState() {
    return switch (state) {
      case CREATED, WATCHED -> "created";
      case START -> "running";
      case FINISHED -> "finished";
      case CLOSED -> "closed";
      case SHARED -> "shared";
      default -> {
        int line = lines().lineOfState(state);
        yield line < 0 ? "suspended" : "suspended at line " + line;
      }
    };
  }

  private record Marker(String name) {
    @Override
    public String toString() {
      return name;
    }
  }
}
