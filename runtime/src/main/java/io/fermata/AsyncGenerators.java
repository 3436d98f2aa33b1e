package io.fermata;

import io.fermata.codegen.LineTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The asynchronous generators of a loop that were started and have not ended. */
final class AsyncGenerators {
  private static final LineTable SHUTDOWN =
      RuntimeLines.of(EndAll.class, "EventLoop", "shutdownAsyncGenerators");

  private final Set<AsyncGenerator<?>> open = new LinkedHashSet<>();

  void add(AsyncGenerator<?> generator) {
    open.add(generator);
  }

  void remove(AsyncGenerator<?> generator) {
    open.remove(generator);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Ends them all; their failures are reported to the loop's exception handler. */
  Coro<Void> shutdown() {
    return new EndAll();
  }

  private final class EndAll extends RuntimeCoro<Void> {
    private static final int ENDING_ONE = -2;

    private final List<AsyncGenerator<?>> left = new ArrayList<>();

    EndAll() {
      super(SHUTDOWN);
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
        throws Throwable {
      boolean resumed = state == ENDING_ONE;
      if (!resumed) {
        left.addAll(open);
      }
      while (!left.isEmpty()) {
        AsyncGenerator<?> generator = left.get(0);
        try {
          Object result = resumed ? received(sent) : await(task, generator.aclose(), depth);
          if (result == SUSPENDED) {
            state = ENDING_ONE;
            return SUSPENDED;
          }
        } catch (CancelledError e) {
          throw e;
        } catch (Throwable t) {
          task.loop()
              .callExceptionHandler(
                  new ExceptionContext("an error occurred while ending " + generator, t));
        }
        resumed = false;
        left.remove(0);
      }
      return null;
    }

    @Override
    protected void clear() {
      left.clear(); // if it was cancelled
    }
  }
}
