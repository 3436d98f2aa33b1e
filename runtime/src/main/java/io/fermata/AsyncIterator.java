package io.fermata;

import org.jspecify.annotations.Nullable;

/**
 * An iteration whose steps are awaited.
 *
 * <pre>{@code
 * AsyncIterator<String> lines = source.asyncIterator();
 * while (await(lines.moveNext())) {
 *   use(lines.current());
 * }
 * }</pre>
 *
 * <p><b>Thread.</b> The loop's. <b>Cancellation</b> and <b>errors</b> come out of the await of
 * {@link #moveNext}; whether one may go on after that is the source's to say.
 *
 * <p>asyncio: {@code __anext__}; the end is {@code false} instead of {@code StopAsyncIteration}.
 *
 * @param <T> type of the elements
 */
public interface AsyncIterator<T extends @Nullable Object> {

  /**
   * Moves to the next element; gives false if there is none. One step at a time.
   *
   * @return whether there was a next element
   */
  Awaitable<Boolean> moveNext();

  /** {@return the element that the last step moved to} */
  T current();
}
