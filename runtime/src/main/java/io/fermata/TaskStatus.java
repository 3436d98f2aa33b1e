package io.fermata;

import io.fermata.internal.Unchecked;
import org.jspecify.annotations.Nullable;

/**
 * By which a task that {@link TaskGroup#start} has started says that it is ready.
 *
 * <pre>{@code
 * @Coroutine
 * static void serve(TaskStatus<List<SocketAddress>> status) throws IOException {
 *   try (Server server = await(startServer(EchoAsync::handle, "localhost", 0))) {
 *     status.started(server.addresses());
 *     await(server.serveForever());
 *   }
 * }
 * }</pre>
 *
 * <p>A coroutine that has nothing to tell takes a {@code TaskStatus<?>}, and calls {@link
 * #started()}.
 *
 * <p><b>Thread.</b> The loop's.
 *
 * <p>Trio: {@code task_status}.
 *
 * @param <T> what {@code start} gives
 */
public final class TaskStatus<T extends @Nullable Object> {
  private final Starting<T> starting;

  TaskStatus(Starting<T> starting) {
    this.starting = starting;
  }

  /**
   * Says that the task is ready: {@code start} gives the value, and the task is one of the group's
   * like any other. If {@code start} was cancelled before, nothing comes of it.
   *
   * @param value what {@code start} gives
   * @throws IllegalStateException if it was called before, or the task has ended
   */
  public void started(T value) {
    starting.started(value);
  }

  /**
   * As {@link #started(Object)} with null, for a task that has nothing to tell.
   *
   * @throws IllegalStateException if it was called before, or the task has ended
   */
  public void started() {
    starting.started(Unchecked.<T>cast(null));
  }

  @Override
  public String toString() {
    return "TaskStatus[" + starting + "]";
  }
}
