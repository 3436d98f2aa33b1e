package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.reports.RuntimeLines;
import org.jspecify.annotations.Nullable;

/** A coroutine that gives a value without waiting. */
final class Done<T extends @Nullable Object> extends RuntimeCoro<T> {
  private static final LineTable LINES = RuntimeLines.of(Done.class, "completed");

  private @Nullable T value;

  Done(T value) {
    super(LINES);
    this.value = value;
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth) {
    return ended(value);
  }

  @Override
  protected void clear() {
    value = null;
  }
}
