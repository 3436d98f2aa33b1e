package io.fermata;

import static io.fermata.Async.currentTask;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class EventLoopTest extends LoopTests {
  private final Logger logger = Logger.getLogger("io.fermata");
  private final List<String> logged = new ArrayList<>();
  private final List<Throwable> loggedFailures = new ArrayList<>();
  private final Handler recorder =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(new SimpleFormatter().formatMessage(entry));
          loggedFailures.add(entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void recordTheLog() {
    logger.addHandler(recorder);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void restoreTheLog() {
    logger.removeHandler(recorder);
    logger.setUseParentHandlers(true);
  }

  @Test
  void LOOP_01_aClosedLoopSchedulesNothing() {
    assertFalse(loop.isClosed());
    loop.callSoon(
        () -> log.add(assertThrows(IllegalStateException.class, loop::close).getMessage()));
    settle();
    assertTrue(log.get(0).toString().contains("can't be closed while it runs"));
    loop.close();
    loop.close();
    assertTrue(loop.isClosed());
    Promise<Object> promise = new VirtualTimeLoop().createPromise();
    List<Executable> refused =
        List.of(
            loop::runForever,
            () -> loop.runUntilComplete(promise),
            () -> loop.callSoon(() -> {}),
            () -> loop.callSoonThreadsafe(() -> {}),
            () -> loop.callLater(ms(1), () -> {}),
            () -> loop.callAt(1, () -> {}),
            () -> loop.createTask(coro(() -> 1)),
            () -> loop.runInExecutor(null, () -> 1));
    for (Executable each : refused) {
      IllegalStateException e = assertThrows(IllegalStateException.class, each);
      assertTrue(e.getMessage().contains("closed"), e::getMessage);
    }
  }

  @Test
  void LOOP_02_callbacksRunInOrderAndWhatTheyQueueInTheNextPass() {
    Handle handle = loop.callSoon(() -> log.add(1));
    assertFalse(handle.isCancelled());
    loop.callSoon(() -> loop.callSoon(() -> log.add(3)));
    loop.callSoon(() -> log.add(2));
    pass();
    assertEquals(List.of(1, 2), log);
    pass();
    assertEquals(List.of(1, 2, 3), log);
  }

  @Test
  void LOOP_03_aCancelledHandleNeverRuns() {
    Handle handle = loop.callSoon(() -> log.add("ran"));
    handle.cancel();
    TimerHandle timer = loop.callLater(ms(1), () -> log.add("ran"));
    timer.cancel();
    settle();
    loop.callLater(ms(10), loop::stop);
    loop.runForever();
    assertEquals(List.of(), log);
  }

  @Test
  void LOOP_04_timersRunAtTheirTime() {
    loop.callLater(ms(100), () -> log.add("later " + loop.time()));
    loop.callAt(ms(50).toNanos(), () -> log.add("at " + loop.time()));
    loop.callLater(ms(-5), () -> log.add("at once"));
    loop.callLater(ms(100), loop::stop);
    loop.runForever();
    assertEquals(List.of("at once", "at 50000000", "later 100000000"), log);
    assertThrows(NullPointerException.class, () -> loop.callLater(null, () -> {}));
    assertThrows(NullPointerException.class, () -> loop.callLater(ms(1), null));
    assertThrows(NullPointerException.class, () -> loop.callAt(1, null));
  }

  @Test
  void LOOP_04_timersWithTheSameDeadlineRunInOrderOfRegistration() {
    for (int i = 0; i < 50; i++) {
      int number = i;
      loop.callAt(1_000, () -> log.add(number));
    }
    loop.callAt(1_000, loop::stop);
    loop.runForever();
    for (int i = 0; i < 50; i++) {
      assertEquals(i, log.get(i));
    }
  }

  @Test
  void LOOP_05_debugModeRefusesCallsFromOtherThreads() throws InterruptedException {
    for (boolean debug : List.of(true, false)) {
      loop.setDebug(debug);
      List<Throwable> thrown = new ArrayList<>();
      Thread other =
          new Thread(
              () -> {
                for (Runnable call :
                    List.<Runnable>of(
                        () -> loop.callSoon(() -> {}),
                        () -> loop.callLater(ms(60_000), () -> {}),
                        () -> loop.callAt(ms(60_000).toNanos(), () -> {}))) {
                  try {
                    call.run();
                  } catch (IllegalStateException e) {
                    thrown.add(e);
                  }
                }
              });
      loop.callSoon(
          () -> {
            other.start();
            joinUninterruptibly(other);
          });
      settle();
      assertEquals(debug ? 3 : 0, thrown.size());
      if (debug) {
        assertTrue(thrown.get(0).getMessage().contains("callSoonThreadsafe"));
      }
    }
  }

  private static void joinUninterruptibly(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void LOOP_06_theDefaultForDebugModeIsAProcessWideSetting() {
    assertFalse(DebugMode.isOn(null));
    assertFalse(DebugMode.isOn(""));
    assertFalse(DebugMode.isOn("0"));
    assertFalse(DebugMode.isOn("false"));
    assertTrue(DebugMode.isOn("1"));
    assertTrue(DebugMode.isOn("true"));
    System.setProperty("fermata.debug", "true");
    try {
      assertTrue(new VirtualTimeLoop().getDebug());
      System.setProperty("fermata.debug", "");
      assertFalse(new VirtualTimeLoop().getDebug());
    } finally {
      System.clearProperty("fermata.debug");
    }
    loop.setDebug(true);
    assertTrue(loop.getDebug());
    loop.setDebug(false);
    assertFalse(loop.getDebug());
  }

  @Test
  void LOOP_07_runUntilCompleteRefusesNullAndPromisesOfAnotherLoop() {
    assertThrows(NullPointerException.class, () -> loop.runUntilComplete(null));
    Promise<Object> foreign = new VirtualTimeLoop().createPromise();
    assertThrows(IllegalArgumentException.class, () -> loop.runUntilComplete(foreign));
  }

  @Test
  void LOOP_08_aCallbackThatThrowsIsLoggedAndTheLoopGoesOn() {
    loop.setExceptionHandler(null);
    ArithmeticException failure = new ArithmeticException();
    loop.callSoon(new Thrower(failure));
    loop.callLater(ms(1), new Thrower(failure));
    loop.callLater(ms(2), loop::stop);
    loop.runForever();
    assertEquals(List.of("Exception in callback thrower", "Exception in callback thrower"), logged);
    assertEquals(List.of(failure, failure), loggedFailures);
  }

  private record Thrower(RuntimeException failure) implements Runnable {
    @Override
    public void run() {
      throw failure;
    }

    @Override
    public String toString() {
      return "thrower";
    }
  }

  @Test
  void LOOP_09_aCustomExceptionHandlerIsToldInsteadOfTheLog() {
    loop.setDebug(true);
    ArithmeticException failure = new ArithmeticException();
    Handle handle = loop.callSoon(new Thrower(failure));
    settle();
    ExceptionContext context = reports.get(0);
    assertEquals("Exception in callback thrower", context.message());
    assertSame(failure, context.exception());
    assertSame(handle, context.handle());
    assertEquals(
        "LOOP_09_aCustomExceptionHandlerIsToldInsteadOfTheLog",
        context.createdAt().getStackTrace()[0].getMethodName());
    assertEquals(List.of(), logged);
    loop.setExceptionHandler(null);
    assertNull(loop.getExceptionHandler());
    loop.callSoon(new Thrower(failure));
    settle();
    assertEquals(1, reports.size());
    assertEquals(1, logged.size());
  }

  @Test
  void LOOP_09_anExceptionHandlerThatThrowsIsLoggedWithWhatItWasToldOf() {
    ArithmeticException failure = new ArithmeticException();
    RuntimeException ofHandler = new RuntimeException("handler");
    loop.setExceptionHandler(
        (ignored, context) -> {
          throw ofHandler;
        });
    loop.callSoon(new Thrower(failure));
    settle();
    assertEquals(List.of(ofHandler, failure), loggedFailures);
  }

  @Test
  void LOOP_10_aTaskFactoryMakesAllTasks() {
    assertNull(loop.getTaskFactory());
    TaskFactory factory =
        new TaskFactory() {
          @Override
          public <T> Task<T> newTask(EventLoop on, Coro<T> coro, TaskOptions options) {
            log.add(String.valueOf(options.name()));
            return Task.create(on, coro, options);
          }
        };
    loop.setTaskFactory(factory);
    assertSame(factory, loop.getTaskFactory());
    Task<Integer> task = loop.createTask(coro(() -> 1), "named");
    assertEquals("named", task.getName());
    loop.runUntilComplete(task);
    runVoid(() -> await(Async.ensurePromise(coro(() -> 1))));
    assertEquals(List.of("named", "null", "null"), log);
    loop.setTaskFactory(null);
    settle();
    assertEquals(3, log.size());
  }

  @Test
  void LOOP_11_onAClosedLoopTheCoroutineIsClosed() {
    loop.close();
    Coro<Integer> coro = coro(() -> 1);
    assertThrows(IllegalStateException.class, () -> Awaitables.ensurePromise(loop, coro));
    assertTrue(coro.toString().contains("closed"));
  }

  @Test
  void LOOP_13_aCallbackOfNullIsRefused() {
    List<Executable> calls =
        List.of(
            () -> loop.callSoon(null),
            () -> loop.callSoonThreadsafe(null),
            () -> loop.callLater(ms(1), null),
            () -> loop.callAt(1, null),
            () -> loop.runInExecutor(null, null));
    for (Executable call : calls) {
      assertThrows(NullPointerException.class, call);
    }
  }

  @Test
  void LOOP_14_debugModeReportsSlowCallbacksAndSteps() {
    loop.setDebug(true);
    assertEquals(ms(100), loop.getSlowCallbackDuration());
    loop.callSoon(() -> loop.advance(ms(99)));
    settle();
    assertEquals(List.of(), logged);
    loop.callSoon(
        new Runnable() {
          @Override
          public void run() {
            loop.advance(ms(100));
          }

          @Override
          public String toString() {
            return "slow one";
          }
        });
    settle();
    assertEquals(List.of("Handle[slow one] held the loop for 0.100 s"), logged);
    logged.clear();
    loop.setSlowCallbackDuration(ms(500));
    Task<Void> task =
        loop.createTask(
            coroVoid(
                "slow",
                () -> {
                  await(sleep(ms(1)));
                  loop.advance(ms(600));
                }),
            "t");
    loop.runUntilComplete(task);
    assertEquals(1, logged.size());
    assertTrue(logged.get(0).startsWith("Task[t finished, coroutine EventLoopTest.slow"));
    assertTrue(logged.get(0).contains("held the loop for 0.600 s"), logged.get(0));
    String place = "resumed at io.fermata.EventLoopTest.slow(EventLoopTest.java:";
    assertTrue(logged.get(0).contains(place), logged.get(0));
  }

  @Test
  void LOOP_15_aLoopCannotRunInsideALoop() {
    VirtualTimeLoop other = new VirtualTimeLoop();
    runVoid(
        () -> {
          Coro<Void> coro = coroVoid(() -> log.add("started"));
          IllegalStateException same =
              assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(coro));
          assertTrue(same.getMessage().contains("is running already"), same::getMessage);
          IllegalStateException another =
              assertThrows(IllegalStateException.class, () -> other.runUntilComplete(coro));
          assertTrue(another.getMessage().contains("another loop is running"));
          assertSame(loop, EventLoop.running());
          assertEquals(List.of(), log);
          coro.close();
        });
  }

  @Test
  void LOOP_16_theDefaultExecutorCanBeSetAndItsShutdownIsBounded() throws InterruptedException {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    loop.setDefaultExecutor(pool);
    assertThrows(NullPointerException.class, () -> loop.setDefaultExecutor(null));
    CountDownLatch hang = new CountDownLatch(1);
    runVoid(
        () -> {
          loop.runInExecutor(
              null,
              () -> {
                hang.await();
                return 1;
              });
          await(loop.shutdownDefaultExecutor(ms(10)));
        });
    assertTrue(logged.get(0).contains("did not finish its work"), logged.get(0));
    assertTrue(pool.isShutdown());
    assertThrows(IllegalStateException.class, () -> loop.runInExecutor(null, () -> 1));
    hang.countDown();
  }

  @Test
  void EVX_01_aThreadsafeCallWakesASleepingLoop() throws InterruptedException {
    SelectorLoop real = new SelectorLoop();
    CountDownLatch sleeping = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              try {
                sleeping.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              real.callSoonThreadsafe(
                  () -> {
                    log.add("threadsafe");
                    real.callSoon(
                        () -> {
                          log.add("soon");
                          real.stop();
                        });
                  });
            });
    other.start();
    real.callSoon(sleeping::countDown);
    real.runForever();
    other.join();
    assertEquals(List.of("threadsafe", "soon"), log);
    real.callSoonThreadsafe(() -> log.add("first"));
    real.callSoon(
        () -> {
          real.callSoonThreadsafe(() -> log.add("third"));
          log.add("second");
          real.callLater(Duration.ofNanos(1), real::stop);
        });
    real.runForever();
    assertEquals(3, log.subList(2, log.size()).size());
    real.close();
  }

  @Test
  void EVX_02_aThreadsafeHandleCancelledByAnotherThreadDoesNotRun() throws InterruptedException {
    AtomicReference<Handle> handle = new AtomicReference<>();
    Thread other =
        new Thread(
            () -> {
              handle.set(loop.callSoonThreadsafe(() -> log.add("ran")));
              handle.get().cancel();
            });
    loop.callSoon(
        () -> {
          other.start();
          joinUninterruptibly(other);
        });
    settle();
    settle();
    assertTrue(handle.get().isCancelled());
    assertEquals(List.of(), log);
  }

  @Test
  void EVX_03_aCallbackThatCancelsItsOwnHandleRunsToItsEnd() {
    Handle[] handle = new Handle[1];
    handle[0] =
        loop.callSoonThreadsafe(
            () -> {
              handle[0].cancel();
              log.add("end");
            });
    settle();
    assertEquals(List.of("end"), log);
    assertTrue(handle[0].isCancelled());
  }

  @Test
  void EVX_04_runInExecutorComputesInAnotherThread() {
    Callable<Thread> work = Thread::currentThread;
    Thread seen = run(() -> await(loop.runInExecutor(null, work)));
    assertNotEquals(Thread.currentThread(), seen);
    List<Runnable> jobs = new ArrayList<>();
    Promise<Integer> inOwn = loop.runInExecutor(jobs::add, () -> 42);
    loop.callSoon(() -> jobs.get(0).run());
    assertEquals(42, loop.runUntilComplete(inOwn));
  }

  @Test
  void EVX_05_aHandlesFailureGoesToTheExceptionHandler() {
    ArithmeticException failure = new ArithmeticException();
    Handle handle = loop.callSoon(new Thrower(failure));
    settle();
    assertFalse(handle.isCancelled());
    assertSame(failure, reports.get(0).exception());
    assertSame(handle, reports.get(0).handle());
    handle.cancel();
    assertTrue(handle.isCancelled());
  }

  @Test
  void EVX_06_timerHandlesAreComparedByTheirDeadline() {
    Runnable callback = () -> {};
    TimerHandle a = loop.callAt(100, callback);
    TimerHandle b = loop.callAt(100, callback);
    TimerHandle later = loop.callAt(200, callback);
    assertEquals(100, a.when());
    assertEquals(a, b);
    assertEquals(a.hashCode(), b.hashCode());
    assertNotEquals(a, later);
    assertTrue(a.compareTo(later) < 0);
    assertTrue(later.compareTo(a) > 0);
    assertEquals(0, a.compareTo(b));
    a.cancel();
    assertNotEquals(a, b);
    assertNull(a.callback());
    assertEquals(2, timers());
  }

  @Test
  void EVX_07_theRunningLoopIsTheOneThatRunsAndElseThereIsNone() {
    assertThrows(IllegalStateException.class, EventLoop::running);
    loop.callSoon(() -> log.add(EventLoop.running()));
    settle();
    assertEquals(List.of(loop), log);
    assertThrows(IllegalStateException.class, EventLoop::running);
  }

  @Test
  void INTRO_01_currentTaskNeedsARunningLoop() {
    IllegalStateException e = assertThrows(IllegalStateException.class, Async::currentTask);
    assertTrue(e.getMessage().contains("no event loop runs on this thread"));
    assertNull(currentTask(loop));
  }

  @Test
  void INTRO_02_currentTaskIsTheTaskThatRuns() {
    Task<Void> task =
        loop.createTask(
            coroVoid(
                () -> {
                  log.add(currentTask());
                  log.add(currentTask(loop));
                }));
    loop.callSoon(() -> log.add(currentTask() == null));
    loop.runUntilComplete(task);
    settle();
    assertEquals(List.of(task, task, true), log);
    assertNull(currentTask(loop));
  }

  @Test
  void INTRO_04_allTasksAreTheLoopsOwnThatAreNotDone() {
    VirtualTimeLoop another = new VirtualTimeLoop();
    Task<Void> elsewhere = another.createTask(coroVoid(() -> {}));
    Task<Integer> first = loop.createTask(after(1, 1));
    Task<Integer> middle = loop.createTask(after(2, 2));
    Task<Integer> last = loop.createTask(after(3, 3));
    assertEquals(List.of(first, middle, last), List.copyOf(Async.allTasks(loop)));
    middle.cancel();
    settle();
    assertEquals(List.of(first, last), List.copyOf(Async.allTasks(loop)));
    loop.runUntilComplete(first);
    assertEquals(Set.of(last), Async.allTasks(loop));
    loop.runUntilComplete(last);
    assertEquals(Set.of(), Async.allTasks(loop));
    assertEquals(Set.of(elsewhere), Async.allTasks(another));
    another.runUntilComplete(elsewhere);
    another.close();
  }

  @Test
  void CORO_01_aCoroutineIsACoroAndNothingElseIs() {
    for (Object coroutine : List.of(coro(() -> 1), sleep(ms(1)), sleep(Duration.ZERO))) {
      assertInstanceOf(Coro.class, coroutine);
    }
    Promise<Void> promise = loop.createPromise();
    Awaitable<Void> own = () -> promise;
    for (Object other : List.of(promise, own, loop.createTask(coro(() -> 1)), "text")) {
      assertFalse(other instanceof Coro, () -> other + " is no coroutine");
    }
    settle();
  }

  @Test
  void CORO_02_aCoroutineThatAwaitsAnotherGivesItsValueInDebugModeToo() {
    for (boolean debug : List.of(false, true)) {
      loop.setDebug(debug);
      assertEquals("spam", loop.runUntilComplete(coro(() -> await(coro(() -> "spam")))));
    }
  }

  @Test
  void CORO_03_coroutinesAreWatchedOnlyWhileALoopInDebugModeRuns() {
    assertFalse(UnawaitedCoroutines.isWatching());
    loop.setDebug(true);
    runVoid(
        () -> {
          assertTrue(UnawaitedCoroutines.isWatching());
          coroVoid(() -> log.add("never")).close();
          log.add(sleep(ms(10)));
        });
    assertFalse(UnawaitedCoroutines.isWatching());
    coroVoid(() -> log.add("never"));
    loop.close();
    assertEquals(1, reports.size());
    assertEquals("coroutine Async.sleep was never awaited", reports.get(0).message());
    assertTrue(reports.get(0).createdAt().getStackTrace()[0].toString().contains("EventLoopTest"));
    assertEquals("[coroutine Async.sleep (created)]", log.toString());
  }

  /** A failure that nobody retrieves is told when the loop is about to sleep. */
  @Test
  void aLoopDoesNotSleepOverWhatItsExceptionHandlerHasMadeReady() {
    Task<Long> waiting =
        loop.createTask(
            coro(
                () -> {
                  try {
                    return await(loop.<Long>createPromise());
                  } catch (CancelledError e) {
                    return loop.time();
                  }
                }));
    loop.setExceptionHandler(
        (ignored, context) -> {
          log.add(loop.time());
          waiting.cancel();
        });
    loop.callSoon(() -> loop.createPromise().fail(new ArithmeticException()));
    runVoid(
        () -> {
          for (int i = 0; i < 200 && !waiting.isDone(); i++) {
            System.gc();
            await(sleep(ms(1)));
          }
        });
    assertEquals(List.of(waiting.result()), log);
  }
}
