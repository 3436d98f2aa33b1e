package io.fermata.codegen;

import io.fermata.AsyncGenerator;
import io.fermata.Generator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the generated class of a generator extends. To emit, it stores the value in {@link
 * #current}, sets its state and returns {@link #EMITTED}; it is then resumed with {@code null} for
 * the next value, or with a {@link Thrown} if the generator is closed and the state is negative. To
 * give all elements of another source, {@code current = elementsOf(source)} takes the place of the
 * value; the body is resumed when there are no more, or with what the source has thrown.
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

  /** Where the next elements come from instead of this body; an {@link Own} if it is closed too. */
  private @Nullable Object source;

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

  /**
   * Has a plain generator give all elements of the source.
   *
   * @param elements the source; null is a {@link NullPointerException}
   * @return null, as the current value
   */
  protected final @Nullable E elementsOf(Iterable<? extends E> elements) {
    source =
        Objects.requireNonNull(elements.iterator(), "what iterator() of a yieldAll's source gives");
    return null;
  }

  /**
   * As {@link #elementsOf}, of a generator that nobody else holds: it is closed with this one.
   *
   * @param generator the source; null is a {@link NullPointerException}
   * @return null, as the current value
   */
  protected final @Nullable E elementsOfOwn(Generator<? extends E> generator) {
    source = new Own(Objects.requireNonNull(generator));
    return null;
  }

  /**
   * Gives the source whose elements come next, and lets go of it. Called by the generator once a
   * value.
   *
   * @return an iterator, an {@link Own}, or null for the current value
   */
  public final @Nullable Object takeSource() {
    Object taken = source;
    if (taken != null) {
      source = null;
    }
    return taken;
  }

  /**
   * A generator that is closed with the one that gives its elements.
   *
   * @param generator the generator
   */
  public record Own(Generator<?> generator) {}

  /** {@return the generator that users see: for a method with a {@code Yielder}} */
  public final Generator<E> toGenerator() {
    return Generator.of(this);
  }

  /** {@return the generator that users see: for a method with an {@code Emitter}} */
  public final AsyncGenerator<E> toAsyncGenerator() {
    return AsyncGenerator.of(this);
  }
}
