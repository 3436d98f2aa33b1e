package io.fermata.conformance.faults;

import static io.fermata.Async.asCompleted;
import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.gatherOutcomes;
import static io.fermata.Async.shield;
import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static io.fermata.Async.waitFor;
import static io.fermata.Async.waitUntil;
import static java.time.Duration.ofMillis;

import io.fermata.AsyncTimeoutException;
import io.fermata.CancelledError;
import io.fermata.Coroutine;
import io.fermata.Emitter;
import io.fermata.ExceptionGroup;
import io.fermata.Outcome;
import io.fermata.Promise;
import io.fermata.ReturnWhen;
import io.fermata.Task;
import io.fermata.TaskGroup;
import io.fermata.Timeout;
import io.fermata.WaitResult;
import io.fermata.queue.AsyncQueue;
import io.fermata.queue.QueueShutDown;
import io.fermata.sync.AsyncBarrier;
import io.fermata.sync.AsyncCondition;
import io.fermata.sync.AsyncEvent;
import io.fermata.sync.AsyncLock;
import io.fermata.sync.AsyncSemaphore;
import java.util.ArrayList;
import java.util.List;

/** Programs that leave nothing behind, whatever goes wrong in them. */
final class Programs {
  private Programs() {}

  @Coroutine
  static int work(Ledger ledger, int millis) {
    try (Ledger.Held held = ledger.hold()) {
      await(sleep(ofMillis(millis)));
      return millis;
    } finally {
      await(sleep(ofMillis(1)));
    }
  }

  @Coroutine
  static int fails(Ledger ledger, int millis) {
    try (Ledger.Held held = ledger.hold()) {
      await(sleep(ofMillis(millis)));
    }
    throw new IllegalArgumentException("the program's own");
  }

  @Coroutine
  static void group(Ledger ledger) {
    try (TaskGroup group = TaskGroup.open()) {
      group.createTask(ProgramsAsync.work(ledger, 3));
      group.createTask(ProgramsAsync.work(ledger, 1));
      await(sleep(ofMillis(2)));
      group.createTask(ProgramsAsync.work(ledger, 2));
    }
    await(sleep(ofMillis(1)));
  }

  @Coroutine
  static void nestedGroups(Ledger ledger) {
    try (TaskGroup outer = TaskGroup.open()) {
      outer.createTask(ProgramsAsync.group(ledger));
      try (TaskGroup inner = TaskGroup.open()) {
        inner.createTask(ProgramsAsync.work(ledger, 4));
        inner.createTask(ProgramsAsync.work(ledger, 2));
      }
      await(ProgramsAsync.work(ledger, 1));
    }
  }

  @Coroutine
  static void failingChild(Ledger ledger) {
    try (TaskGroup group = TaskGroup.open()) {
      group.createTask(ProgramsAsync.work(ledger, 5));
      group.createTask(ProgramsAsync.fails(ledger, 2));
      await(sleep(ofMillis(9)));
    } catch (ExceptionGroup e) {
      ledger.caught(e);
      await(sleep(ofMillis(1)));
    }
  }

  @Coroutine
  static void groupEndedEarly(Ledger ledger) {
    try (TaskGroup group = TaskGroup.open()) {
      group.createTask(ProgramsAsync.work(ledger, 50));
      await(sleep(ofMillis(1)));
      group.cancel();
      await(sleep(ofMillis(50)));
    }
    await(sleep(ofMillis(1)));
  }

  @Coroutine
  static void gathered(Ledger ledger) {
    try (Ledger.Held held = ledger.hold()) {
      await(
          gather(
              ProgramsAsync.work(ledger, 3),
              ProgramsAsync.work(ledger, 1),
              ProgramsAsync.work(ledger, 2)));
    } finally {
      await(sleep(ofMillis(20)));
    }
  }

  @Coroutine
  static void gatheredOutcomes(Ledger ledger) {
    note(
        ledger,
        await(gatherOutcomes(ProgramsAsync.work(ledger, 3), ProgramsAsync.fails(ledger, 1))));
    await(sleep(ofMillis(5)));
  }

  static void note(Ledger ledger, List<Outcome<Integer>> outcomes) {
    for (Outcome<Integer> outcome : outcomes) {
      if (outcome instanceof Outcome.Failure<Integer> failure) {
        ledger.caught(failure.exception());
      }
    }
  }

  @Coroutine
  static void timedOut(Ledger ledger) {
    try (Timeout limit = timeout(ofMillis(5))) { // never waits
      await(ProgramsAsync.work(ledger, 2));
      await(ProgramsAsync.work(ledger, 10));
    } catch (AsyncTimeoutException e) {
      ledger.caught(e);
      await(sleep(ofMillis(1)));
    }
  }

  @Coroutine
  static void nestedTimeouts(Ledger ledger) {
    try (Timeout outer = timeout(ofMillis(20))) { // never waits
      try (Timeout inner = timeout(ofMillis(5))) { // never waits
        await(ProgramsAsync.work(ledger, 10));
      } catch (AsyncTimeoutException e) {
        ledger.caught(e);
        await(ProgramsAsync.work(ledger, 30));
      }
    } catch (AsyncTimeoutException e) {
      ledger.caught(e);
    }
    await(sleep(ofMillis(1)));
  }

  @Coroutine
  static void waitedFor(Ledger ledger) {
    await(waitFor(ProgramsAsync.work(ledger, 2), ofMillis(10)));
    try {
      await(waitFor(ProgramsAsync.work(ledger, 30), ofMillis(10)));
    } catch (AsyncTimeoutException e) {
      ledger.caught(e);
    }
    await(sleep(ofMillis(1)));
  }

  @Coroutine
  static void shielded(Ledger ledger) {
    Task<Integer> task = createTask(ProgramsAsync.work(ledger, 6));
    try {
      await(shield(task));
    } finally {
      if (!task.isDone()) {
        task.cancel();
        await(waitUntil(List.of(task), ReturnWhen.ALL_COMPLETED));
      }
    }
    await(sleep(ofMillis(1)));
  }

  @Coroutine
  static void firstOfThree(Ledger ledger) {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      tasks.add(createTask(ProgramsAsync.work(ledger, i * 3)));
    }
    try {
      WaitResult<Task<Integer>> result =
          await(waitUntil(tasks, ReturnWhen.FIRST_COMPLETED, ofMillis(50)));
      result.pending().forEach(Task::cancel);
    } finally {
      tasks.forEach(Task::cancel);
      note(ledger, await(gatherOutcomes(tasks)));
    }
  }

  @Coroutine
  static void oneByOne(Ledger ledger) {
    try (TaskGroup group = TaskGroup.open()) {
      List<Task<Integer>> tasks = new ArrayList<>();
      for (int i = 3; i >= 1; i--) {
        tasks.add(group.createTask(ProgramsAsync.work(ledger, i * 2)));
      }
      for (Promise<? extends Integer> done : asCompleted(tasks)) {
        await(done); // never waits
        await(sleep(ofMillis(1)));
      }
    }
  }

  @Coroutine
  static void lock(Ledger ledger) {
    AsyncLock lock = ledger.lock();
    try (TaskGroup group = TaskGroup.open()) {
      for (int i = 1; i <= 3; i++) {
        group.createTask(ProgramsAsync.locked(ledger, lock));
      }
      await(sleep(ofMillis(1)));
      try (lock) {
        await(sleep(ofMillis(1)));
      }
    }
  }

  @Coroutine
  static void locked(Ledger ledger, AsyncLock lock) {
    try (lock;
        Ledger.Held held = ledger.hold()) {
      await(sleep(ofMillis(2)));
    }
    await(lock.acquire());
    try {
      await(sleep(ofMillis(1)));
    } finally {
      lock.release();
    }
  }

  @Coroutine
  static void lockWithTimeout(Ledger ledger) {
    AsyncLock lock = ledger.lock();
    try (TaskGroup group = TaskGroup.open()) {
      for (int i = 1; i <= 3; i++) {
        group.createTask(ProgramsAsync.lockedInTime(ledger, lock, i));
      }
    }
  }

  @Coroutine
  static void lockedInTime(Ledger ledger, AsyncLock lock, int millis) {
    try (Timeout limit = timeout(ofMillis(3))) { // never waits
      try (lock) {
        await(sleep(ofMillis(2)));
        await(ProgramsAsync.work(ledger, millis));
      }
    } catch (AsyncTimeoutException e) {
      ledger.caught(e);
    }
  }

  @Coroutine
  static void semaphore(Ledger ledger) {
    AsyncSemaphore semaphore = ledger.semaphore(2);
    try (TaskGroup group = TaskGroup.open()) {
      for (int i = 1; i <= 5; i++) {
        int millis = i;
        group.createTask(
            async(
                () -> {
                  try (semaphore;
                      Ledger.Held held = ledger.hold()) {
                    await(sleep(ofMillis(millis)));
                  }
                  await(sleep(ofMillis(1)));
                }));
      }
    }
  }

  @Coroutine
  static void condition(Ledger ledger) {
    AsyncLock lock = ledger.lock();
    AsyncCondition condition = new AsyncCondition(lock);
    List<Integer> items = new ArrayList<>();
    try (TaskGroup group = TaskGroup.open()) {
      for (int i = 0; i < 2; i++) {
        group.createTask(ProgramsAsync.consumer(condition, items));
      }
      for (int i = 0; i < 2; i++) {
        await(sleep(ofMillis(1)));
        try (condition) {
          items.add(i);
          condition.signal();
          await(sleep(ofMillis(1)));
        }
      }
    }
  }

  @Coroutine
  static void consumer(AsyncCondition condition, List<Integer> items) {
    try (condition) {
      await(sleep(ofMillis(2)));
      await(condition.whenTrue(() -> !items.isEmpty()));
      items.remove(0);
      await(sleep(ofMillis(1)));
    }
  }

  @Coroutine
  static void event(Ledger ledger) {
    AsyncEvent event = new AsyncEvent();
    try (TaskGroup group = TaskGroup.open()) {
      for (int i = 0; i < 3; i++) {
        group.createTask(
            async(
                () -> {
                  try (Ledger.Held held = ledger.hold()) {
                    await(event.whenSet());
                  }
                  await(sleep(ofMillis(1)));
                }));
      }
      await(sleep(ofMillis(2)));
      event.set();
    }
  }

  @Coroutine
  static void barrier(Ledger ledger) {
    AsyncBarrier barrier = new AsyncBarrier(3);
    try (TaskGroup group = TaskGroup.open()) {
      for (int i = 0; i < 3; i++) {
        int millis = i;
        group.createTask(
            async(
                () -> {
                  await(sleep(ofMillis(millis)));
                  await(barrier.arrive());
                  try (barrier;
                      Ledger.Held held = ledger.hold()) {
                    await(sleep(ofMillis(1)));
                  }
                }));
      }
    }
  }

  @Coroutine
  static void queue(Ledger ledger) {
    AsyncQueue<Integer> queue = ledger.queue(2);
    try (TaskGroup group = TaskGroup.open()) {
      group.createTask(ProgramsAsync.puts(ledger, queue, 4));
      group.createTask(ProgramsAsync.puts(ledger, queue, 3));
      for (int i = 0; i < 2; i++) {
        group.createTask(ProgramsAsync.takes(ledger, queue));
      }
      await(sleep(ofMillis(2)));
      await(queue.join());
      queue.shutdown();
    }
  }

  @Coroutine
  static void puts(Ledger ledger, AsyncQueue<Integer> queue, int items) {
    for (int i = 0; i < items; i++) {
      await(queue.put(i));
      ledger.put(queue);
    }
  }

  @Coroutine
  static void takes(Ledger ledger, AsyncQueue<Integer> queue) {
    try {
      while (true) {
        await(queue.get());
        ledger.taken(queue);
        try (Ledger.Held held = ledger.hold()) {
          await(sleep(ofMillis(1)));
        } finally {
          queue.taskDone();
        }
      }
    } catch (QueueShutDown e) {
      await(sleep(ofMillis(1)));
    }
  }

  @Coroutine
  static void ticks(Emitter<Integer> out, Ledger ledger) {
    try (Ledger.Held held = ledger.hold()) {
      for (int i = 0; ; i++) {
        await(sleep(ofMillis(1)));
        out.emit(i); // never waits
      }
    } finally {
      await(sleep(ofMillis(1)));
    }
  }

  @Coroutine
  static void generator(Ledger ledger) {
    for (int tick : ProgramsAsync.ticks(ledger)) {
      await(sleep(ofMillis(1)));
      if (tick == 2) {
        break;
      }
    }
    await(sleep(ofMillis(1)));
  }

  @Coroutine
  static void cleanup(Ledger ledger) {
    AsyncLock lock = ledger.lock();
    try (Timeout limit = timeout(ofMillis(8)); // never waits
        lock; // never waits
        TaskGroup group = TaskGroup.open()) {
      group.createTask(ProgramsAsync.work(ledger, 20));
      await(sleep(ofMillis(2)));
      try {
        await(sleep(ofMillis(30)));
      } catch (CancelledError e) {
        await(sleep(ofMillis(1)));
        throw e;
      } finally {
        await(sleep(ofMillis(1)));
      }
    } catch (AsyncTimeoutException e) {
      ledger.caught(e);
    } finally {
      await(sleep(ofMillis(1)));
    }
  }
}
