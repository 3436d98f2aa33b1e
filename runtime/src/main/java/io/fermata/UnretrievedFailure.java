package io.fermata;

import java.lang.ref.PhantomReference;
import org.jspecify.annotations.Nullable;

/**
 * A failure that nobody has looked at yet. It stands in the promise in place of the failure, and in
 * the loop's {@link UnretrievedFailures} until the promise is asked, collected, or the loop closed.
 */
final class UnretrievedFailure extends PhantomReference<Promise<?>> {
  private final Failed failed;
  private final UnretrievedFailures reports;
  private final String message;
  private final String promise;

  /** Where the handler is to run that is told of it: the task's; null for a mere promise's. */
  private final @Nullable Context context;

  private UnretrievedFailure(
      Promise<?> promise, Failed failed, UnretrievedFailures reports, String description) {
    super(promise, reports.collected());
    this.failed = failed;
    this.reports = reports;
    this.message =
        failed.failure instanceof CancelledError && failed.failure.getSuppressed().length > 0
            ? "Task was cancelled, and what was suppressed then was never retrieved"
            : (promise instanceof Task<?> ? "Task" : "Promise") + " exception was never retrieved";
    this.promise = description;
    this.context = promise instanceof Task<?> task ? task.getContext() : null;
  }

  /** Watches a failure that was just given to a promise. */
  static UnretrievedFailure of(Promise<?> promise, Failed failed) {
    UnretrievedFailures reports = promise.loop.reports.unretrievedFailures();
    UnretrievedFailure unretrieved =
        new UnretrievedFailure(promise, failed, reports, Descriptions.ofFailed(promise));
    reports.add(unretrieved);
    return unretrieved;
  }

  Throwable failure() {
    return failed.failure;
  }

  /** Somebody looks: there is nothing to report any more. */
  Failed retrieve() {
    reports.remove(this);
    clear();
    return failed;
  }

  String message() {
    return message;
  }

  String promise() {
    return promise;
  }

  @Nullable Context context() {
    return context;
  }
}
