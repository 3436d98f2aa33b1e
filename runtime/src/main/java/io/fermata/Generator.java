package io.fermata;

import io.fermata.codegen.GeneratorBody;
import io.fermata.codegen.Thrown;
import io.fermata.internal.Unchecked;
import io.fermata.internal.reports.StackTraces;
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

  // The states. Numbers, since they are written twice for each element.

  static final int SUSPENDED = 0;

  /** The body has yielded an element that is not taken yet. */
  static final int AHEAD = 1;

  /** As AHEAD, and the element is that of a source. */
  static final int SOURCE_AHEAD = 2;

  static final int RUNNING = 3;
  static final int ENDED = 4;

  /** What the body has done when it has run. */
  enum Step {
    ELEMENT,
    SOURCE,
    END
  }

  static {
    GeneratorStackOverflow.prepare();
  }

  private final GeneratorBody<T> body;
  private int state = SUSPENDED;

  /** The element of a source that is ahead; the body holds its own. */
  private @Nullable T element;

  /** What gives the next elements while the body waits at a {@link Yielder#yieldAll}. */
  private @Nullable Iterator<?> source;

  private boolean ownsSource;

  /** Runs the sources of this one; null as long as there were none. */
  private @Nullable SourceStack sources;

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
    if (state == SUSPENDED) {
      return advance(null);
    }
    if (state == RUNNING) {
      throw runsAlready();
    }
    return state != ENDED;
  }

  @Override
  public T next() {
    if (state != AHEAD && !hasNext()) {
      throw new NoSuchElementException(this + " has no more elements");
    }
    return takeElement();
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
    if (state == RUNNING) {
      throw runsAlready();
    }
    if (state != ENDED && advance(new GeneratorExit())) {
      throw yieldsWhenClosed();
    }
  }

  /** Runs to the next element, or to the end, which the exit brings if there is one. */
  private boolean advance(@Nullable GeneratorExit exit) {
    try {
      if (source == null) {
        Step step = resume(exit);
        if (step != Step.SOURCE || exit != null) {
          return step != Step.END;
        }
      }
      return advanceSources(exit);
    } catch (StackOverflowError e) {
      throw GeneratorStackOverflow.outOf(e, body.getClass().getClassLoader());
    } catch (Throwable t) {
      StackTraces.caught(t, body.getClass().getClassLoader());
      throw t;
    }
  }

  private boolean advanceSources(@Nullable GeneratorExit exit) {
    SourceStack existing = sources;
    if (existing == null) {
      existing = new SourceStack(this);
      sources = existing;
    }
    state = RUNNING; // until the element is there, whichever of the sources runs
    return existing.advance(exit);
  }

  // What the stack of sources uses.

  /** Runs the body up to where it yields, or ends. */
  Step resume(@Nullable Throwable sent) {
    state = RUNNING;
    Object result;
    try {
      if (sent != null && !((Coro<?>) body).isGuarded()) {
        throw Unchecked.<RuntimeException>sneak(sent);
      }
      result = ((Coro<?>) body).resumeByHand(sent == null ? null : new Thrown(sent));
    } catch (GeneratorExit e) {
      end();
      e.throwSuppressed();
      return Step.END;
    } catch (Throwable t) {
      end();
      throw t;
    }
    if (result != Coro.EMITTED) {
      end();
      return Step.END;
    }
    Object next = body.takeSource();
    if (next == null) {
      state = AHEAD;
      return Step.ELEMENT;
    }
    ownsSource = next instanceof GeneratorBody.Own;
    source = next instanceof GeneratorBody.Own own ? own.generator() : (Iterator<?>) next;
    return Step.SOURCE;
  }

  int state() {
    return state;
  }

  @Nullable Iterator<?> source() {
    return source;
  }

  boolean ownsSource() {
    return ownsSource;
  }

  /** It waits for its source, which another one runs. */
  void suspend() {
    state = SUSPENDED;
  }

  /** The source has ended, and the body goes on. */
  void dropSource() {
    source = null;
  }

  void putAhead(@Nullable Object value) {
    element = Unchecked.cast(value);
    state = SOURCE_AHEAD;
  }

  T takeElement() {
    boolean own = state == AHEAD;
    state = SUSPENDED;
    T taken;
    if (own) {
      taken = body.takeCurrent();
    } else {
      taken = element;
      element = null;
    }
    return Unchecked.<T>cast(taken);
  }

  /** Where the body stands, in the user's source. */
  StackTraceElement place() {
    Coro<?> frame = body;
    return frame.lines().atState(frame.state);
  }

  private void end() {
    state = ENDED;
    element = null;
    body.takeCurrent(); // one that was ahead and is not wanted
    sources = null;
    ((Coro<?>) body).finish();
  }

  IllegalStateException yieldsWhenClosed() {
    return new IllegalStateException(
        this + " yields while it is closed: its finally blocks must not yield.");
  }

  IllegalStateException runsAlready() {
    return new IllegalStateException(this + " is running: its body can't ask it for elements.");
  }

  @Override
  public String toString() {
    return "generator " + body.lines().shortName();
  }
}
