package io.fermata.internal.reports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a loop remembers, so that a trace is told faster than the first was. */
public final class TraceMemory {
  /** The user's frames under which the loop runs, once they were asked for. */
  @Nullable List<StackTraceElement> callers;

  /** The trace that was last found told. */
  @Nullable ToldTrace told;

  /** Of a loop that has not run. */
  public TraceMemory() {}

  /** Who runs the loop now is another. */
  public void runBegins() {
    callers = null;
  }
}
