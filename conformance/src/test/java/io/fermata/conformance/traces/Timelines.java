package io.fermata.conformance.traces;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.TaskGroup;
import io.fermata.Trace;
import io.fermata.queue.AsyncQueue;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Coroutines that are recorded; the lines that stand in the recording end in a mark. */
final class Timelines {
  private Timelines() {}

  @Coroutine
  static void inner(AsyncQueue<Integer> queue) {
    await(queue.get()); // waits in inner
  }

  @Coroutine
  static void outer(AsyncQueue<Integer> queue) {
    await(
        TimelinesAsync.inner( // awaits inner
            queue));
    try (Trace.Span span = Trace.span("in a block")) {
      await(sleep(Duration.ofSeconds(1))); // sleeps
    }
  }

  @Coroutine
  @SuppressWarnings("fermata:dropped-task") // they are recorded
  static void main() {
    AsyncQueue<Integer> queue = new AsyncQueue<>();
    createTask(TimelinesAsync.outer(queue), "outer"); // makes outer
    List<Supplier<Object>> makers =
        List.of(
            () -> createTask(TimelinesAsync.outer(queue), "in lambda"), // makes in lambda
            () -> createTask(sleep(Duration.ofSeconds(3)), "sleep")); // makes sleep
    makers.stream().map(Supplier::get).forEach(made -> {});
    await(sleep(Duration.ofSeconds(1))); // main sleeps
    await(queue.put(1));
    await(queue.put(2));
    try (TaskGroup group = TaskGroup.open()) {
      group.createTask(sleep(Duration.ofSeconds(5)), "in group"); // makes in group
    } // waits for the group
  }
}
