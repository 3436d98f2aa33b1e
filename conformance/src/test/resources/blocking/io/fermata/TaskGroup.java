package io.fermata;

public final class TaskGroup implements AsyncScope {
  public static TaskGroup open() {
    return new TaskGroup();
  }

  public <T> Task<T> createTask(Coro<T> coro) {
    return new Task<>(coro);
  }

  @Override
  public Awaitable<?> enter() {
    return Async.completed(this);
  }

  @Override
  public Awaitable<Throwable> exit(Throwable thrown) {
    return Async.completed(thrown);
  }
}
