package io.fermata.junit;

/** What fails a test of coroutines besides what it throws; see {@link Tolerate}. */
public enum Finding {
  /** A task was still running when the test and its {@code @AfterEach} methods had ended. */
  TASK_LEFT_RUNNING,

  /** A task, a promise or a callback has failed, and nobody has looked at the failure. */
  FAILURE_NEVER_RETRIEVED,

  /** A coroutine was created, and not awaited, made a task or closed. */
  COROUTINE_NEVER_AWAITED,

  /**
   * A step of a task, or a callback, held the loop's thread: for 100 ms of real time while it
   * waited, as in {@code Thread.sleep} or a blocking read, or for 500 ms of CPU time.
   */
  LOOP_BLOCKED,

  /**
   * Nothing can ever run again. Where that is tolerated, the loop waits for calls of other threads,
   * as {@link io.fermata.testing.VirtualTimeLoop#expectOtherThreads} has it do.
   */
  DEADLOCK
}
