package io.fermata.example.tutorial;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;
import static java.time.Duration.ofSeconds;

import io.fermata.CancelledError;
import io.fermata.Coroutine;
import io.fermata.ExceptionGroup;
import io.fermata.TaskGroup;

/** When a child of a group fails, its siblings are cancelled, and the block throws the failures. */
final class FailingChild {
  @Coroutine
  static void fail() {
    await(sleep(ofSeconds(1)));
    throw new IllegalArgumentException("no such page");
  }

  @Coroutine
  static void workForLong() {
    try {
      await(sleep(ofSeconds(60)));
    } catch (CancelledError e) {
      System.out.println("sibling: cancelled");
      throw e; // a cancellation is to be passed on
    }
  }

  @Coroutine
  static void main() {
    try (TaskGroup group = TaskGroup.open()) {
      group.createTask(FailingChildAsync.fail());
      group.createTask(FailingChildAsync.workForLong());
    } catch (ExceptionGroup e) {
      System.out.println("group: " + e.exceptions());
    }
  }
}
