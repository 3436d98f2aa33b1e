package io.fermata.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

  @Test
  void aPoolHasABoundAndRunsWhatIsBeyondItInItsTurn() throws InterruptedException {
    check(Workers.newExecutor(), Math.min(32, Runtime.getRuntime().availableProcessors() + 4));
  }

  @Test
  void theBoundMayBeGiven() throws InterruptedException {
    check(Workers.newExecutor(3), 3);
  }

  private static void check(ExecutorService executor, int limit) throws InterruptedException {
    int jobs = limit + 20;
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch allBusy = new CountDownLatch(limit);
    CountDownLatch free = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(jobs);
    for (int i = 0; i < jobs; i++) {
      executor.execute(
          () -> {
            threads.add(Thread.currentThread());
            allBusy.countDown();
            try {
              free.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            done.countDown();
          });
    }
    assertTrue(allBusy.await(30, TimeUnit.SECONDS));
    assertEquals(limit, threads.size());
    free.countDown();
    assertTrue(done.await(30, TimeUnit.SECONDS));
    assertEquals(limit, threads.size());
    assertTrue(threads.stream().allMatch(Thread::isDaemon));
    executor.shutdown();
  }
}
