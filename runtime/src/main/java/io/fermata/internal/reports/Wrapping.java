package io.fermata.internal.reports;

import io.fermata.Coro;
import io.fermata.codegen.LineTable;
import org.jspecify.annotations.Nullable;

/** A coroutine of the runtime's around one of the user's, whose name it has in texts. */
public interface Wrapping {

  /** {@return the lines of what it runs, also at its end; null before its first step} */
  @Nullable LineTable wrapped();

  /** {@return the lines of what is awaited in a task; null if it is no coroutine} */
  static @Nullable LineTable linesOf(@Nullable Object awaited) {
    return awaited instanceof Coro<?> coro ? LoopAccess.get().lines(coro) : null;
  }
}
