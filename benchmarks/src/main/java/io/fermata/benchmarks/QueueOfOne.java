package io.fermata.benchmarks;

import static io.fermata.Async.await;

import io.fermata.Coroutine;
import io.fermata.EventLoop;
import io.fermata.Promise;
import org.jspecify.annotations.Nullable;

/** Hands values from one task to another; whoever comes too early waits. */
final class QueueOfOne {
  @Nullable Integer value;
  @Nullable Promise<Boolean> waiter;

  @Coroutine
  void put(Integer next) {
    while (value != null) {
      await(waitForOther());
    }
    value = next;
    wakeOther();
  }

  @Coroutine
  Integer take() {
    while (value == null) {
      await(waitForOther());
    }
    Integer taken = value;
    value = null;
    wakeOther();
    return taken;
  }

  Promise<Boolean> waitForOther() {
    Promise<Boolean> promise = EventLoop.running().createPromise();
    waiter = promise;
    return promise;
  }

  void wakeOther() {
    Promise<Boolean> other = waiter;
    if (other != null) {
      waiter = null;
      other.complete(true);
    }
  }
}
