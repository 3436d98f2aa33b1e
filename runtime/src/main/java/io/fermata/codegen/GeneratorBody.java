package io.fermata.codegen;

import io.fermata.AsyncGenerator;
import io.fermata.Generator;
import org.jspecify.annotations.Nullable;

/**
 * What the generated class of a generator extends. To emit, it stores the value in {@link
 * #current}, sets its state and returns {@link #EMITTED}; it is then resumed with {@code null} for
 * the next value, or with a {@link Thrown} if the generator is closed and the state is negative.
 *
 * <pre>{@code
 * case START:
 *   // Numbers.java:7  out.yield(1)
 *   current = 1;
 *   this.state = 2;
 *   return EMITTED;
 * }</pre>
 *
 * @param <E> what the generator gives
 */
public abstract class GeneratorBody<E extends @Nullable Object>
    extends Continuation<Void, RuntimeException> {

  /** The value that was emitted last. */
  protected @Nullable E current;

  /** For generated classes. */
  protected GeneratorBody() {}

  /**
   * Gives the value that was emitted, and lets go of it. Called by the generator once a value.
   *
   * @return the value that was emitted
   */
  public final @Nullable E takeCurrent() {
    E value = current;
    current = null;
    return value;
  }

  /** {@return the generator that users see: for a method with a {@code Yielder}} */
  public final Generator<E> toGenerator() {
    return Generator.of(this);
  }

  /** {@return the generator that users see: for a method with an {@code Emitter}} */
  public final AsyncGenerator<E> toAsyncGenerator() {
    return AsyncGenerator.of(this);
  }
}
