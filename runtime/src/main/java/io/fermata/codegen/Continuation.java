package io.fermata.codegen;

import io.fermata.Awaitable;
import io.fermata.Task;
import io.fermata.ThrowingCoro;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a generated class extends: one object per coroutine call, which is the coroutine, its frame
 * and its link to the frame that awaits it.
 *
 * <p>A generated {@link #resume} is a loop over a switch on the state:
 *
 * <pre>{@code
 * @Override
 * protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
 *   String what = this.what;                      // what is live at this state
 *   int state = this.state;
 *   for (; ; ) {
 *     switch (state) {
 *       case START:
 *         // Hello.java:12  await(sleep(delay))
 *         sent = await(task, Async.sleep(this.delay), depth);
 *         if (sent == SUSPENDED) {
 *           this.state = 2;
 *           return SUSPENDED;
 *         }
 *       case 2:
 *         System.out.println(what);
 *         return what;
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Rules that generated code keeps and the driver relies on:
 *
 * <ul>
 *   <li>{@code state} is written on the path that suspends, and nowhere else.
 *   <li>A resume point inside a {@code try} with a handler has a negative state; all others are
 *       positive. A failure that reaches a frame whose state is positive drops the frame without a
 *       call. At a negative state it is {@code sent} in as a {@link Thrown}, and the code calls
 *       {@link #received} to have it thrown.
 *   <li>What {@code resume} returns is the coroutine's result, {@link #SUSPENDED}, or {@link
 *       #EMITTED}.
 * </ul>
 *
 * @param <T> what the coroutine gives
 * @param <X> the checked exception that it declares, {@link RuntimeException} if none
 */
public abstract non-sealed class Continuation<T, X extends Throwable> extends ThrowingCoro<T, X> {

  /** The state in which a coroutine runs from its first statement to its first resume point. */
  protected static final int START = 1;

  /** Given back by {@link #resume} and {@link #await} when the coroutine waits. */
  protected static final Object SUSPENDED = new Marker("SUSPENDED");

  /** Given back by {@link #resume} of a generator that has a value for its consumer. */
  protected static final Object EMITTED = new Marker("EMITTED");

  /** For generated classes. */
  protected Continuation() {}

  /** Where this class's resume points and statements stand in the user's source. */
  protected abstract LineTable lines();

  /**
   * Awaits: gives the value of what is done, starts a coroutine directly, or registers the task in
   * hand and gives {@link #SUSPENDED}. A failure is thrown.
   *
   * @param task the task that runs this frame, as {@link #resume} got it
   * @param depth the depth that {@link #resume} got
   */
  protected final @Nullable Object await(
      Task<?> task, @Nullable Awaitable<?> awaitable, int depth) throws Throwable {
    throw new AssertionError("to be written");
  }

  /** Awaits a stage as {@link #await(Task, Awaitable, int)} does an awaitable. */
  protected final @Nullable Object await(
      Task<?> task, @Nullable CompletionStage<?> stage, int depth) throws Throwable {
    throw new AssertionError("to be written");
  }

  /** Gives what was sent, or throws it if it is a failure. */
  protected static @Nullable Object received(@Nullable Object sent) throws Throwable {
    if (sent instanceof Thrown thrown) {
      throw thrown.throwable();
    }
    return sent;
  }

  private record Marker(String name) {
    @Override
    public String toString() {
      return name;
    }
  }
}
