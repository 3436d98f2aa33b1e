package io.fermata;

import org.jspecify.annotations.Nullable;

/**
 * The first parameter of an asynchronous generator: a coroutine that gives its caller one element
 * after the other, and may await in between.
 *
 * <pre>{@code
 * @Coroutine
 * static void ticks(Emitter<Integer> out, int count) {
 *   for (int i = 0; i < count; i++) {
 *     await(sleep(ofSeconds(1)));
 *     out.emit(i);
 *   }
 * }
 * }</pre>
 *
 * <p><b>Thread.</b> The loop's. A consumer that stops early has the body end at its {@code emit},
 * with the {@code finally} blocks run. Called outside of a coroutine it says what is wrong.
 *
 * <p>asyncio: asynchronous generators, {@code yield} in an {@code async def}.
 *
 * @param <E> type of the elements
 */
public interface Emitter<E extends @Nullable Object> {

  /**
   * Gives the element to the consumer, and goes on when it asks for the next one.
   *
   * @param element what the consumer gets; may be null if its type allows
   */
  void emit(E element);

  /**
   * Gives all elements of another source, one after the other.
   *
   * @param elements what is emitted one by one
   */
  void emitAll(AsyncIterable<? extends E> elements);
}
