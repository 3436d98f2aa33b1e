package io.fermata;

import org.jspecify.annotations.Nullable;

/** Makes tasks whose first step runs inside the call, unless they ask for a lazy start. */
final class EagerTaskFactory implements TaskFactory {
  static final EagerTaskFactory INSTANCE = new EagerTaskFactory();

  private EagerTaskFactory() {}

  @Override
  public <T extends @Nullable Object> Task<T> newTask(
      EventLoop loop, Coro<T> coro, TaskOptions options) {
    return Task.create(loop, coro, options.eagerStart() == null ? options.eager() : options);
  }

  @Override
  public String toString() {
    return "EventLoop.eagerTaskFactory()";
  }
}
