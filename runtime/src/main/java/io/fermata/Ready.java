package io.fermata;

/** What stands in the ready queue besides tasks. */
abstract class Ready {

  /** Runs it, on the loop's thread. What it throws, besides fatal errors, it has reported. */
  abstract void run(EventLoop running);

  /** Its loop was closed before its turn came. */
  void abandon() {}

  /** The loop that it is for. */
  abstract EventLoop loop();
}
