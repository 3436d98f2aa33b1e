package io.fermata;

import io.fermata.internal.reports.ValueText;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What a coroutine can loop over by awaiting each element: Python's {@code async for}.
 *
 * <pre>{@code
 * for (Promise<? extends String> done : asCompleted(tasks)) {
 *   System.out.println(await(done));
 * }
 * }</pre>
 *
 * <p><b>Thread.</b> That of the loop whose coroutine goes over it. An iterable may be used up by
 * one iteration; its own documentation tells.
 *
 * <p>asyncio: {@code __aiter__}.
 *
 * @param <T> type of the elements
 */
public interface AsyncIterable<T extends @Nullable Object> extends Iterable<T> {

  /**
   * Starts an iteration.
   *
   * @return the iterator, for one loop
   */
  AsyncIterator<T> asyncIterator();

  /**
   * Called only where no coroutine loops.
   *
   * @throws IllegalStateException always
   */
  @Override
  default Iterator<T> iterator() {
    throw new IllegalStateException(
        ValueText.of(this)
            + " gives its elements by awaiting, so it must be looped over in a @Coroutine method"
            + " or an async lambda that the Fermata processor has compiled, or by hand with"
            + " asyncIterator().");
  }
}
