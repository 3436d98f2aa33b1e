package io.fermata;

/** What stands in the ready queue besides tasks. */
abstract class Ready {

  /** Runs it, on the loop's thread. What it throws, besides fatal errors, it has reported. */
  abstract void run(EventLoop running);

  /** The loop that it is for. */
  abstract EventLoop loop();
}
