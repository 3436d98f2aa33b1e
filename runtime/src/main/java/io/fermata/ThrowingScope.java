package io.fermata;

import io.fermata.internal.reports.ValueText;
import org.jspecify.annotations.Nullable;

/**
 * A resource that is entered and left by awaiting, and whose beginning or end may fail with a
 * checked exception: Python's {@code async with}. In a coroutine, a try-with-resources statement
 * whose resource is one awaits {@link #enter} when the resource is bound, and {@link #exit} when
 * the block is left, however it is left.
 *
 * <pre>{@code
 * try (Connection connection = await(openConnection(host, 80))) {   // awaits connection.enter()
 *   connection.writer().write("hello");
 * }                                          // awaits connection.exit(thrown): IOException
 * }</pre>
 *
 * <ul>
 *   <li>If {@code enter} fails, the block is not run and {@code exit} is not called.
 *   <li>{@code exit} gives what the statement throws: null for nothing, what it was given to have
 *       that rethrown, or another throwable in its place.
 *   <li>If {@code exit} itself fails, the statement throws that, with the block's throwable
 *       suppressed in it.
 * </ul>
 *
 * <p><b>Checked exceptions.</b> javac sees {@code close() throws X}, and so asks for {@code X} to
 * be caught or declared around the statement. {@code enter} and {@code exit} fail with no other
 * checked exception.
 *
 * <p><b>Thread.</b> The loop's. <b>Cancellation.</b> What {@code enter} and {@code exit} await can
 * be cancelled like anything else; an {@code exit} that must not be cut short {@linkplain
 * Async#shield shields} what it awaits. A cancellation is never demoted to a suppressed exception.
 *
 * <p>asyncio: {@code __aenter__} and {@code __aexit__}.
 *
 * @param <X> what entering and leaving may fail with; {@link RuntimeException} if nothing checked,
 *     for which {@link AsyncScope} stands
 */
public interface ThrowingScope<X extends Exception> extends AutoCloseable {

  /**
   * Awaited when the block is entered.
   *
   * @return what is awaited; its value is not looked at
   */
  Awaitable<?> enter();

  /**
   * Awaited when the block is left.
   *
   * @param thrown what the block threw, a {@link CancelledError} included, or null
   * @return what the statement is to throw, or null
   */
  Awaitable<@Nullable Throwable> exit(@Nullable Throwable thrown);

  /**
   * Called only where no coroutine leaves the block. A scope may give it a meaning of its own: to
   * begin to close, without waiting.
   *
   * @throws IllegalStateException unless it has one
   * @throws X never, but javac learns from it what leaving the block may throw
   */
  @Override
  default void close() throws X {
    throw new IllegalStateException(
        ValueText.of(this)
            + " is left by awaiting, so it must be used in the header of a try statement in a"
            + " @Coroutine method or an async lambda that the Fermata processor has compiled.");
  }
}
