package io.fermata;

import io.fermata.codegen.Continuation;
import io.fermata.internal.reports.StackTraces;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Coro} that declares a checked exception: awaiting it throws {@code X}. Widening it to
 * {@code Coro} gives up what the compiler knows of the exception, not the exception.
 *
 * <pre>{@code
 * @Coroutine
 * static String load(Path path) throws IOException { ... }
 *
 * ThrowingCoro<String, IOException> loading = FilesAsync.load(path);
 * }</pre>
 *
 * <p>In all else it is as any {@link Coro}.
 *
 * @param <T> what the coroutine gives
 * @param <X> the checked exception, {@link RuntimeException} if there is none
 */
public abstract sealed class ThrowingCoro<T extends @Nullable Object, X extends Throwable>
    extends Coro<T> permits Continuation {

  /** For generated classes. */
  protected ThrowingCoro() {}

  /**
   * {@return what {@code Continuation.await} is made of; generated code calls that one}
   *
   * @param task the task that runs this frame
   * @param awaitable a coroutine, a task or promise, or a user's own
   * @param depth how many frames stand above this one on the Java stack
   * @throws Throwable whatever the coroutine throws
   */
  protected final @Nullable Object awaitInFrame(
      Task<?> task, @Nullable Awaitable<?> awaitable, int depth) throws Throwable {
    return awaitHere(task, awaitable, depth);
  }

  /**
   * Tells the stack trace of what a coroutine has caught in the user's lines; what {@code
   * Continuation.told} is made of.
   *
   * @param caught what was caught
   * @param near the class loader of the code that caught it, where that matters
   */
  protected static final void tell(Throwable caught, @Nullable ClassLoader near) {
    StackTraces.caught(caught, near);
  }
}
