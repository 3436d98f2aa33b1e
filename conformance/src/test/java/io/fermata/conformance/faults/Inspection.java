package io.fermata.conformance.faults;

import static io.fermata.Async.allTasks;
import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.sleep;
import static io.fermata.Async.waitFor;
import static io.fermata.Async.waitUntil;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.ReturnWhen;
import io.fermata.Task;
import io.fermata.queue.AsyncQueue;
import io.fermata.sync.AsyncLock;
import io.fermata.sync.AsyncSemaphore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a program to its end, and looks at what it leaves behind. */
final class Inspection {
  private Inspection() {}

  /**
   * What was found.
   *
   * @param thrown what left the program
   * @param faults what should not be as it is
   */
  record Findings(@Nullable Throwable thrown, List<String> faults) {}

  @Coroutine
  static Findings inspected(Coro<?> program, Ledger ledger, Injection injection) {
    List<String> faults = new ArrayList<>();
    Task<?> task = createTask(waitFor(program, ofMinutes(30)));
    await(waitUntil(List.of(task), ReturnWhen.ALL_COMPLETED));
    injection.end();
    Set<Task<?>> left = allTasks();
    left.remove(currentTask());
    if (!left.isEmpty()) {
      faults.add("tasks are left: " + left);
    }
    if (ledger.open() != 0) {
      faults.add(ledger.open() + " are still held");
    }
    await(sleep(ofMinutes(2)));
    for (AsyncLock lock : ledger.locks()) {
      if (lock.locked()) {
        faults.add("is still locked: " + lock);
      } else {
        await(waitFor(lock.acquire(), ofSeconds(1)));
        lock.release();
      }
    }
    for (Map.Entry<AsyncSemaphore, Integer> each : ledger.semaphores().entrySet()) {
      int free = 0;
      while (!each.getKey().locked()) {
        await(waitFor(each.getKey().acquire(), ofSeconds(1)));
        free++;
      }
      if (free != each.getValue()) {
        faults.add(free + " of " + each.getValue() + " permits are back: " + each.getKey());
      }
    }
    for (Map.Entry<AsyncQueue<Integer>, Integer> each : ledger.balances().entrySet()) {
      if (each.getKey().size() != each.getValue()) {
        faults.add("should hold " + each.getValue() + " items: " + each.getKey());
      }
    }
    return new Findings(task.isCancelled() ? null : task.exception(), faults);
  }
}
