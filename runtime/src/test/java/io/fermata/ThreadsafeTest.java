package io.fermata;

import static io.fermata.Async.currentTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.gatherOutcomes;
import static io.fermata.Async.runCoroutineThreadsafe;
import static io.fermata.Async.sleep;
import static io.fermata.Async.toThread;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.reports.RuntimeLines;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ThreadsafeTest extends LoopTests {

  /** Runs code in another thread while the loop runs in this one. */
  private void whileLoopRuns(Co.VoidBody outside) throws Throwable {
    loop.expectOtherThreads();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outside.run();
              } catch (Throwable t) {
                failure.set(t);
              } finally {
                loop.callSoonThreadsafe(loop::stop);
              }
            });
    loop.callSoon(thread::start);
    loop.runForever();
    thread.join();
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  @Test
  void TSAFE_01_anotherThreadGetsTheCoroutinesValue() throws Throwable {
    whileLoopRuns(
        () ->
            assertEquals(
                3,
                runCoroutineThreadsafe(
                        coro(
                            () -> {
                              await(sleep(ms(50)));
                              assertSame(loop, EventLoop.running());
                              return 3;
                            }),
                        loop)
                    .get()));
  }

  @Test
  void TSAFE_02_anotherThreadGetsTheCoroutinesFailure() throws Throwable {
    IOException failure = new IOException("fail");
    whileLoopRuns(
        () -> {
          CompletableFuture<Object> future = runCoroutineThreadsafe(failAfter(1, failure), loop);
          ExecutionException e = assertThrows(ExecutionException.class, future::get);
          assertSame(failure, e.getCause());
        });
  }

  @Test
  void TSAFE_03_aTaskThatIsCancelledCancelsTheFuture() throws Throwable {
    whileLoopRuns(
        () -> {
          CompletableFuture<Void> future =
              runCoroutineThreadsafe(
                  coroVoid(
                      () -> {
                        currentTask().cancel();
                        await(sleep(Duration.ZERO));
                      }),
                  loop);
          assertThrows(CancellationException.class, future::get);
          assertTrue(future.isCancelled());
        });
  }

  @Test
  void TSAFE_04_cancellingTheFutureCancelsTheTask() throws Throwable {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    whileLoopRuns(
        () -> {
          CompletableFuture<Void> future =
              runCoroutineThreadsafe(
                  coroVoid(
                      () -> {
                        started.countDown();
                        try {
                          await(loop.createPromise());
                        } catch (CancelledError e) {
                          cancelled.countDown();
                          throw e;
                        }
                      }),
                  loop);
          started.await();
          future.cancel(true);
          cancelled.await();
        });
    assertEquals(Set.of(), Async.allTasks(loop));
  }

  @Test
  void THREAD_01_toThreadRunsOnceInAnotherThread() {
    Thread seen =
        run(
            () ->
                await(
                    toThread(
                        () -> {
                          log.add("ran");
                          return Thread.currentThread();
                        })));
    assertNotSame(Thread.currentThread(), seen);
    assertEquals(List.of("ran"), log);
    assertNull(
        run(
            () ->
                await(
                    toThread(
                        () -> {
                          log.add("again");
                        }))));
    assertEquals(List.of("ran", "again"), log);
  }

  @Test
  void THREAD_02_toThreadThrowsTheFailure() {
    IOException failure = new IOException();
    assertSame(
        failure,
        assertThrows(
            IOException.class,
            () ->
                run(
                    () ->
                        await(
                            toThread(
                                () -> {
                                  throw failure;
                                })))));
  }

  @Test
  void THREAD_03_tenCallsRunTenTimes() {
    AtomicInteger calls = new AtomicInteger();
    runVoid(
        () -> {
          List<Coro<Integer>> all = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            all.add(toThread(calls::incrementAndGet));
          }
          assertEquals(10, new HashSet<>(await(gather(all))).size());
        });
    assertEquals(10, calls.get());
  }

  @Test
  void toThreadSeesTheContext() {
    ContextVar<String> user = ContextVar.named("user");
    assertEquals(
        "ann",
        run(
            () -> {
              user.set("ann");
              String seen =
                  await(
                      toThread(
                          () -> {
                            String value = user.get();
                            user.set("bob");
                            return value;
                          }));
              assertEquals("ann", user.get());
              return seen;
            }));
  }

  @Test
  void MT_01_eachThreadHasItsOwnLoopAndTasks() throws InterruptedException {
    for (boolean eager : List.of(false, true)) {
      List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        threads.add(new Thread(() -> hundredTasks(eager, failures)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(List.of(), failures);
    }
  }

  private static void hundredTasks(boolean eager, List<Throwable> failures) {
    try (Runner runner = new Runner()) {
      EventLoop own = runner.getLoop();
      own.setTaskFactory(eager ? EventLoop.eagerTaskFactory() : null);
      runner.run(
          coroVoid(
              () -> {
                Promise<Object> go = own.createPromise();
                TaskGroup group = TaskGroup.open();
                Co.with(
                    group,
                    () -> {
                      Set<Task<?>> expected = new HashSet<>(Set.of(currentTask()));
                      for (int i = 0; i < 100; i++) {
                        expected.add(group.createTask(new AwaitIt(go)));
                      }
                      await(sleep(Duration.ZERO));
                      assertEquals(expected, Async.allTasks());
                      for (Task<?> task : expected) {
                        assertSame(own, task.loop());
                        assertFalse(task.isDone());
                      }
                      go.complete(1);
                    });
              }));
    } catch (Throwable t) {
      failures.add(t);
    }
  }

  /** {@code await(promise)}, without a thread of its own. */
  private static final class AwaitIt extends RuntimeCoro<Object> {
    private final Promise<Object> promise;

    AwaitIt(Promise<Object> promise) {
      super(RuntimeLines.of(AwaitIt.class, "test"));
      this.promise = promise;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      if (state == 2) {
        return sent;
      }
      state = 2;
      return await(task, promise, depth);
    }
  }

  @Test
  void MT_02_threadsSubmitToTheLoopAndBlockForTheValue() {
    runVoid(
        () -> {
          List<Coro<Integer>> all = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            all.add(toThread(() -> runCoroutineThreadsafe(sleep(ms(10), 42), loop).get()));
          }
          assertEquals(Collections.nCopies(10, 42), await(gather(all)));
        });
  }

  @Test
  void MT_03_threadsSubmitFailingCoroutinesAndGetTheFailures() {
    runVoid(
        () -> {
          List<Coro<Object>> all = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            IOException failure = new IOException("number " + i);
            all.add(toThread(() -> runCoroutineThreadsafe(failAfter(1, failure), loop).get()));
          }
          List<Outcome<Object>> outcomes = await(gatherOutcomes(all));
          for (int i = 0; i < 10; i++) {
            Throwable thrown = ((Outcome.Failure<?>) outcomes.get(i)).exception();
            assertInstanceOf(ExecutionException.class, thrown);
            assertEquals("number " + i, thrown.getCause().getMessage());
          }
        });
  }

  @Test
  void anotherThreadSeesThatAHandleWasCancelled() throws Throwable {
    Handle handle = loop.callLater(Duration.ofDays(1), () -> {});
    CountDownLatch asked = new CountDownLatch(1);
    whileLoopRuns(
        () -> {
          assertFalse(handle.isCancelled());
          loop.callSoonThreadsafe(
              () -> {
                handle.cancel();
                asked.countDown();
              });
          while (!handle.isCancelled()) {
            Thread.onSpinWait();
          }
          asked.await();
        });
  }
}
