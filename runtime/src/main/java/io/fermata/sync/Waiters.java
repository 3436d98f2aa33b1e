package io.fermata.sync;

import io.fermata.Task;
import io.fermata.internal.waiting.Waiter;
import io.fermata.internal.waiting.WaitingLine;

/** The tasks that wait at one primitive, in order of arrival, on one loop. */
final class Waiters extends WaitingLine {
  private final BoundLoop loop = new BoundLoop();

  /**
   * @param primitive what the tasks wait at: its text says so
   */
  Waiters(Object primitive) {
    super(primitive);
  }

  /**
   * Puts the task at the end.
   *
   * @throws IllegalStateException if tasks of another loop have waited here
   */
  Waiter join(Task<?> task) {
    loop.bind(task, purpose);
    return join();
  }

  /** Wakes all that have not been woken. */
  void wakeAll() {
    wakeUpTo(Integer.MAX_VALUE);
  }

  /** {@code ", waiters=2"}, or nothing; who was woken or cancelled counts until it has left. */
  @Override
  public String toString() {
    return size() == 0 ? "" : ", waiters=" + size();
  }
}
