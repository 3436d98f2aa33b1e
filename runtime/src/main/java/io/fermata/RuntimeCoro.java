package io.fermata;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import org.jspecify.annotations.Nullable;

/** A coroutine of the runtime's own, written by hand as the processor would generate it. */
abstract class RuntimeCoro<T extends @Nullable Object> extends Continuation<T, RuntimeException> {
  private final LineTable lines;

  RuntimeCoro(LineTable lines) {
    this.lines = lines;
  }

  @Override
  protected final LineTable lines() {
    return lines;
  }
}
