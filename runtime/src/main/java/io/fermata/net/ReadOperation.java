package io.fermata.net;

import io.fermata.Task;
import io.fermata.codegen.Continuation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that reads, written by hand. It waits until its {@link #attempt} is content; what it
 * does not give stays in the {@link Input}, however it ends.
 */
abstract class ReadOperation<T extends @Nullable Object> extends Continuation<T, IOException> {
  private static final int CREATED = 0;

  /** What an attempt gives that needs more. */
  static final Object NOT_YET = new Object();

  private static final int WAITING = -2;

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

  /** It has given its result to the coroutine that awaits it, and may be {@link #renew}ed. */
  void hasGiven() {}

  /** Makes of one that has given its result one that was not started. */
  final void renew() {
    state = CREATED;
  }

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
          if (task.getCoro() != this) {
            hasGiven();
          }
          return ended(result);
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
