package io.fermata.sync;

import io.fermata.EventLoop;
import io.fermata.Task;
import io.fermata.internal.Excerpt;
import org.jspecify.annotations.Nullable;

/** The loop that a primitive belongs to: the one on which a task first had to wait for it. */
final class BoundLoop {
  private @Nullable EventLoop loop;

  /**
   * A task has to wait.
   *
   * @param primitive what it waits at, for the message
   * @throws IllegalStateException if tasks of another loop have waited there
   */
  void bind(Task<?> task, Object primitive) {
    EventLoop own = task.loop();
    if (loop == null) {
      loop = own;
    } else if (loop != own) {
      throw new IllegalStateException(
          Excerpt.of(primitive)
              + " is bound to a different event loop, on which a task has waited for it: make one"
              + " for each loop.");
    }
  }
}
