package io.fermata.codegen;

import io.fermata.Async;
import io.fermata.Awaitable;
import io.fermata.CancelledError;
import io.fermata.Coro;
import io.fermata.Task;
import io.fermata.ThrowingCoro;
import io.fermata.internal.Suppression;
import java.lang.StackWalker.Option;
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
 *         return ended(what);
 *     }
 *   }
 * }
 *
 * @Override
 * protected void clear() {
 *   this.delay = null;
 *   this.what = null;
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
 *   <li>What a catch clause looks at has gone through {@link #told} first.
 *   <li>What {@code resume} returns is the coroutine's result, {@link #SUSPENDED}, or {@link
 *       #EMITTED}.
 *   <li>A frame that is done keeps nothing alive. The result goes through {@link #ended}, which
 *       calls {@link #clear}; the driver calls that for a frame that threw or was dropped.
 * </ul>
 *
 * @param <T> what the coroutine gives
 * @param <X> the checked exception that it declares, {@link RuntimeException} if none
 */
public abstract non-sealed class Continuation<T extends @Nullable Object, X extends Throwable>
    extends ThrowingCoro<T, X> {

  /** The version of this contract: generated classes hold the one that they were made for. */
  public static final int CONTRACT = 1;

  /** The state in which a coroutine runs from its first statement to its first resume point. */
  protected static final int START = Coro.START;

  /** Given back by {@link #resume} and {@link #await} when the coroutine waits. */
  protected static final Object SUSPENDED = Coro.SUSPENDED;

  /** Given back by {@link #resume} of a generator that has a value for its consumer. */
  protected static final Object EMITTED = Coro.EMITTED;

  private static final StackWalker CALLER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

  /** For generated classes. */
  protected Continuation() {}

  /**
   * Awaits: gives the value of what is done, starts a coroutine directly, or registers the task in
   * hand and gives {@link #SUSPENDED}. A failure is thrown.
   *
   * @param task the task that runs this frame, as {@link #resume} got it
   * @param awaitable what is awaited; null is a {@link NullPointerException}
   * @param depth the depth that {@link #resume} got
   * @return the outcome's value, or {@link #SUSPENDED}
   * @throws Throwable whatever the coroutine throws
   */
  protected final @Nullable Object await(Task<?> task, @Nullable Awaitable<?> awaitable, int depth)
      throws Throwable {
    return awaitInFrame(task, awaitable, depth);
  }

  /**
   * Awaits a stage as {@link #await(Task, Awaitable, int)} does an awaitable.
   *
   * @param task the task that runs this frame, as {@link #resume} got it
   * @param stage what is awaited; null is a {@link NullPointerException}
   * @param depth the depth that {@link #resume} got
   * @return the outcome's value, or {@link #SUSPENDED}
   * @throws Throwable whatever the coroutine throws
   */
  protected final @Nullable Object await(
      Task<?> task, @Nullable CompletionStage<?> stage, int depth) throws Throwable {
    if (stage == null) {
      throw new NullPointerException("what is awaited is null");
    }
    return awaitInFrame(task, Async.toPromise(stage), depth);
  }

  /**
   * Gives what was sent, or throws it if it is a failure.
   *
   * @param sent what the resume point got
   * @return the value that was sent
   * @throws Throwable the failure that was sent
   */
  protected static @Nullable Object received(@Nullable Object sent) throws Throwable {
    if (sent instanceof Thrown thrown) {
      throw thrown.throwable();
    }
    return sent;
  }

  /**
   * Tells the stack trace of what was caught in the user's lines, with those who await, before the
   * user's code sees it.
   *
   * @param caught what was caught
   * @return the same
   */
  protected static Throwable told(Throwable caught) {
    tell(caught, LineTable.haveNamesakes() ? CALLER.getCallerClass().getClassLoader() : null);
    return caught;
  }

  /**
   * True, once a pattern variable has been assigned to the variable that stands for it behind the
   * expression: {@code x instanceof P p$1 && bound(p = p$1)}.
   *
   * @param value the value that was assigned
   * @return true
   */
  protected static boolean bound(@Nullable Object value) {
    return true;
  }

  /**
   * As {@link #bound(Object)}, without a box.
   *
   * @param value the value that was assigned
   * @return true
   */
  protected static boolean bound(boolean value) {
    return true;
  }

  /**
   * As {@link #bound(Object)}, without a box; also for the narrower types.
   *
   * @param value the value that was assigned
   * @return true
   */
  protected static boolean bound(int value) {
    return true;
  }

  /**
   * As {@link #bound(Object)}, without a box.
   *
   * @param value the value that was assigned
   * @return true
   */
  protected static boolean bound(long value) {
    return true;
  }

  /**
   * As {@link #bound(Object)}, without a box; also for {@code float}.
   *
   * @param value the value that was assigned
   * @return true
   */
  protected static boolean bound(double value) {
    return true;
  }

  /**
   * A value that is known to be of the type that is expected of it, where that type has no name:
   * {@code list.add(asExpected(t))} of a {@code List<?>}.
   *
   * @param <T> the type that is expected
   * @param value the value
   * @return the value
   */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  protected static <T extends @Nullable Object> T asExpected(@Nullable Object value) {
    return (T) value;
  }

  /**
   * Closes a resource as a try statement does (JLS 14.20.3.1): null is left alone, and what closing
   * fails with is suppressed in what the block threw, if it is not the same object again.
   *
   * @param resource what is closed, or null
   * @param thrown what the block threw, or null
   * @throws Throwable what closing it throws, if the block threw nothing
   */
  protected static void closeResource(@Nullable AutoCloseable resource, @Nullable Throwable thrown)
      throws Throwable {
    if (resource == null) {
      return;
    }
    if (thrown == null) {
      resource.close();
      return;
    }
    try {
      resource.close();
    } catch (Throwable failure) {
      Suppression.add(thrown, failure);
    }
  }

  /**
   * {@return what is thrown when leaving an {@code AsyncScope} has itself failed: that failure,
   * with the body's throwable suppressed in it} A cancellation is never demoted: if the body was
   * being cancelled, that goes on, and the failure is suppressed in it.
   *
   * @param exitFailure what {@code exit} failed with
   * @param thrown what the body threw, or null
   */
  protected static Throwable exitFailed(Throwable exitFailure, @Nullable Throwable thrown) {
    if (thrown == null) {
      return exitFailure;
    }
    if (thrown instanceof CancelledError && !(exitFailure instanceof CancelledError)) {
      Suppression.add(thrown, exitFailure);
      return thrown;
    }
    Suppression.add(exitFailure, thrown);
    return exitFailure;
  }

  /**
   * {@return what is thrown where a scope swallowed what its block threw, and Java holds the end of
   * the block unreachable or a variable assigned}
   *
   * @param block the block's header, as the user wrote it
   * @param line its line
   */
  protected static IllegalStateException swallowed(String block, int line) {
    return new IllegalStateException(
        "the block 'try ("
            + block
            + ")' at line "
            + line
            + " ended early and without an error, but the code after it relies on what the block"
            + " was to return, throw or assign. Assign the variable before the block, or return"
            + " after it.");
  }
}
