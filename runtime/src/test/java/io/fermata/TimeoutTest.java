package io.fermata;

import static io.fermata.Async.currentTask;
import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static io.fermata.Async.timeoutAt;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TimeoutTest extends LoopTests {

  @Test
  void TMO_01_theBlockIsCancelledAndEndsInATimeout() {
    for (boolean at : List.of(false, true)) {
      long start = loop.time();
      runVoid(
          () -> {
            long deadline = start + ms(10).toNanos();
            Timeout scope = at ? timeoutAt(deadline) : timeout(ms(10));
            assertThrows(
                AsyncTimeoutException.class,
                () ->
                    with(
                        scope,
                        () -> {
                          try {
                            await(sleep(ms(10_000)));
                          } catch (CancelledError e) {
                            log.add("cancelled");
                            throw e;
                          }
                        }));
            assertTrue(scope.expired());
            assertEquals(OptionalLong.of(deadline), scope.when());
            assertEquals(0, currentTask().cancelling());
          });
    }
    assertEquals(List.of("cancelled", "cancelled"), log);
    assertTime(20);
  }

  @Test
  void TMO_02_aDeadlineThatIsNotReachedLeavesNoTimer() {
    runVoid(
        () -> {
          Timeout scope = timeout(ms(100));
          with(scope, () -> await(sleep(ms(10))));
          assertFalse(scope.expired());
          assertTrue(scope.when().getAsLong() > loop.time());
          assertEquals(0, timers());
        });
  }

  @Test
  void TMO_03_noneNeverExpires() {
    runVoid(
        () -> {
          Timeout scope = Timeout.none();
          with(scope, () -> await(sleep(Duration.ofDays(1000))));
          assertFalse(scope.expired());
          assertEquals(OptionalLong.empty(), scope.when());
        });
  }

  @Test
  void TMO_04_zeroEndsTheBlockAtItsFirstAwait() {
    runVoid(
        () -> {
          Timeout scope = timeout(Duration.ZERO);
          assertThrows(
              AsyncTimeoutException.class, () -> with(scope, () -> await(sleep(ms(10_000)))));
          assertTrue(scope.expired());
          assertEquals(OptionalLong.of(0), scope.when());
        });
    assertTime(0);
  }

  @Test
  void TMO_05_anotherExceptionPassesThrough() {
    ArithmeticException failure = new ArithmeticException();
    runVoid(
        () -> {
          Timeout scope = timeout(ms(10));
          assertSame(
              failure,
              assertThrows(
                  ArithmeticException.class,
                  () ->
                      with(
                          scope,
                          () -> {
                            throw failure;
                          })));
          assertFalse(scope.expired());
        });
  }

  @Test
  void TMO_06_theCauseIsTheCancellationThatInterruptedTheBlock() {
    AsyncTimeoutException thrown =
        assertThrows(
            AsyncTimeoutException.class,
            () -> runVoid(() -> with(timeout(ms(10)), () -> await(sleep(ms(1000))))));
    CancelledError cause = assertInstanceOf(CancelledError.class, thrown.getCause());
    assertNull(cause.getCause());
  }

  @Test
  void TMO_07_aCancellationFromElsewherePassesThrough() {
    Timeout[] scope = new Timeout[1];
    Task<Void> task =
        loop.createTask(
            coroVoid(
                () -> {
                  scope[0] = timeout(ms(1000));
                  with(scope[0], () -> await(sleep(ms(10_000))));
                }));
    settle();
    task.cancel();
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
    assertFalse(scope[0].expired());
  }

  @Test
  void TMO_08_aTaskThatHandlesItsTimeoutIsNotCancelled() {
    Task<Void> task =
        loop.createTask(
            coroVoid(
                () ->
                    assertThrows(
                        AsyncTimeoutException.class,
                        () -> with(timeout(ms(1)), () -> await(sleep(ms(10_000)))))));
    loop.runUntilComplete(task);
    assertFalse(task.isCancelled());
  }

  @Test
  void TMO_09_ofNestedOnesTheOuterFiresThroughTheInner() {
    runVoid(
        () ->
            assertThrows(
                AsyncTimeoutException.class,
                () ->
                    with(
                        timeout(ms(2)),
                        () -> {
                          try {
                            Timeout inner = timeout(ms(100));
                            with(
                                inner,
                                () -> {
                                  loop.advance(ms(10));
                                  await(sleep(ms(1000)));
                                });
                          } catch (CancelledError e) {
                            log.add("cancelled through the inner block");
                            throw e;
                          }
                        })));
    assertEquals(List.of("cancelled through the inner block"), log);
  }

  @Test
  void TMO_09_bothDeadlinesPassedTheInnerOneTimesOutFirst() {
    runVoid(
        () ->
            assertThrows(
                AsyncTimeoutException.class,
                () ->
                    with(
                        timeout(ms(10)),
                        () -> {
                          try {
                            with(
                                timeout(ms(20)),
                                () -> {
                                  loop.advance(ms(100));
                                  await(sleep(ms(1000)));
                                });
                          } catch (AsyncTimeoutException e) {
                            log.add("inner");
                            throw e;
                          }
                        })));
  }

  @Test
  void TMO_10_rescheduleMovesTheDeadlineOrTakesItAway() {
    Timeout[] scope = new Timeout[1];
    Task<Void> task =
        loop.createTask(
            coroVoid(
                () -> {
                  scope[0] = timeout(ms(10));
                  with(scope[0], () -> await(sleep(ms(10_000))));
                }));
    settle();
    scope[0].reschedule(ms(500).toNanos());
    assertEquals(OptionalLong.of(ms(500).toNanos()), scope[0].when());
    run(() -> await(sleep(ms(100))));
    assertFalse(task.isDone());
    runVoid(() -> scope[0].rescheduleNever());
    assertEquals(OptionalLong.empty(), scope[0].when());
    run(() -> await(sleep(ms(1000))));
    assertFalse(task.isDone());
    task.cancel();
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
    assertFalse(scope[0].expired());
  }

  @Test
  void TMO_10_rescheduleToThePastExpires() {
    runVoid(
        () -> {
          Timeout scope = Timeout.none();
          assertThrows(
              AsyncTimeoutException.class,
              () ->
                  with(
                      scope,
                      () -> {
                        scope.reschedule(loop.time());
                        await(sleep(ms(1000)));
                      }));
        });
    assertTime(0);
  }

  @Test
  void TMO_11_theTextTellsTheState() {
    runVoid(
        () -> {
          Timeout scope = timeout(ms(10));
          assertEquals("Timeout[created]", scope.toString());
          with(scope, () -> assertEquals("Timeout[active when=0.010s]", scope.toString()));
          assertEquals("Timeout[finished]", scope.toString());
          Timeout none = Timeout.none();
          with(none, () -> assertEquals("Timeout[active when=null]", none.toString()));
          Timeout expired = timeout(ms(1));
          assertThrows(
              AsyncTimeoutException.class,
              () ->
                  with(
                      expired,
                      () -> {
                        try {
                          await(sleep(ms(100)));
                        } finally {
                          assertEquals("Timeout[expiring]", expired.toString());
                        }
                      }));
          assertEquals("Timeout[expired]", expired.toString());
        });
  }

  @Test
  void TMO_12_aTimeoutIsEnteredOnce() {
    runVoid(
        () -> {
          Timeout scope = timeout(ms(10));
          with(
              scope,
              () -> {
                IllegalStateException e =
                    assertThrows(IllegalStateException.class, () -> with(scope, () -> {}));
                assertTrue(e.getMessage().contains("has already been entered"));
              });
          assertThrows(IllegalStateException.class, () -> with(scope, () -> {}));
        });
  }

  @Test
  void TMO_13_onlyAnActiveOneCanBeRescheduled() {
    runVoid(
        () -> {
          Timeout scope = timeout(ms(10));
          assertRefused(scope, "has not been entered");
          with(scope, () -> {});
          assertRefused(scope, "it is finished");
          Timeout expired = timeout(ms(1));
          assertThrows(
              AsyncTimeoutException.class, () -> with(expired, () -> await(sleep(ms(10)))));
          assertRefused(expired, "it is expired");
          Timeout expiring = timeout(ms(1));
          with(
              expiring,
              () -> {
                try {
                  await(sleep(ms(10)));
                } catch (CancelledError e) {
                  assertRefused(expiring, "it is expiring");
                }
              });
          assertEquals(0, currentTask().cancelling());
        });
  }

  private static void assertRefused(Timeout scope, String state) {
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> scope.reschedule(0));
    assertTrue(e.getMessage().contains(state), e::getMessage);
  }

  @Test
  void TMO_14_aTimeoutNeedsATask() {
    Timeout[] scope = new Timeout[1];
    loop.callSoon(
        () -> {
          scope[0] = timeout(ms(10));
          log.add(assertThrows(IllegalStateException.class, scope[0]::enter).getMessage());
        });
    settle();
    assertTrue(log.get(0).toString().contains("inside a task"));
    assertEquals("Timeout[created]", scope[0].toString());
  }
}
