package io.fermata.sync;

import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Leaves a block without waiting: gives back what it held, and passes on what it threw. */
final class ScopeExit extends Continuation<@Nullable Throwable, RuntimeException> {
  private static final LineTable LINES =
      LineTable.of(CONTRACT, "io.fermata.AsyncScope", "exit", "AsyncScope.java", "", "");

  private @Nullable Runnable giveBack;
  private @Nullable Throwable thrown;

  ScopeExit(Runnable giveBack, @Nullable Throwable thrown) {
    this.giveBack = giveBack;
    this.thrown = thrown;
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth) {
    Objects.requireNonNull(giveBack).run();
    return ended(thrown);
  }

  @Override
  protected void clear() {
    giveBack = null;
    thrown = null;
  }

  @Override
  protected LineTable lines() {
    return LINES;
  }
}
