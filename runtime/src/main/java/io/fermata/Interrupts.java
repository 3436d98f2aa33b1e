package io.fermata;

/**
 * The interrupts of a run's thread: the first one cancels, the second one gives up. They are taken
 * from the thread as they come, and its flag is set again at the end.
 */
final class Interrupts {
  private int count;

  /** A run begins. */
  void reset() {
    count = 0;
  }

  /** Takes the thread's flag, which the run that is over may have set again. */
  void takeFlag() {
    if (Thread.interrupted()) {
      count = Math.max(count, 1);
    }
  }

  /** One more has been taken from the thread. */
  void add() {
    count++;
  }

  boolean any() {
    return count > 0;
  }

  /** Whether somebody insists. */
  boolean several() {
    return count > 1;
  }

  /** Gives the thread back what was taken. */
  void restoreFlag() {
    if (any()) {
      Thread.currentThread().interrupt();
    }
  }
}
