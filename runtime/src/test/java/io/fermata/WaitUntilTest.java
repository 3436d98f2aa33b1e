package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.waitUntil;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.ReturnWhen.ALL_COMPLETED;
import static io.fermata.ReturnWhen.FIRST_COMPLETED;
import static io.fermata.ReturnWhen.FIRST_EXCEPTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WaitUntilTest extends LoopTests {

  @Test
  void WAIT_01_waitsForAllAndReturnsAtOnceTheSecondTime() {
    Task<String> a = loop.createTask(after(100, "a"));
    Task<String> b = loop.createTask(after(150, "b"));
    for (int i = 0; i < 2; i++) {
      WaitResult<Task<String>> result = run(() -> await(waitUntil(List.of(a, b), ALL_COMPLETED)));
      assertEquals(Set.of(a, b), result.done());
      assertEquals(Set.of(), result.pending());
      assertTime(150);
    }
  }

  @Test
  void WAIT_02_theSameTaskCountsOnce() {
    Task<String> a = loop.createTask(after(10, "a"));
    Task<String> b = loop.createTask(after(10, "b"));
    WaitResult<Task<String>> result =
        run(() -> await(waitUntil(List.of(a, b, a, a), ALL_COMPLETED)));
    assertEquals(Set.of(a, b), result.done());
  }

  @Test
  void WAIT_03_nothingToWaitForAndNullAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> waitUntil(List.<Task<?>>of(), ALL_COMPLETED));
    List<Task<String>> tasks = List.of(loop.createTask(after(0, "a")));
    assertThrows(NullPointerException.class, () -> waitUntil(tasks, null));
    assertThrows(NullPointerException.class, () -> waitUntil((List<Task<?>>) null, ALL_COMPLETED));
    settle();
  }

  @Test
  void WAIT_04_firstCompletedCancelsNothing() {
    Task<String> slow = loop.createTask(after(10_000, "slow"));
    Task<String> fast = loop.createTask(after(100, "fast"));
    WaitResult<Task<String>> result =
        run(() -> await(waitUntil(List.of(slow, fast), FIRST_COMPLETED)));
    assertEquals(Set.of(fast), result.done());
    assertEquals(Set.of(slow), result.pending());
    assertTime(100);
    assertFalse(slow.isDone());
    assertEquals(0, slow.cancelling());
  }

  @Test
  void WAIT_05_firstExceptionReturnsAsSoonAsOneFails() {
    for (long when : new long[] {0, 10}) {
      long start = loop.time();
      Task<String> slow = loop.createTask(after(10_000, "slow"));
      Task<String> failing = loop.createTask(failAfter(when, new ArithmeticException()));
      WaitResult<Task<String>> result =
          run(() -> await(waitUntil(List.of(slow, failing), FIRST_EXCEPTION)));
      assertEquals(Set.of(failing), result.done());
      assertEquals(Set.of(slow), result.pending());
      assertEquals(when, (loop.time() - start) / 1_000_000);
    }
  }

  @Test
  void WAIT_06_aFailureIsNotThrown() {
    Task<String> a = loop.createTask(after(100, "a"));
    Task<String> failing = loop.createTask(failAfter(150, new ArithmeticException()));
    for (int i = 0; i < 2; i++) {
      WaitResult<Task<String>> result =
          run(() -> await(waitUntil(List.of(a, failing), ALL_COMPLETED)));
      assertEquals(Set.of(a, failing), result.done());
      assertEquals(1, result.done().stream().filter(t -> t.exception() != null).count());
      assertTime(150);
    }
  }

  @Test
  void WAIT_07_aTimeoutReturnsWhatIsDone() {
    Task<String> a = loop.createTask(after(100, "a"));
    Task<String> b = loop.createTask(after(150, "b"));
    WaitResult<Task<String>> result =
        run(() -> await(waitUntil(List.of(a, b), ALL_COMPLETED, ms(110))));
    assertEquals(Set.of(a), result.done());
    assertEquals(Set.of(b), result.pending());
    assertTime(110);
    assertEquals(Set.of(b), run(() -> await(waitUntil(result.pending(), ALL_COMPLETED))).done());
    assertTime(150);
  }

  @Test
  void WAIT_08_theCollectionMayBeMadeOnTheWay() {
    WaitResult<Task<Integer>> result =
        run(
            () ->
                await(
                    waitUntil(
                        Stream.iterate(0, i -> i + 1)
                            .limit(10)
                            .map(i -> createTask(coro(() -> i)))
                            .toList(),
                        ALL_COMPLETED)));
    assertEquals(10, result.done().size());
    assertEquals(0, result.pending().size());
  }

  @Test
  void cancelledItLeavesNoCallbackAndNoTimerBehind() {
    Promise<Void> promise = loop.createPromise();
    Task<?> waiting =
        loop.createTask(coro(() -> await(waitUntil(List.of(promise), ALL_COMPLETED, ms(100_000)))));
    settle();
    waiting.cancel();
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(waiting));
    assertEquals(List.of(), promise.waiting());
    assertEquals(0, timers());
  }
}
