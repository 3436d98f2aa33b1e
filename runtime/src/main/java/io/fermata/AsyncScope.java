package io.fermata;

import org.jspecify.annotations.Nullable;

/**
 * A resource that is entered and left by awaiting: Python's {@code async with}. In a coroutine, a
 * try-with-resources statement whose resource is an {@code AsyncScope} awaits {@link #enter} when
 * the resource is bound, and {@link #exit} when the block is left, however it is left.
 *
 * <pre>{@code
 * try (Connection connection = pool.connection()) {   // awaits connection.enter()
 *   await(connection.send("hello"));
 * }                                                   // awaits connection.exit(thrown)
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
 * <p><b>Thread.</b> The loop's. <b>Cancellation.</b> What {@code enter} and {@code exit} await can
 * be cancelled like anything else; an {@code exit} that must not be cut short {@linkplain
 * Async#shield shields} what it awaits. A cancellation is never demoted to a suppressed exception.
 *
 * <p>asyncio: {@code __aenter__} and {@code __aexit__}.
 */
public interface AsyncScope extends AutoCloseable {

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
   * Called only where no coroutine leaves the block.
   *
   * @throws IllegalStateException always
   */
  @Override
  default void close() {
    throw new IllegalStateException(
        ValueText.of(this)
            + " is left by awaiting, so it must be used in the header of a try statement in a"
            + " @Coroutine method or an async lambda that the Fermata processor has compiled.");
  }
}
