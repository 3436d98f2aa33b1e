package io.fermata;

import org.jspecify.annotations.Nullable;

/**
 * Makes a loop's tasks, when it is set with {@link EventLoop#setTaskFactory}. It ends in {@link
 * Task#create}.
 *
 * <pre>{@code
 * EventLoop.running().setTaskFactory(
 *     new TaskFactory() {
 *       public <T> Task<T> newTask(EventLoop loop, Coro<T> coro, TaskOptions options) {
 *         started.increment();
 *         return Task.create(loop, coro, options);
 *       }
 *     });
 * }</pre>
 *
 * <p>Called on the loop's thread. What it throws comes out of {@code createTask}, as does a {@link
 * NullPointerException} if it gives null.
 *
 * <p>asyncio: task factories.
 */
@FunctionalInterface
public interface TaskFactory {

  /**
   * {@return a task for the coroutine, made with {@link Task#create}}
   *
   * @param <T> type of the value
   * @param loop the loop that asks for a task
   * @param coro a coroutine that was not started
   * @param options name, context, and when it starts
   */
  <T extends @Nullable Object> Task<T> newTask(EventLoop loop, Coro<T> coro, TaskOptions options);
}
