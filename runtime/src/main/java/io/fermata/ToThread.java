package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.reports.RuntimeLines;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** {@code toThread}: runs work in the default executor, in a copy of the caller's context. */
final class ToThread<T extends @Nullable Object> extends RuntimeCoro<T> {
  private static final LineTable LINES = RuntimeLines.of(ToThread.class, "toThread");
  private static final int WAITING = 2;

  private @Nullable Callable<T> work;
  private final boolean interrupting;

  ToThread(Callable<T> work, ThreadOptions options) {
    super(LINES);
    this.work = Objects.requireNonNull(work, "work");
    this.interrupting = options.interruptsOnCancel();
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
    Callable<T> inContext = () -> context.call(code);
    Promise<T> promise =
        interrupting
            ? interruptible(task.loop, inContext)
            : task.loop.runInExecutor(null, inContext);
    state = WAITING;
    return await(task, promise, depth);
  }

  private static <T extends @Nullable Object> Promise<T> interruptible(
      EventLoop loop, Callable<T> work) {
    InterruptibleWork<T> interruptible = new InterruptibleWork<>(work);
    Promise<T> promise = loop.runInExecutor(null, interruptible);
    promise.addCallback(interruptible);
    return promise;
  }

  @Override
  protected void clear() {
    work = null;
  }
}
