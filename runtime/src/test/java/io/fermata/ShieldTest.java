package io.fermata;

import static io.fermata.Async.gatherOutcomes;
import static io.fermata.Async.shield;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShieldTest extends LoopTests {

  @Test
  void SHIELD_01_theOuterPromiseMirrorsTheInnerOne() {
    Promise<Integer> inner = loop.createPromise();
    Promise<Integer> outer = shield(inner);
    inner.complete(42);
    assertEquals(42, loop.runUntilComplete(outer));

    Promise<Integer> failing = loop.createPromise();
    Promise<Integer> mirror = shield(failing);
    ArithmeticException failure = new ArithmeticException();
    failing.fail(failure);
    settle();
    assertSame(failure, mirror.exception());
  }

  @Test
  void SHIELD_02_aCancelledInnerPromiseCancelsTheOuterOneAPassLater() {
    Promise<Integer> inner = loop.createPromise();
    Promise<Integer> outer = shield(inner);
    inner.cancel();
    assertFalse(outer.isDone());
    settle();
    assertTrue(outer.isCancelled());
  }

  @Test
  void SHIELD_03_aCancelledOuterPromiseLeavesTheInnerOneAlone() {
    Promise<Integer> inner = loop.createPromise();
    Promise<Integer> outer = shield(inner);
    outer.cancel();
    settle();
    assertTrue(outer.isCancelled());
    assertEquals(List.of(), outer.waiting());
    assertEquals(List.of(), inner.waiting());
    assertFalse(inner.isDone());
  }

  @Test
  void SHIELD_04_whatIsDoneIsGivenAtOnce() {
    Promise<Integer> inner = loop.createPromise();
    inner.complete(42);
    assertEquals(42, shield(inner).result());
  }

  @Test
  void SHIELD_05_theInnerCoroutineGoesOn() {
    Promise<Void> waiter = loop.createPromise();
    Task<Void> outer =
        loop.createTask(
            coroVoid(
                () -> {
                  await(
                      shield(
                          coroVoid(
                              () -> {
                                await(waiter);
                                log.add("inner");
                              })));
                  log.add("not reached");
                }));
    settle();
    outer.cancel();
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(outer));
    waiter.complete(null);
    settle();
    assertEquals(List.of("inner"), log);
  }

  @Test
  void SHIELD_06_aCoroutineNeedsARunningLoop() {
    Coro<Integer> coro = coro(() -> 42);
    assertThrows(IllegalStateException.class, () -> shield(coro));
    assertEquals(42, run(() -> await(shield(coro))));
  }

  @Test
  void aFailureAfterTheShieldHasEndedIsToldAtOnce() {
    for (boolean samePass : List.of(true, false)) {
      reports.clear();
      Promise<Integer> inner = loop.createPromise();
      Promise<Integer> outer = shield(inner);
      outer.cancel();
      if (!samePass) {
        settle();
      }
      ArithmeticException failure = new ArithmeticException();
      inner.fail(failure);
      settle();
      assertEquals(List.of(failure), reports.stream().map(ExceptionContext::exception).toList());
      assertSame(inner, reports.get(0).promise());
    }
    reports.clear();
    loop.close();
    assertEquals(List.of(), reports);
  }

  @Test
  void aFailureThatSomebodyWaitsForIsNotTold() {
    Promise<Integer> inner = loop.createPromise();
    shield(inner).cancel();
    Promise<List<Outcome<Integer>>> seen = gatherOutcomes(List.of(inner));
    settle();
    inner.fail(new ArithmeticException());
    loop.runUntilComplete(seen);
    settle();
    assertEquals(List.of(), reports);
  }

  @Test
  void aPromiseThatIsShieldedAgainAndAgainHoldsNoMoreForIt() {
    Promise<Integer> inner = loop.createPromise();
    for (int i = 0; i < 1_000; i++) {
      shield(inner).cancel();
      settle();
    }
    assertEquals("Promise[pending]", inner.toString());
    inner.fail(new ArithmeticException());
    settle();
    assertEquals(1, reports.size());
  }
}
