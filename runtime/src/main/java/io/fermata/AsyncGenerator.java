package io.fermata;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.GeneratorBody;
import io.fermata.codegen.LineTable;
import io.fermata.codegen.Thrown;
import io.fermata.internal.Unchecked;
import io.fermata.internal.reports.RuntimeLines;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous generator: runs its method's body from one {@link Emitter#emit} to the next,
 * whenever an element is awaited.
 *
 * <pre>{@code
 * for (int tick : ClockAsync.ticks(3)) {   // in a coroutine: awaits each element
 *   System.out.println(tick);
 * }
 * }</pre>
 *
 * <pre>
 *             moveNext                emit
 *    READY   ----------&gt; RUNNING ----------&gt;   READY
 *      |                    | body returns or throws
 *      +--- aclose ---------+--------------------------&gt; ENDED
 * </pre>
 *
 * <p>It is iterated once, by one task at a time. Left in the middle by a loop over a call, it is
 * ended there; one held in a variable is its holder's to end: with {@link #aclose} or as the
 * resource of a try statement. One that nobody holds any more, the loop ends in a task of its own
 * once it has been collected; what is left over, when it shuts down.
 *
 * <p><b>Thread.</b> That of its loop. <b>Cancellation</b> of the task that awaits an element is
 * thrown in the body, where it stands; a body that has thrown is ended, and so is one that was
 * cancelled. <b>Errors</b> of the body come out of the step that met them, once.
 *
 * <p>asyncio: asynchronous generators.
 *
 * @param <T> type of the elements
 */
public final class AsyncGenerator<T extends @Nullable Object>
    implements AsyncIterable<T>, AsyncScope {
  private static final LineTable MOVE_NEXT =
      RuntimeLines.of(AsyncGenerator.MoveNext.class, "AsyncGenerator", "moveNext");
  private static final LineTable CLOSE =
      RuntimeLines.of(AsyncGenerator.Close.class, "AsyncGenerator", "aclose");

  // The phases. Numbers, since they are written twice for each element.

  private static final int READY = 0;
  private static final int RUNNING = 1;
  private static final int ENDED = 2;

  private final GeneratorBody<T> body;
  private int phase = READY;
  private AsyncGenerators.@Nullable Started started;
  private @Nullable T current;

  private AsyncGenerator(GeneratorBody<T> body) {
    this.body = body;
  }

  /**
   * For generated code, by way of {@link GeneratorBody#toAsyncGenerator}.
   *
   * @param <T> type of the elements
   * @param body the body
   * @return the generator, not started
   */
  public static <T extends @Nullable Object> AsyncGenerator<T> of(GeneratorBody<T> body) {
    ((Coro<?>) body).claim("made a generator");
    return new AsyncGenerator<>(body);
  }

  /** For one that was collected where it stood: another with its body, to be ended. */
  static <T extends @Nullable Object> AsyncGenerator<T> suspended(
      GeneratorBody<T> body, AsyncGenerators.Started started) {
    AsyncGenerator<T> generator = new AsyncGenerator<>(body);
    generator.started = started;
    return generator;
  }

  /** This generator's one iteration. */
  @Override
  public AsyncIterator<T> asyncIterator() {
    return new AsyncIterator<>() {
      @Override
      public Coro<Boolean> moveNext() {
        return new MoveNext();
      }

      @Override
      public T current() {
        return Unchecked.cast(current);
      }
    };
  }

  /**
   * Ends the generator: the body's finally blocks run. One that has ended is left alone.
   *
   * @return a coroutine to await; it throws {@link IllegalStateException} if the generator is
   *     running in another task, or emits instead of ending
   */
  public Coro<Void> aclose() {
    return new Close<>(Unchecked.<Void>cast(null));
  }

  /** Nothing to await: the generator starts with its first element. */
  @Override
  public Awaitable<?> enter() {
    return SharedCoro.NOTHING;
  }

  /** Ends the generator, and lets what the block threw go on. */
  @Override
  public Awaitable<@Nullable Throwable> exit(@Nullable Throwable thrown) {
    return new Close<>(Unchecked.<@Nullable Throwable>cast(thrown));
  }

  @Override
  public void close() {
    AsyncScope.super.close();
  }

  private void begin(Task<?> task) {
    if (phase == RUNNING) {
      throw new IllegalStateException(
          this + " is running: another task awaits its next element, or the body asks itself.");
    }
    phase = RUNNING;
    if (started == null) {
      started = task.loop().generators.add(task.loop(), this, body);
    }
  }

  private void end(Task<?> task) {
    phase = ENDED;
    current = null;
    ((Coro<?>) body).finish();
    if (started != null) {
      task.loop().generators.remove(started);
    }
  }

  /** Whether it stands inside a block that has something to run when it is ended. */
  boolean hasSomethingToRun() {
    return phase == READY && ((Coro<?>) body).isGuarded();
  }

  boolean isRunning() {
    return phase == RUNNING;
  }

  @Override
  public String toString() {
    return "async generator " + ((Coro<?>) body).lines().shortName();
  }

  /** A coroutine that runs the body from where it stands, as the frame that awaits it. */
  private abstract class BodyStep<R extends @Nullable Object>
      extends Continuation<R, RuntimeException> {
    private static final int IN_BODY = -2;

    /** Resumes the body with {@code first}, or takes up what it did while this was suspended. */
    final @Nullable Object runBody(
        Task<?> task, @Nullable Object sent, @Nullable Thrown first, int depth) throws Throwable {
      if (state != IN_BODY) {
        begin(task);
      }
      Object result;
      try {
        result =
            state == IN_BODY ? received(sent) : Coro.resumeOwned(this, task, body, first, depth);
      } catch (Throwable t) {
        end(task);
        throw t;
      }
      if (result == SUSPENDED) {
        state = IN_BODY;
      } else if (result == EMITTED) {
        phase = READY;
      } else {
        end(task);
      }
      return result;
    }
  }

  private final class MoveNext extends BodyStep<Boolean> {
    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      if (phase == ENDED) {
        return false;
      }
      Object result = runBody(task, sent, null, depth);
      if (result == EMITTED) {
        current = body.takeCurrent();
        return true;
      }
      return result == SUSPENDED ? SUSPENDED : (Object) false;
    }

    @Override
    protected LineTable lines() {
      return MOVE_NEXT;
    }
  }

  private final class Close<R extends @Nullable Object> extends BodyStep<R> {
    private @Nullable R result;

    Close(R result) {
      this.result = result;
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      if (phase == ENDED) {
        return ended(result);
      }
      if (phase == READY && !((Coro<?>) body).isGuarded()) {
        end(task);
        return ended(result);
      }
      Object bodyResult;
      try {
        bodyResult = runBody(task, sent, new Thrown(new GeneratorExit()), depth);
      } catch (GeneratorExit e) {
        e.throwSuppressed();
        return ended(result);
      }
      if (bodyResult == EMITTED) {
        throw new IllegalStateException(
            AsyncGenerator.this + " emits while it is ended: its finally blocks must not emit.");
      }
      return bodyResult == SUSPENDED ? SUSPENDED : ended(result);
    }

    @Override
    protected void clear() {
      result = null;
    }

    @Override
    protected LineTable lines() {
      return CLOSE;
    }
  }
}
