package io.fermata.example.tutorial;

import static io.fermata.Async.createTask;

import io.fermata.Coroutine;

/** A task runs even if nobody awaits it: both have had their turn when {@code run} returns. */
final class TasksNeverAwaited {
  @Coroutine
  static void add(int a, int b) {
    System.out.println("a+b=" + (a + b));
  }

  @Coroutine
  @SuppressWarnings("fermata:dropped-task")
  static void main() {
    createTask(TasksNeverAwaitedAsync.add(2, 3));
    createTask(TasksNeverAwaitedAsync.add(3, 4));
    System.out.println("main ends");
  }
}
