package io.fermata;

import org.jspecify.annotations.Nullable;

/** What stands in the ready queue besides tasks. */
abstract class Ready {

  /** Runs it, on the loop's thread. What it throws, besides fatal errors, it has reported. */
  abstract void run(EventLoop running);

  /** Its loop was closed before its turn came. */
  void abandon() {}

  /** The context that it runs in; null for the runtime's own, which looks at none. */
  @Nullable Context runsIn() {
    return null;
  }

  /** The loop that it is for. */
  abstract EventLoop loop();
}
