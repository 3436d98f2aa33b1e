package io.fermata;

import org.jspecify.annotations.Nullable;

/**
 * The first parameter of a plain generator: a method that gives its caller one element after the
 * other, with no loop and no {@code await}.
 *
 * <pre>{@code
 * @Coroutine
 * static void naturals(Yielder<Integer> out) {
 *   for (int i = 0; ; i++) {
 *     out.yield(i);
 *   }
 * }
 * }</pre>
 *
 * <p><b>Thread.</b> The consumer's. A consumer that stops early has the body end at its {@code
 * yield}, with the {@code finally} blocks run, when it closes the {@link Generator}.
 *
 * @param <E> type of the elements
 */
public interface Yielder<E extends @Nullable Object> {

  /**
   * Gives the element to the consumer, and goes on when it asks for the next one.
   *
   * @param element what the consumer gets; may be null if its type allows
   */
  @SuppressWarnings("NamedLikeContextualKeyword") // always called as out.yield(e)
  void yield(E element);

  /**
   * Gives all elements of another source, one after the other.
   *
   * @param elements what is emitted one by one
   */
  void yieldAll(Iterable<? extends E> elements);
}
