package io.fermata;

import org.jspecify.annotations.Nullable;

/**
 * What {@link TaskGroup#start} starts: makes a coroutine that says when it is ready.
 *
 * <pre>{@code
 * List<SocketAddress> addresses = await(group.start(status -> EchoAsync.serve(status)));
 * }</pre>
 *
 * <p>Where the value is not used, javac does not see of which type it is: name it, as in {@code
 * (TaskStatus<Integer> status) -> …}, or give a method reference, {@code EchoAsync::serve}.
 *
 * @param <T> what the coroutine tells when it is ready
 */
@FunctionalInterface
public interface Startable<T extends @Nullable Object> {

  /**
   * {@return a coroutine, not started} Called once, on the loop's thread.
   *
   * @param status by which the coroutine says that it is ready
   */
  Coro<?> coroutine(TaskStatus<T> status);
}
