package io.fermata.conformance.faults;

import io.fermata.queue.AsyncQueue;
import io.fermata.sync.AsyncLock;
import io.fermata.sync.AsyncSemaphore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one run of a program uses, to be looked at when it has ended. */
final class Ledger {
  private final List<AsyncLock> locks = new ArrayList<>();
  private final Map<AsyncSemaphore, Integer> semaphores = new LinkedHashMap<>();
  private final Map<AsyncQueue<Integer>, Integer> balances = new LinkedHashMap<>();
  private final List<Throwable> caught = new ArrayList<>();
  private int open;

  /** A lock that must be free in the end. */
  AsyncLock lock() {
    AsyncLock lock = new AsyncLock();
    locks.add(lock);
    return lock;
  }

  /** A semaphore all of whose permits must be back in the end. */
  AsyncSemaphore semaphore(int permits) {
    AsyncSemaphore semaphore = new AsyncSemaphore(permits);
    semaphores.put(semaphore, permits);
    return semaphore;
  }

  /** A queue that must hold in the end what was put and not taken. */
  AsyncQueue<Integer> queue(int maxSize) {
    AsyncQueue<Integer> queue = new AsyncQueue<>(maxSize);
    balances.put(queue, 0);
    return queue;
  }

  /** An item is in the queue. */
  void put(AsyncQueue<Integer> queue) {
    balances.merge(queue, 1, Integer::sum);
  }

  /** An item was taken. */
  void taken(AsyncQueue<Integer> queue) {
    balances.merge(queue, -1, Integer::sum);
  }

  /** Something that is held until it is closed. */
  Held hold() {
    open++;
    return () -> open--;
  }

  /** What a body keeps for itself is not lost. */
  void caught(Throwable thrown) {
    caught.add(thrown);
  }

  List<AsyncLock> locks() {
    return locks;
  }

  Map<AsyncSemaphore, Integer> semaphores() {
    return semaphores;
  }

  Map<AsyncQueue<Integer>, Integer> balances() {
    return balances;
  }

  List<Throwable> caught() {
    return caught;
  }

  int open() {
    return open;
  }

  /** Held by a body. */
  @FunctionalInterface
  interface Held extends AutoCloseable {
    @Override
    void close();
  }
}
