package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;
import static io.fermata.Async.toThread;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.testing.DeadlockException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopExecutorTest extends LoopTests {

  private IllegalStateException refusalOf(Executor executor) {
    return assertThrows(
        IllegalStateException.class,
        () -> run(() -> await(loop.runInExecutor(executor, () -> "unused"))));
  }

  @Test
  void anExecutorThatIsFullIsNotSaidToBeShutDown() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    ExecutorService full =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>());
    try {
      full.execute(
          () -> {
            try {
              free.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      IllegalStateException refused = refusalOf(full);
      assertTrue(refused.getMessage().contains(" refuses the work: "), refused::getMessage);
      assertTrue(refused.getCause() instanceof RejectedExecutionException);
    } finally {
      free.countDown();
      full.shutdown();
    }
    IllegalStateException refused = refusalOf(full);
    assertTrue(refused.getMessage().contains("it was shut down"), refused::getMessage);
  }

  /** Of what comes from outside, neither more nor less is expected than will come. */
  @Test
  void anExecutorThatRunsTheWorkAndThrowsDoesNotMisleadTheLoop() {
    IllegalArgumentException failure = new IllegalArgumentException("executor");
    for (boolean runs : List.of(true, false)) {
      Executor throwing =
          work -> {
            if (runs) {
              work.run();
            }
            throw failure;
          };
      assertSame(
          failure,
          assertThrows(
              IllegalArgumentException.class,
              () -> run(() -> await(loop.runInExecutor(throwing, () -> "unused")))));
    }
    Thread loopsThread = Thread.currentThread();
    Promise<String> work =
        loop.runInExecutor(
            null,
            () -> {
              while (loopsThread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
              return "waited for";
            });
    Awaitable<String> task = () -> work;
    assertEquals("waited for", loop.runUntilComplete(task));
    assertNothingExpectedFromOutside();
  }

  @Test
  void workThatAnExecutorRunsTwiceIsDoneOnce() {
    AtomicInteger runs = new AtomicInteger();
    Executor twice =
        work -> {
          work.run();
          work.run();
        };
    assertEquals(1, run(() -> await(loop.runInExecutor(twice, runs::incrementAndGet))));
    settle();
    assertNothingExpectedFromOutside();
  }

  private void assertNothingExpectedFromOutside() {
    assertThrows(DeadlockException.class, () -> runVoid(() -> await(loop.createPromise())));
  }

  @Test
  void workThatFailsWhenNobodyWaitsAnyMoreIsTold() {
    IllegalStateException failure = new IllegalStateException("too late");
    List<Runnable> works = new ArrayList<>();
    runVoid(
        () -> {
          Promise<Object> promise =
              loop.runInExecutor(
                  works::add,
                  () -> {
                    promiseOfWork.cancel();
                    throw failure;
                  });
          promiseOfWork = promise;
          works.get(0).run();
          await(sleep(Duration.ZERO));
          assertTrue(promise.isCancelled());
        });
    settle();
    assertEquals(1, reports.size());
    assertSame(failure, reports.get(0).exception());
    assertNothingExpectedFromOutside();
  }

  private Promise<Object> promiseOfWork;

  @Test
  void severalMayWaitForTheShutdown() {
    CountDownLatch free = new CountDownLatch(1);
    runVoid(
        () -> {
          Task<Void> work = createTask(toThread(() -> free.await()));
          await(sleep(Duration.ZERO));
          Task<Void> first = createTask(loop.shutdownDefaultExecutor());
          Task<Void> second = createTask(loop.shutdownDefaultExecutor());
          Task<Void> third = createTask(loop.shutdownDefaultExecutor());
          await(sleep(Duration.ZERO));
          third.cancel();
          await(sleep(Duration.ZERO));
          assertFalse(first.isDone() || second.isDone());
          free.countDown();
          await(gather(first, second, work));
          assertTrue(third.isCancelled());
        });
  }

  @Test
  void theFailureOfAnExecutorsShutdownIsToldOnceAndItsWorkWaitedFor() {
    IllegalStateException failure = new IllegalStateException("shutdown");
    loop.setDefaultExecutor(
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>()) {
          @Override
          public void shutdown() {
            super.shutdown();
            throw failure;
          }
        });
    runVoid(
        () -> {
          Task<Void> work = createTask(coroVoid(() -> await(toThread(() -> log.add("done")))));
          await(sleep(Duration.ZERO));
          await(loop.shutdownDefaultExecutor());
          assertEquals(List.of("done"), log);
          await(work);
        });
    loop.close();
    assertEquals(1, reports.size());
    assertSame(failure, reports.get(0).exception());
  }
}
