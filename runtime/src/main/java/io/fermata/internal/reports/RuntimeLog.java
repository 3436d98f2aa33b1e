package io.fermata.internal.reports;

import io.fermata.internal.Suppression;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The log {@code io.fermata}. An entry is made whatever the failure in it and the logger do: what
 * can't be printed is told by its class and its trace, and where the logger fails, the entry goes
 * to {@link System#err}. Thread-safe.
 */
public final class RuntimeLog {
  private static final Logger LOG = System.getLogger("io.fermata");

  private RuntimeLog() {}

  public static void log(Level level, String text, @Nullable Throwable failure) {
    try {
      if (LOG.isLoggable(level)) {
        LOG.log(level, text, failure == null ? null : printable(failure));
      }
    } catch (Throwable t) {
      printInstead(text, failure, t);
    }
  }

  /** The failure itself; one that stands for it if printing it throws, which loggers may hide. */
  private static Throwable printable(Throwable failure) {
    Throwable trouble = troublePrinting(failure);
    if (trouble == null) {
      return failure;
    }
    Throwable cause = ThrowableAccess.causeOf(failure);
    Throwable standIn =
        new Throwable(
            failure.getClass().getName() + " (can't be printed: " + nameOf(trouble) + ")",
            cause == null || troublePrinting(cause) != null ? null : cause);
    standIn.setStackTrace(ThrowableAccess.traceOf(failure));
    for (Throwable suppressed : failure.getSuppressed()) {
      if (troublePrinting(suppressed) == null) {
        Suppression.add(standIn, suppressed);
      }
    }
    return standIn;
  }

  private static @Nullable Throwable troublePrinting(Throwable failure) {
    try {
      failure.printStackTrace(new PrintWriter(Writer.nullWriter()));
      return null;
    } catch (Throwable t) {
      return t;
    }
  }

  @SuppressWarnings("EmptyCatch") // there is nobody left to tell
  private static void printInstead(String text, @Nullable Throwable failure, Throwable trouble) {
    String what = failure == null ? "" : ": " + nameOf(failure);
    try {
      System.err.println(text + what + " (the logger failed with " + nameOf(trouble) + ")");
    } catch (Throwable t) {
      // System.err is a user's stream, and fails too.
    }
  }

  private static String nameOf(Throwable throwable) {
    return throwable.getClass().getName();
  }
}
