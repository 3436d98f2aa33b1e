package io.fermata.conformance.sync;

import static io.fermata.Async.await;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.Task;
import io.fermata.TaskGroup;
import io.fermata.queue.AsyncQueue;
import io.fermata.sync.AsyncBarrier;
import io.fermata.sync.AsyncCondition;
import io.fermata.sync.AsyncEvent;
import io.fermata.sync.AsyncLock;
import io.fermata.sync.AsyncSemaphore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What users write with locks and queues. */
final class Bank {
  final AsyncLock lock = new AsyncLock();
  final AsyncSemaphore counters = new AsyncSemaphore(2);
  final AsyncCondition changed = new AsyncCondition();
  final List<String> log = new ArrayList<>();
  @Nullable String token;
  int logins;
  int balance;
  int atCounters;

  @Coroutine
  String token() {
    try (lock) {
      if (token == null) {
        await(sleep(Duration.ofSeconds(1)));
        logins++;
        token = "token " + logins;
      }
      return token;
    }
  }

  @Coroutine
  List<String> tokens() {
    return await(gather(BankAsync.token(this), BankAsync.token(this)));
  }

  @Coroutine
  void failInside(String message) {
    try (AsyncLock held = lock) {
      await(sleep(Duration.ofSeconds(1)));
      if (held.locked()) {
        throw new IllegalArgumentException(message);
      }
    } finally {
      log.add(lock.toString());
    }
  }

  @Coroutine
  void visit(String name) {
    for (int i = 0; i < 2; i++) {
      try (counters;
          lock) {
        atCounters++;
        log.add(name + i + " with " + atCounters);
        if (i == 0) {
          continue;
        }
        break;
      } finally {
        atCounters--;
      }
    }
  }

  @Coroutine
  void visitAll() {
    try (TaskGroup group = TaskGroup.open()) {
      for (String name : List.of("a", "b", "c")) {
        group.createTask(BankAsync.visit(this, name));
      }
    }
  }

  @Coroutine
  void withdraw(int amount) {
    try (changed) {
      await(changed.whenTrue(() -> balance >= amount));
      balance -= amount;
      log.add("withdrew " + amount);
    }
  }

  @Coroutine
  void deposit(int amount, int seconds) {
    await(sleep(Duration.ofSeconds(seconds)));
    try (changed) {
      balance += amount;
      changed.signalAll();
    }
  }

  @Coroutine
  int transfers() {
    try (TaskGroup group = TaskGroup.open()) {
      group.createTask(BankAsync.withdraw(this, 70));
      group.createTask(BankAsync.withdraw(this, 20));
      group.createTask(BankAsync.deposit(this, 50, 1));
      group.createTask(BankAsync.deposit(this, 50, 2));
    }
    return balance;
  }

  @Coroutine
  void arrive(AsyncBarrier barrier, int millis) {
    await(sleep(Duration.ofMillis(millis)));
    try (barrier) {
      log.add("in after " + millis);
    }
    log.add(String.valueOf(await(barrier.arrive())));
  }

  @Coroutine
  void meet() {
    AsyncBarrier barrier = new AsyncBarrier(2);
    try (TaskGroup group = TaskGroup.open()) {
      group.createTask(BankAsync.arrive(this, barrier, 10));
      group.createTask(BankAsync.arrive(this, barrier, 20));
    }
  }

  @Coroutine
  static int sum(AsyncQueue<Integer> queue, AsyncEvent started) {
    started.set();
    int sum = 0;
    for (int item : queue) {
      await(sleep(Duration.ofMillis(item)));
      sum += item;
      queue.taskDone();
    }
    return sum;
  }

  @Coroutine
  static List<Integer> sums() {
    AsyncQueue<Integer> queue = new AsyncQueue<>(1);
    List<Task<Integer>> workers = new ArrayList<>();
    try (TaskGroup group = TaskGroup.open()) {
      for (int i = 0; i < 3; i++) {
        AsyncEvent started = new AsyncEvent();
        workers.add(group.createTask(BankAsync.sum(queue, started)));
        await(started.whenSet());
      }
      for (int i = 1; i <= 30; i++) {
        await(queue.put(i));
      }
      await(queue.join());
      queue.shutdown();
    }
    return workers.stream().map(Task::result).toList();
  }
}
