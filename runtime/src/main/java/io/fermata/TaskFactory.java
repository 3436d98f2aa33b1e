package io.fermata;

import org.jspecify.annotations.Nullable;

/**
 * Makes a loop's tasks, when it is set with {@link EventLoop#setTaskFactory}. It ends in {@link
 * Task#create}.
 *
 * <p>asyncio: task factories.
 */
@FunctionalInterface
public interface TaskFactory {

  /** A task for the coroutine, made with {@link Task#create}. */
  <T extends @Nullable Object> Task<T> newTask(EventLoop loop, Coro<T> coro, TaskOptions options);
}
