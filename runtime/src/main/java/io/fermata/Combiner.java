package io.fermata;

import org.jspecify.annotations.Nullable;

/**
 * What {@code gather(a, b, c, …, combiner)} makes of results of different types.
 *
 * <pre>{@code
 * Page page = await(gather(user(id), orders(id), offers(), (u, o, f) -> new Page(u, o, f)));
 * }</pre>
 *
 * <p>Called once, on the loop's thread, when all have their values. What it throws is what the
 * gather fails with.
 */
public final class Combiner {
  private Combiner() {}

  /**
   * Combines three results.
   *
   * @param <A> type of the first value
   * @param <B> type of the second value
   * @param <C> type of the third value
   * @param <R> type of the result
   */
  @FunctionalInterface
  public interface Of3<
      A extends @Nullable Object,
      B extends @Nullable Object,
      C extends @Nullable Object,
      R extends @Nullable Object> {

    /**
     * {@return the combination}
     *
     * @param a the first value
     * @param b the second value
     * @param c the third value
     */
    R combine(A a, B b, C c);
  }

  /**
   * Combines four results.
   *
   * @param <A> type of the first value
   * @param <B> type of the second value
   * @param <C> type of the third value
   * @param <D> type of the fourth value
   * @param <R> type of the result
   */
  @FunctionalInterface
  public interface Of4<
      A extends @Nullable Object,
      B extends @Nullable Object,
      C extends @Nullable Object,
      D extends @Nullable Object,
      R extends @Nullable Object> {

    /**
     * {@return the combination}
     *
     * @param a the first value
     * @param b the second value
     * @param c the third value
     * @param d the fourth value
     */
    R combine(A a, B b, C c, D d);
  }

  /**
   * Combines five results.
   *
   * @param <A> type of the first value
   * @param <B> type of the second value
   * @param <C> type of the third value
   * @param <D> type of the fourth value
   * @param <E> type of the fifth value
   * @param <R> type of the result
   */
  @FunctionalInterface
  public interface Of5<
      A extends @Nullable Object,
      B extends @Nullable Object,
      C extends @Nullable Object,
      D extends @Nullable Object,
      E extends @Nullable Object,
      R extends @Nullable Object> {

    /**
     * {@return the combination}
     *
     * @param a the first value
     * @param b the second value
     * @param c the third value
     * @param d the fourth value
     * @param e the fifth value
     */
    R combine(A a, B b, C c, D d, E e);
  }
}
