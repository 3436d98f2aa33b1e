package io.fermata.net;

import io.fermata.Task;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that reads, written by hand. It waits until its {@link #attempt} is content; what it
 * does not give stays in the {@link Input}, however it ends.
 */
abstract class ReadOperation<T extends @Nullable Object> extends StreamOperation<T> {
  /** What an attempt gives that needs more. */
  static final Object NOT_YET = new Object();

  /** Held so that nobody takes a connection for dropped that is read. */
  final StreamReader reader;

  ReadOperation(StreamReader reader) {
    this.reader = reader;
  }

  /**
   * The result, from what is there; {@link #NOT_YET} if that does not do.
   *
   * @throws IOException if it never will
   */
  abstract @Nullable Object attempt(Input input) throws IOException;

  /** Reads from the system, once. */
  void pull(Input input) {
    input.pull(Integer.MAX_VALUE);
  }

  @Override
  protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth)
      throws Throwable {
    Input input = reader.input();
    try {
      if (state == WAITING) {
        received(sent);
      } else {
        input.begin(this, task);
      }
      for (; ; ) {
        Object result = attempt(input);
        if (result != NOT_YET) {
          input.end(this);
          return given(task, result);
        }
        if (!input.isReadable()) {
          input.prepareToWait();
          Object suspended = await(task, input.arrival, depth);
          state = WAITING;
          return suspended;
        }
        pull(input);
      }
    } catch (Throwable t) {
      input.end(this);
      throw t;
    }
  }
}
