package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.Suppression;
import io.fermata.internal.reports.RuntimeLines;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@link TaskGroup#start}: makes a task, and waits until it is ready. */
final class Start<T extends @Nullable Object> extends RuntimeCoro<T> {
  private static final LineTable LINES = RuntimeLines.of(Start.class, "TaskGroup", "start");
  private static final int WAITING = -2;
  private static final int GIVEN_UP = -3;

  private @Nullable TaskGroup group;
  private @Nullable Startable<T> child;
  private @Nullable TaskOptions options;
  private @Nullable Starting<T> starting;

  /** What this was left with. */
  private @Nullable Throwable thrown;

  Start(TaskGroup group, Startable<T> child, TaskOptions options) {
    super(LINES);
    this.group = group;
    this.child = Objects.requireNonNull(child, "child");
    this.options = Objects.requireNonNull(options, "options");
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    Starting<T> begun = starting == null ? begin(task) : starting;
    try {
      received(sent);
    } catch (Throwable t) {
      giveUp(begun, t);
    }
    if (thrown == null && begun.isStarted()) {
      return ended(begun.takeValue());
    }
    if (begun.hasEnded()) {
      throw failure(begun);
    }
    state = thrown == null ? WAITING : GIVEN_UP;
    return await(task, begun.arrival(), depth);
  }

  private Starting<T> begin(Task<?> task) {
    Startable<T> given = Objects.requireNonNull(child);
    Starting<T> begun = new Starting<>(Objects.requireNonNull(group), task);
    Coro<?> coro =
        Objects.requireNonNull(
            given.coroutine(new TaskStatus<>(begun)), "what is to be started is null");
    begun.createTask(coro, Objects.requireNonNull(options));
    starting = begun;
    child = null;
    return begun;
  }

  private void giveUp(Starting<T> begun, Throwable t) {
    if (thrown == null) {
      thrown = t;
      begun.giveUp();
    } else if (!(t instanceof CancelledError)) {
      Suppression.add(thrown, t);
    }
  }

  /** What this throws, the task being done. */
  private Throwable failure(Starting<T> begun) {
    Task<?> done = begun.task();
    if (thrown != null) {
      if (!begun.isStarted() && done.state() == Promise.State.FAILED) {
        Suppression.add(thrown, Objects.requireNonNull(done.exception()));
      }
      return thrown;
    }
    if (done.state() == Promise.State.SUCCEEDED) {
      return endedEarly(done);
    }
    try {
      done.result();
    } catch (Throwable t) {
      return t;
    }
    throw new AssertionError(done);
  }

  private static IllegalStateException endedEarly(Task<?> done) {
    return new IllegalStateException(
        done + " has ended without being ready: it is to call started() on its TaskStatus.");
  }

  @Override
  protected void clear() {
    group = null;
    child = null;
    options = null;
    starting = null;
    thrown = null;
  }
}
