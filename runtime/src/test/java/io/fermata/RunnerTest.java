package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.testing.VirtualTimeLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunnerTest {
  private final List<Object> log = new ArrayList<>();

  private static RunOptions on(EventLoop loop) {
    return RunOptions.DEFAULT.withLoopFactory(() -> loop);
  }

  @Test
  void RUN_01_runGivesTheValueOrThrowsTheFailureItself() {
    assertEquals(42, (int) Async.run(coro(() -> 42)));
    IOException failure = new IOException();
    assertSame(
        failure,
        assertThrows(
            IOException.class,
            () ->
                Async.run(
                    coroVoid(
                        () -> {
                          throw failure;
                        }))));
  }

  @Test
  void RUN_02_runAcceptsCoroutinesPromisesAndUsersAwaitables() {
    try (Runner runner = new Runner()) {
      Promise<String> promise = runner.getLoop().createPromise();
      promise.complete("promise");
      assertEquals("promise", runner.run(promise));
      Awaitable<String> own = () -> createTask(coro(() -> "own"));
      assertEquals("own", runner.run(own));
      assertThrows(NullPointerException.class, () -> runner.run((Awaitable<?>) null));
    }
    assertThrows(NullPointerException.class, () -> Async.run((Awaitable<?>) null));
  }

  @Test
  void RUN_03_theDebugOptionSetsTheLoopsFlag() {
    RunOptions defaults = RunOptions.DEFAULT;
    assertTrue(Async.run(coro(() -> EventLoop.running().getDebug()), defaults.withDebug()));
    assertFalse(Async.run(coro(() -> EventLoop.running().getDebug()), defaults.withoutDebug()));
    assertEquals(DebugMode.isDefault(), Async.run(coro(() -> EventLoop.running().getDebug())));
  }

  @Test
  void RUN_04_runInsideARunningLoopIsRefused() {
    Async.run(
        coroVoid(
            () -> {
              Coro<Void> inner = coroVoid(() -> log.add("started"));
              IllegalStateException e =
                  assertThrows(IllegalStateException.class, () -> Async.run(inner));
              assertTrue(e.getMessage().contains("cannot be called from a running event loop"));
              try (Runner runner = new Runner()) {
                assertThrows(IllegalStateException.class, () -> runner.run(inner));
              }
              await(inner);
            }));
    assertEquals(List.of("started"), log);
  }

  @Test
  void RUN_05_tasksThatAreLeftAreCancelledAndWaitedFor() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    List<Task<?>> left = new ArrayList<>();
    int value =
        Async.run(
            coro(
                () -> {
                  left.add(
                      createTask(
                          coroVoid(
                              () -> {
                                try {
                                  await(sleep(Duration.ofSeconds(1000)));
                                } finally {
                                  await(sleep(Duration.ofSeconds(1)));
                                  log.add("cleaned up");
                                }
                              })));
                  await(sleep(Duration.ZERO));
                  return 123;
                }),
            on(loop));
    assertEquals(123, value);
    assertTrue(left.get(0).isDone());
    assertEquals(List.of("cleaned up"), log);
    assertTrue(loop.isClosed());
  }

  @Test
  void RUN_05_aTaskThatFailsWhileItIsCancelledIsReported() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    List<ExceptionContext> reports = new ArrayList<>();
    loop.setExceptionHandler((ignored, context) -> reports.add(context));
    ArithmeticException failure = new ArithmeticException();
    Async.run(
        coroVoid(
            () -> {
              createTask(
                  coroVoid(
                      () -> {
                        try {
                          await(sleep(Duration.ofSeconds(1000)));
                        } catch (CancelledError e) {
                          throw failure;
                        }
                      }));
              await(sleep(Duration.ZERO));
            }),
        on(loop));
    assertEquals(1, reports.size());
    assertSame(failure, reports.get(0).exception());
    assertEquals("unhandled exception while the run was shut down", reports.get(0).message());
  }

  @Test
  void RUN_06_theLoopFactoryIsCalledOnceAndItsLoopRuns() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    int[] calls = new int[1];
    RunOptions options =
        RunOptions.DEFAULT.withLoopFactory(
            () -> {
              calls[0]++;
              return loop;
            });
    assertSame(loop, Async.run(coro(EventLoop::running), options));
    assertEquals(1, calls[0]);
    assertInstanceOf(SelectorLoop.class, Async.run(coro(EventLoop::running)));
  }

  @Test
  void RUN_07_aRunnerMakesItsLoopOnFirstUseAndKeepsIt() {
    Runner runner = new Runner();
    EventLoop loop = runner.getLoop();
    assertSame(loop, runner.run(coro(EventLoop::running)));
    assertSame(loop, runner.run(coro(EventLoop::running)));
    assertSame(loop, runner.getLoop());
    runner.close();
    assertTrue(loop.isClosed());
    IllegalStateException e = assertThrows(IllegalStateException.class, runner::getLoop);
    assertEquals("the runner is closed: make a new one.", e.getMessage());
    runner.close();
    Coro<Void> unused = coroVoid(() -> log.add("ran"));
    assertThrows(IllegalStateException.class, () -> runner.run(unused));
    assertEquals(List.of(), log);
  }

  @Test
  void RUN_08_outsideOfARunNoLoopIsTheRunningOne() {
    try (Runner runner = new Runner()) {
      runner.run(coroVoid(() -> {}));
      assertThrows(IllegalStateException.class, EventLoop::running);
    }
  }

  @Test
  void RUN_09_runDoesNotAskTheResultForItsText() {
    Object result =
        new Object() {
          @Override
          public String toString() {
            throw new AssertionError("toString was called");
          }
        };
    assertTrue(result == Async.run(coro(() -> result)));
  }

  @Test
  void RUN_10_anInterruptCancelsTheMainTask() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    CountDownLatch running = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                Async.run(
                    coroVoid(
                        () -> {
                          running.countDown();
                          try {
                            for (; ; ) {
                              await(sleep(Duration.ZERO));
                            }
                          } finally {
                            log.add("cleaned up, cancelling " + currentTask().cancelling());
                          }
                        }));
              } catch (Throwable t) {
                thrown.set(t);
                flag.set(Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    running.await();
    thread.interrupt();
    thread.join();
    InterruptedRunException e = assertInstanceOf(InterruptedRunException.class, thrown.get());
    assertInstanceOf(CancelledError.class, e.getCause());
    assertEquals(true, flag.get());
    assertEquals(List.of("cleaned up, cancelling 1"), log);
  }

  @Test
  void RUN_10_anInterruptWakesASleepingLoop() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CountDownLatch running = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                Async.run(
                    coroVoid(
                        () -> {
                          EventLoop.running().callSoon(running::countDown);
                          await(sleep(Duration.ofDays(1)));
                        }));
              } catch (Throwable t) {
                thrown.set(t);
              }
            });
    thread.start();
    running.await();
    thread.interrupt();
    thread.join();
    assertInstanceOf(InterruptedRunException.class, thrown.get());
  }

  @Test
  void asyncGeneratorsThatAreLeftAreEnded() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    Async.run(
        coroVoid(
            () -> {
              AsyncGenerator<Integer> numbers = GeneratorTest.countingAsync(log);
              AsyncIterator<Integer> iterator = numbers.asyncIterator();
              assertTrue(await(iterator.moveNext()));
              assertEquals(0, iterator.current());
            }),
        on(loop));
    assertEquals(List.of("finally"), log);
  }
}
