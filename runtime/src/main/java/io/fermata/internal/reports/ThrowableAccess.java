package io.fermata.internal.reports;

import io.fermata.internal.Unchecked;
import org.jspecify.annotations.Nullable;

/**
 * What throwables tell of themselves, whatever their own code does: a user's class may override
 * these methods, and have them throw or give null.
 */
public final class ThrowableAccess {
  private static final StackTraceElement[] NO_TRACE = {};

  private ThrowableAccess() {}

  /** The stack trace; empty if the throwable does not tell it. */
  @SuppressWarnings("EmptyCatch") // a trace is told beside the failure, and must not replace it
  public static StackTraceElement[] traceOf(Throwable throwable) {
    try {
      @Nullable StackTraceElement @Nullable [] trace = throwable.getStackTrace();
      if (trace != null && holdsNoNull(trace)) {
        return Unchecked.<StackTraceElement[]>cast(trace);
      }
    } catch (Throwable t) {
      // It tells none.
    }
    return NO_TRACE;
  }

  private static boolean holdsNoNull(@Nullable StackTraceElement[] trace) {
    for (StackTraceElement frame : trace) {
      if (frame == null) {
        return false;
      }
    }
    return true;
  }

  /** Gives a throwable another trace, if it takes one. */
  @SuppressWarnings("EmptyCatch") // as for reading
  public static void setTrace(Throwable throwable, StackTraceElement[] trace) {
    try {
      throwable.setStackTrace(trace);
    } catch (Throwable t) {
      // It keeps its own.
    }
  }

  /** The cause; null if there is none, or the throwable does not tell it. */
  public static @Nullable Throwable causeOf(Throwable throwable) {
    try {
      return throwable.getCause();
    } catch (Throwable t) {
      return null;
    }
  }

  /** The message; null if there is none, or the throwable does not tell it. */
  public static @Nullable String messageOf(Throwable throwable) {
    try {
      return throwable.getMessage();
    } catch (Throwable t) {
      return null;
    }
  }
}
