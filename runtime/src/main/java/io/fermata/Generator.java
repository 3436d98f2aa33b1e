package io.fermata;

import io.fermata.codegen.GeneratorBody;
import io.fermata.codegen.Thrown;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A plain generator: runs its method's body from one {@link Yielder#yield} to the next, whenever an
 * element is asked for.
 *
 * <pre>{@code
 * try (Generator<Integer> numbers = NumbersAsync.naturals()) {
 *   System.out.println(numbers.next());   // 0
 *   System.out.println(numbers.next());   // 1
 * }                                       // runs the body's finally blocks
 * }</pre>
 *
 * <pre>
 *             next, hasNext           the element is taken
 *  SUSPENDED ---------------&gt; AHEAD --------------------&gt; SUSPENDED
 *      |     body returns, throws, or close
 *      +---------------------------------&gt; ENDED
 * </pre>
 *
 * <p>One thread at a time. It can be iterated once.
 *
 * @param <T> type of the elements
 */
@SuppressWarnings("IterableAndIterator") // as API: by hand, in a for loop, and as a stream
public final class Generator<T extends @Nullable Object>
    implements Iterator<T>, Iterable<T>, AutoCloseable {

  private enum State {
    SUSPENDED,
    AHEAD,
    RUNNING,
    ENDED
  }

  private final GeneratorBody<T> body;
  private State state = State.SUSPENDED;

  private Generator(GeneratorBody<T> body) {
    this.body = body;
  }

  /**
   * For generated code, by way of {@link GeneratorBody#toGenerator}.
   *
   * @param <T> type of the elements
   * @param body the body
   * @return the generator, not started
   */
  public static <T extends @Nullable Object> Generator<T> of(GeneratorBody<T> body) {
    ((Coro<?>) body).claim("made a generator");
    return new Generator<>(body);
  }

  /**
   * Whether there is another element; runs the body to find out.
   *
   * @throws IllegalStateException if the body itself asks
   */
  @Override
  public boolean hasNext() {
    return switch (state) {
      case AHEAD -> true;
      case ENDED -> false;
      case SUSPENDED -> advance(null);
      case RUNNING -> throw runsAlready();
    };
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException(this + " has no more elements");
    }
    state = State.SUSPENDED;
    return Unchecked.cast(body.takeCurrent());
  }

  /** This generator itself: it can be iterated once. */
  @Override
  public Iterator<T> iterator() {
    return this;
  }

  /** {@return the elements that are left; closing the stream closes the generator} */
  public Stream<T> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false)
        .onClose(this::close);
  }

  /**
   * Ends the generator: the body's finally blocks run, and there are no more elements.
   *
   * @throws IllegalStateException if the body yields instead of ending
   */
  @Override
  public void close() {
    switch (state) {
      case RUNNING -> throw runsAlready();
      case ENDED -> {}
      case SUSPENDED, AHEAD -> {
        if (!((Coro<?>) body).isGuarded()) {
          end();
        } else if (advance(new Thrown(new GeneratorExit()))) {
          throw new IllegalStateException(
              this + " yields while it is closed: its finally blocks must not yield.");
        }
      }
    }
  }

  private boolean advance(@Nullable Thrown thrown) {
    state = State.RUNNING;
    Object result;
    try {
      result = ((Coro<?>) body).resumeByHand(thrown);
    } catch (GeneratorExit e) {
      end();
      return false;
    } catch (Throwable t) {
      end();
      StackTraces.caught(t, body.getClass().getClassLoader());
      throw t;
    }
    if (result == Coro.EMITTED) {
      state = State.AHEAD;
      return true;
    }
    end();
    return false;
  }

  private void end() {
    state = State.ENDED;
    ((Coro<?>) body).finish();
    body.takeCurrent(); // of one that is closed before its element was taken
  }

  private IllegalStateException runsAlready() {
    return new IllegalStateException(this + " is running: its body can't ask it for elements.");
  }

  @Override
  public String toString() {
    return "generator " + body.lines().shortName();
  }
}
