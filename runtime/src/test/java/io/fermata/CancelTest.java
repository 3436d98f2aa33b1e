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
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancelTest extends LoopTests {

  @Test
  void CANCEL_01_aSleepingTaskIsCancelledAtOnce() {
    Task<String> task = loop.createTask(after(10_000, "late"));
    loop.callSoon(() -> loop.callSoon(task::cancel));
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
    assertTime(0);
    assertTrue(task.isDone());
    assertTrue(task.isCancelled());
    assertFalse(task.cancel());
  }

  @Test
  void CANCEL_02_aCancellationIsThrownAtAYield() {
    Task<Void> task =
        loop.createTask(
            coroVoid(
                () -> {
                  await(sleep(Duration.ZERO));
                  log.add("not reached");
                }));
    pass();
    task.cancel();
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
    assertTrue(task.isCancelled());
    assertFalse(task.cancel());
    assertEquals(List.of(), log);
  }

  @Test
  void CANCEL_03_cancellingThePromiseCancelsWhoAwaitsIt() {
    for (boolean both : List.of(false, true)) {
      Promise<Void> promise = loop.createPromise();
      Task<Void> task = loop.createTask(coro(() -> await(promise)));
      settle();
      promise.cancel();
      if (both) {
        task.cancel();
      }
      assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
      assertTrue(promise.isCancelled());
      assertTrue(task.isCancelled());
    }
  }

  @Test
  void CANCEL_04_whatTheTaskAwaitsIsCancelledAtOnce() {
    Promise<Void> promise = loop.createPromise();
    Task<Void> task = loop.createTask(coro(() -> await(promise)));
    settle();
    assertTrue(task.cancel());
    assertTrue(promise.isCancelled());
    assertFalse(task.isDone());
    pass();
    assertTrue(task.isCancelled());
    assertNull(task.waitingFor());
  }

  @Test
  void CANCEL_05_caughtAtTheSecondAwaitItEndsWithAValue() {
    Promise<Void> first = loop.createPromise();
    Promise<Void> second = loop.createPromise();
    Task<Integer> task =
        loop.createTask(
            coro(
                () -> {
                  await(first);
                  try {
                    await(second);
                  } catch (CancelledError e) {
                    return 42;
                  }
                  return 0;
                }));
    settle();
    first.complete(null);
    settle();
    task.cancel();
    assertEquals(42, loop.runUntilComplete(task));
    assertFalse(task.isCancelled());
  }

  @Test
  void CANCEL_06_aTaskThatCancelsItselfGetsItAtItsNextAwait() {
    Task<Void> task =
        loop.createTask(
            coroVoid(
                () -> {
                  currentTask().cancel();
                  log.add("went on");
                  await(sleep(Duration.ofSeconds(100)));
                  log.add("not reached");
                }));
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
    assertTime(0);
    assertEquals(List.of("went on"), log);
    assertTrue(task.isCancelled());
    assertFalse(task.cancel());
  }

  @Test
  void CANCEL_06_aTaskThatCancelsItselfAndEndsIsCancelled() {
    Task<Integer> task =
        loop.createTask(
            coro(
                () -> {
                  currentTask().cancel("too late");
                  return 42;
                }));
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
    assertTrue(task.isCancelled());
  }

  @Test
  void CANCEL_07_aTaskCancelledBeforeItStartsNeverRuns() {
    Task<Void> task = loop.createTask(coroVoid(() -> log.add("ran")));
    task.cancel("why");
    CancelledError e = assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
    assertEquals("why", e.getMessage());
    assertEquals(List.of(), log);
    assertTrue(task.isCancelled());
  }

  @Test
  void CANCEL_08_theMessageIsCarriedByEachError() {
    Object object = new Object();
    for (Object message : Arrays.asList(null, "text", object)) {
      Task<Void> task = loop.createTask(coro(() -> await(sleep(ms(10)))));
      settle();
      task.cancel(message);
      CancelledError awaited = assertThrows(CancelledError.class, () -> run(() -> await(task)));
      CancelledError result = assertThrows(CancelledError.class, task::result);
      CancelledError exception = assertThrows(CancelledError.class, task::exception);
      for (CancelledError each : List.of(awaited, result, exception)) {
        assertSame(message, each.reason());
        assertNull(each.getCause());
      }
    }
    Task<Void> task = loop.createTask(coro(() -> await(sleep(ms(10)))));
    settle();
    task.cancel();
    settle();
    assertNull(assertThrows(CancelledError.class, task::result).reason());
  }

  @Test
  void CANCEL_09_aCancellationMayBeTheCauseOfAnotherFailure() {
    IllegalArgumentException outcome =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                run(
                    () -> {
                      Task<Void> inner = createTask(coro(() -> await(sleep(ms(1000)))));
                      loop.callLater(ms(1), () -> inner.cancel("msg"));
                      try {
                        await(inner);
                      } catch (CancelledError e) {
                        throw new IllegalArgumentException(e);
                      }
                      return null;
                    }));
    CancelledError cause = assertInstanceOf(CancelledError.class, outcome.getCause());
    assertEquals("msg", cause.getMessage());
    assertNull(cause.getCause());
  }

  @Test
  void CANCEL_10_requestsAreCounted() {
    Task<Void> task = loop.createTask(coro(() -> await(sleep(ms(10)))));
    assertEquals(0, task.cancelling());
    assertTrue(task.cancel());
    assertEquals(1, task.cancelling());
    assertTrue(task.toString().contains("cancelling"));
    assertTrue(task.cancel());
    assertEquals(2, task.cancelling());
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
  }

  @Test
  void CANCEL_10_uncancelTakesTheLastPendingRequestBack() {
    Task<Integer> task = loop.createTask(coro(() -> 1));
    task.cancel();
    task.cancel();
    assertEquals(1, task.uncancel());
    assertEquals(0, task.uncancel());
    assertEquals(0, task.uncancel());
    assertEquals(1, loop.runUntilComplete(task));
  }

  @Test
  void CANCEL_11_innerFramesSeeTheCancellationFirst() {
    Promise<Void> promise = loop.createPromise();
    Task<Void> task =
        loop.createTask(
            coroVoid(
                () -> {
                  try {
                    await(
                        coroVoid(
                            () -> {
                              try {
                                await(promise);
                              } catch (CancelledError e) {
                                log.add("inner");
                                throw e;
                              }
                            }));
                  } catch (CancelledError e) {
                    log.add("outer");
                  }
                }));
    settle();
    task.cancel();
    assertTrue(promise.isCancelled());
    loop.runUntilComplete(task);
    assertEquals(List.of("inner", "outer"), log);
    assertFalse(task.isCancelled());
  }

  @Test
  void CANCEL_12_aParentMayHandleTheCancellationOfItsChild() {
    String outcome =
        run(
            () -> {
              Task<Void> child = createTask(coro(() -> await(sleep(Duration.ofSeconds(10)))));
              loop.callLater(ms(100), child::cancel);
              try {
                await(child);
              } catch (CancelledError e) {
                assertEquals(0, currentTask().cancelling());
                return "cancelled";
              }
              return "not cancelled";
            });
    assertEquals("cancelled", outcome);
    assertTime(100);
  }

  @Test
  void CANCEL_13_aCancellationCarriesNoStackTrace() {
    CancelledError error = new CancelledError("msg");
    assertEquals(0, error.getStackTrace().length);
    error.addSuppressed(new ArithmeticException());
    assertEquals(1, error.getSuppressed().length, "suppression is on");
  }

  @Test
  void aFailureWhosePlaceACancellationTakesIsSuppressedInIt() {
    Promise<Void> promise = loop.createPromise();
    Task<Void> task = loop.createTask(coro(() -> await(promise)));
    settle();
    ArithmeticException failure = new ArithmeticException();
    promise.fail(failure);
    task.cancel();
    CancelledError e = assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
    assertSame(failure, e.getSuppressed()[0]);
  }

  @Test
  void theErrorThatLeavesATaskIsGivenToTheFirstWhoAsks() {
    CancelledError[] own = new CancelledError[1];
    Task<Void> task =
        loop.createTask(
            coroVoid(
                () -> {
                  try {
                    await(sleep(ms(10)));
                  } catch (CancelledError e) {
                    e.addSuppressed(new ArithmeticException("while cleaning up"));
                    own[0] = e;
                    throw e;
                  }
                }));
    settle();
    task.cancel("why");
    CancelledError first = assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
    assertSame(own[0], first);
    CancelledError second = assertThrows(CancelledError.class, task::result);
    assertNotSame(first, second, "two throwers must not share an object to suppress in");
    assertEquals("why", second.reason());
  }

  @Test
  void aParentGetsTheErrorThatLeftItsChild() {
    CancelledError own = new CancelledError("own");
    Task<Void> child = loop.createTask(failAfter(1, own));
    assertSame(own, assertThrows(CancelledError.class, () -> run(() -> await(child))));
    assertTrue(child.toString().contains("reason=own"), child.toString());
  }
}
