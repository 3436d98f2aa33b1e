package io.fermata.internal;

/**
 * The interrupts of a run's thread: the first one cancels, the second one gives up. They are taken
 * from the thread as they come, and its flag is set again at the end.
 */
public final class Interrupts {
  private int count;

  /** A run begins. */
  public void reset() {
    count = 0;
  }

  /** Takes the thread's flag, which the run that is over may have set again. */
  public void takeFlag() {
    if (Thread.interrupted()) {
      count = Math.max(count, 1);
    }
  }

  /** One more has been taken from the thread. */
  public void add() {
    count++;
  }

  public boolean any() {
    return count > 0;
  }

  /** Whether somebody insists. */
  public boolean several() {
    return count > 1;
  }

  /** Gives the thread back what was taken. */
  public void restoreFlag() {
    if (any()) {
      Thread.currentThread().interrupt();
    }
  }
}
