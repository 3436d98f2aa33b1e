package io.fermata.example.tutorial;

import static java.time.Duration.ofSeconds;

import io.fermata.Coroutine;
import io.fermata.TaskGroup;

/** The same two tasks in a group: leaving the block awaits them. */
final class AwaitedInGroup {
  @Coroutine
  static void main() {
    Stopwatch stopwatch = Stopwatch.start();
    try (TaskGroup group = TaskGroup.open()) {
      group.createTask(AwaitedInTurnAsync.sayAfter(ofSeconds(1), "hello"));
      group.createTask(AwaitedInTurnAsync.sayAfter(ofSeconds(2), "world"));
      System.out.println("started at " + stopwatch);
    }
    System.out.println("finished at " + stopwatch);
  }
}
