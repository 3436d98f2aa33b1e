package io.fermata;

import io.fermata.internal.FatalErrors;
import io.fermata.internal.Unchecked;
import io.fermata.internal.reports.FailureReport;
import io.fermata.internal.reports.StackTraces;
import org.jspecify.annotations.Nullable;

/** What a loop tells of that no code can catch: failures, and what was forgotten. */
final class LoopReports {
  private final EventLoop loop;
  private @Nullable ExceptionHandler handler;

  /** Null as long as there are none. */
  private @Nullable UnretrievedFailures unretrieved;

  /** Null as long as there are none. */
  private @Nullable UnawaitedCoroutines unawaited;

  LoopReports(EventLoop loop) {
    this.loop = loop;
  }

  /** Who is told; null for the log. */
  void setHandler(@Nullable ExceptionHandler handler) {
    this.handler = handler;
  }

  @Nullable ExceptionHandler handler() {
    return handler;
  }

  /** Tells the handler, in this context; null for the current one. */
  void tell(ExceptionContext failed, @Nullable Context runsIn) {
    if (failed.exception() != null) {
      StackTraces.caught(failed.exception(), null);
    }
    new FailureReport(loop, failed).tell(handler, runsIn);
  }

  void callbackFailed(
      Throwable t, String message, @Nullable Promise<?> promise, @Nullable Handle handle) {
    Throwable createdAt = handle == null ? null : handle.createdAt();
    ExceptionContext failed = new ExceptionContext(message, t, handle, promise, null, createdAt);
    callbackFailed(t, failed, failed.contextOfFailed());
  }

  void callbackFailed(Throwable t, ExceptionContext failed, @Nullable Context runsIn) {
    if (FatalErrors.isFatal(t)) {
      throw Unchecked.<RuntimeException>sneak(t);
    }
    tell(failed, runsIn);
  }

  UnretrievedFailures unretrievedFailures() {
    UnretrievedFailures failures = unretrieved;
    if (failures == null) {
      failures = new UnretrievedFailures(loop);
      unretrieved = failures;
    }
    return failures;
  }

  UnawaitedCoroutines unawaitedCoroutines() {
    UnawaitedCoroutines coroutines = unawaited;
    if (coroutines == null) {
      coroutines = new UnawaitedCoroutines(loop);
      unawaited = coroutines;
    }
    return coroutines;
  }

  /** Tells of what nobody can look at any more. */
  void reportCollected() {
    if (unretrieved != null) {
      unretrieved.reportCollected();
    }
    if (unawaited != null) {
      unawaited.reportCollected();
    }
  }

  /** Tells of all that is left: the loop ends. */
  void reportAll() {
    if (unretrieved != null) {
      unretrieved.reportAll();
    }
    if (unawaited != null) {
      unawaited.reportAll();
    }
  }
}
