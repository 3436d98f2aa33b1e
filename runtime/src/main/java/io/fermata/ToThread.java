package io.fermata;

import io.fermata.codegen.LineTable;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** {@code toThread}: runs work in the default executor, in a copy of the caller's context. */
final class ToThread<T extends @Nullable Object> extends RuntimeCoro<T> {
  private static final LineTable LINES = RuntimeLines.of(ToThread.class, "toThread");
  private static final int WAITING = 2;

  private @Nullable Callable<T> work;

  ToThread(Callable<T> work) {
    super(LINES);
    this.work = Objects.requireNonNull(work, "work");
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    if (state == WAITING) {
      return ended(sent);
    }
    Callable<T> given = Objects.requireNonNull(work);
    Context context = Context.copyOfCurrent();
    CarriedThreadLocals threadLocals = task.loop.threadLocals;
    Callable<T> code = threadLocals == null ? given : () -> threadLocals.call(context, given);
    Promise<T> promise = task.loop.runInExecutor(null, () -> context.call(code));
    state = WAITING;
    return await(task, promise, depth);
  }

  @Override
  protected void clear() {
    work = null;
  }
}
