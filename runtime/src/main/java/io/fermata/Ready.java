package io.fermata;

import org.jspecify.annotations.Nullable;

/** What stands in the ready queue besides tasks. */
abstract class Ready {

  /** Runs it, on the loop's thread. What it throws, besides fatal errors, it has reported. */
  abstract void run(EventLoop running);

  /** In place of {@link #run}: what its context carries could not be shown to it. */
  void fail(EventLoop running, Throwable failure) {
    running.reports.callbackFailed(failure, "Exception in " + this, null, null);
  }

  /** Its loop was closed before its turn came. */
  void abandon() {}

  /** The context that it runs in; null for the runtime's own, which looks at none. */
  @Nullable Context runsIn() {
    return null;
  }

  /** The loop that it is for. */
  abstract EventLoop loop();
}
