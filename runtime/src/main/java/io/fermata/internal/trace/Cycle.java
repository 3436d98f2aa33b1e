package io.fermata.internal.trace;

/**
 * A step of a task, and the wait before it. Moments as in {@link Timeline}.
 *
 * <pre>
 *  waits -----------&gt; ready -----------&gt; begins ----------&gt; ends
 *        for a place         for its turn          runs
 * </pre>
 */
final class Cycle {
  final int task;

  /** Since when it waits; -1 for the first step of a task. */
  int waits = -1;

  /** Since when it may go on; -1 while it waits. */
  int ready = -1;

  int begins = -1;
  int ends = -1;

  /** Where it waits, or begins: an index into the places, or -1. */
  int place = -1;

  /** What of the runtime's it has called there: an index into the functions, or -1. */
  int called = -1;

  /** The task that it awaits, or 0. */
  int awaited;

  /** By whom it was woken: a task, or a constant of {@code LoopObserver}. */
  int by;

  /** When the step began on the machine's clock, where the loop has another; else -1. */
  long realBegan = -1;

  /** When, in a step of the task that has woken it; -1 if that is not known, or none has. */
  int woken = -1;

  /** What the step took on the machine's clock, where the loop has another; else -1. */
  long realTime = -1;

  Cycle(int task) {
    this.task = task;
  }
}
