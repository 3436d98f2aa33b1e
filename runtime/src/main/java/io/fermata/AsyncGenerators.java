package io.fermata;

import io.fermata.codegen.GeneratorBody;
import io.fermata.codegen.LineTable;
import io.fermata.internal.FatalErrors;
import io.fermata.internal.Unchecked;
import io.fermata.internal.reports.RuntimeLines;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous generators of a loop that were started and have not ended. Of each the body is
 * kept, and the generator that users hold is not: when that has been collected, the body's finally
 * blocks run in a task.
 */
final class AsyncGenerators {
  private static final LineTable SHUTDOWN =
      RuntimeLines.of(EndAll.class, "EventLoop", "shutdownAsyncGenerators");
  private static final LineTable END = RuntimeLines.of(EndOne.class, "AsyncGenerator", "aclose");

  private final Set<Started> open = new LinkedHashSet<>();

  /** Null until a generator has started. */
  private @Nullable ReferenceQueue<AsyncGenerator<?>> collected;

  /** A generator that has started. */
  static final class Started extends WeakReference<AsyncGenerator<?>> {
    private final GeneratorBody<?> body;

    Started(
        AsyncGenerator<?> generator,
        GeneratorBody<?> body,
        ReferenceQueue<AsyncGenerator<?>> collected) {
      super(generator, collected);
      this.body = body;
    }

    /** The generator, or one in the place of that which has been collected. */
    AsyncGenerator<?> generator() {
      AsyncGenerator<?> held = get();
      return held != null ? held : AsyncGenerator.suspended(body, this);
    }
  }

  Started add(EventLoop loop, AsyncGenerator<?> generator, GeneratorBody<?> body) {
    endCollected(loop);
    ReferenceQueue<AsyncGenerator<?>> queue = collected;
    if (queue == null) {
      queue = new ReferenceQueue<>();
      collected = queue;
    }
    Started started = new Started(generator, body, queue);
    open.add(started);
    return started;
  }

  void remove(Started started) {
    open.remove(started);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Ends those that nobody holds any more, each in a task. Called by the loop now and then. */
  void endCollected(EventLoop loop) {
    ReferenceQueue<AsyncGenerator<?>> queue = collected;
    if (queue == null) {
      return;
    }
    for (Reference<?> gone; (gone = queue.poll()) != null; ) {
      if (gone instanceof Started started && open.contains(started)) {
        Task.create(loop, new EndOne(started), TaskOptions.DEFAULT.withContext(new Context()));
      }
    }
  }

  /** Ends them all; their failures are reported to the loop's exception handler. */
  Coro<Void> shutdown() {
    return new EndAll();
  }

  /** The loop is closed: tells of those that had something to run at their end. */
  void reportLeft(EventLoop loop) {
    List<Started> left = List.copyOf(open);
    open.clear();
    for (Started started : left) {
      AsyncGenerator<?> generator = started.generator();
      if (generator.hasSomethingToRun()) {
        loop.callExceptionHandler(
            new ExceptionContext(
                generator
                    + " was open when its loop was closed, and its finally blocks will never run:"
                    + " aclose() it, or await shutdownAsyncGenerators(), or leave that to a Runner",
                null));
      }
    }
  }

  /** Ends each in a task of its own, also those that are started meanwhile. */
  private final class EndAll extends RuntimeCoro<Void> {
    private static final int ENDING = -2;

    private final Set<Started> seen = new HashSet<>();

    EndAll() {
      super(SHUTDOWN);
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      if (state == ENDING) {
        received(sent);
      }
      for (; ; ) {
        List<Task<?>> ending = endUnseen(task.loop());
        if (ending.isEmpty()) {
          return null;
        }
        Promise<?> allEnded = GatherPromise.<@Nullable Object>ofOutcomes(Unchecked.cast(ending));
        if (await(task, allEnded, depth) == SUSPENDED) {
          state = ENDING;
          return SUSPENDED;
        }
      }
    }

    private List<Task<?>> endUnseen(EventLoop loop) {
      List<Task<?>> ending = new ArrayList<>();
      for (Started started : List.copyOf(open)) {
        if (seen.add(started)) {
          ending.add(Task.create(loop, new EndOne(started), TaskOptions.DEFAULT));
        }
      }
      return ending;
    }

    @Override
    protected void clear() {
      seen.clear();
    }
  }

  /** Ends one, and reports how that failed. */
  private final class EndOne extends RuntimeCoro<Void> {
    private static final int ENDING = -2;

    private final Started started;
    private final AsyncGenerator<?> generator;

    EndOne(Started started) {
      super(END);
      this.started = started;
      this.generator = started.generator();
      if (started.refersTo(null)) {
        open.remove(started); // nobody else is to end the one in its place
      }
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      try {
        Object result = state == ENDING ? received(sent) : await(task, generator.aclose(), depth);
        if (result == SUSPENDED) {
          state = ENDING;
        }
        return result;
      } catch (Throwable t) {
        if (FatalErrors.isFatal(t) || (t instanceof CancelledError && task.cancelling() > 0)) {
          throw t;
        }
        if (!generator.isRunning()) {
          open.remove(started);
        }
        task.loop()
            .callExceptionHandler(
                new ExceptionContext("an error occurred while ending " + generator, t));
        return null;
      }
    }
  }
}
