package io.fermata;

import org.jspecify.annotations.Nullable;

/** What {@code gather(a, b, c, …, combiner)} makes of results of different types. */
public final class Combiner {
  private Combiner() {}

  /** Combines three results. */
  @FunctionalInterface
  public interface Of3<
      A extends @Nullable Object,
      B extends @Nullable Object,
      C extends @Nullable Object,
      R extends @Nullable Object> {

    /** The combination. */
    R combine(A a, B b, C c);
  }

  /** Combines four results. */
  @FunctionalInterface
  public interface Of4<
      A extends @Nullable Object,
      B extends @Nullable Object,
      C extends @Nullable Object,
      D extends @Nullable Object,
      R extends @Nullable Object> {

    /** The combination. */
    R combine(A a, B b, C c, D d);
  }

  /** Combines five results. */
  @FunctionalInterface
  public interface Of5<
      A extends @Nullable Object,
      B extends @Nullable Object,
      C extends @Nullable Object,
      D extends @Nullable Object,
      E extends @Nullable Object,
      R extends @Nullable Object> {

    /** The combination. */
    R combine(A a, B b, C c, D d, E e);
  }
}
