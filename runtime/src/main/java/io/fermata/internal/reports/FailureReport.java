package io.fermata.internal.reports;

import io.fermata.Context;
import io.fermata.EventLoop;
import io.fermata.ExceptionContext;
import io.fermata.ExceptionHandler;
import io.fermata.internal.FatalErrors;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Tells a loop's exception handler, or the log, of a failure that no code can catch. */
public final class FailureReport {
  private final EventLoop loop;
  private final ExceptionContext failure;
  private boolean told;

  public FailureReport(EventLoop loop, ExceptionContext failure) {
    this.loop = loop;
    this.failure = failure;
  }

  /** Tells the handler, in this context, null for the current one; the log, if it fails. */
  public void tell(@Nullable ExceptionHandler handler, @Nullable Context runsIn) {
    if (handler == null) {
      log();
      return;
    }
    try {
      tellIn(runsIn, handler);
    } catch (Throwable t) {
      if (FatalErrors.isFatal(t)) {
        throw t;
      }
      RuntimeLog.log(Level.ERROR, "The loop's exception handler failed", t);
      log();
    }
  }

  private void tellIn(@Nullable Context runsIn, ExceptionHandler handler) {
    try {
      if (runsIn != null) {
        runsIn.run(() -> tell(handler));
      }
    } catch (Throwable t) {
      if (told) {
        throw t;
      }
      RuntimeLog.log(Level.ERROR, "The context of a failure could not be entered", t);
    }
    if (!told) {
      tell(handler);
    }
  }

  private void tell(ExceptionHandler handler) {
    told = true;
    handler.handle(loop, failure);
  }

  private void log() {
    StringBuilder text = new StringBuilder(failure.message());
    if (failure.subject() != null) {
      text.append(": ").append(failure.subject());
    }
    if (failure.createdAt() != null) {
      text.append(StackTraces.describe(failure.createdAt()));
    }
    RuntimeLog.log(Level.ERROR, text.toString(), failure.exception());
  }
}
