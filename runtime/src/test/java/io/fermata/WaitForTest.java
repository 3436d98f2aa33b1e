package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.shield;
import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static io.fermata.Async.waitFor;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitForTest extends LoopTests {

  private Task<Void> cleaningUp() {
    return loop.createTask(
        coroVoid(
            () -> {
              try {
                await(sleep(ms(10_000)));
              } finally {
                log.add("cleaned up");
              }
            }));
  }

  @Test
  void WF_01_onTimeoutTheTaskIsCancelledAndHasCleanedUp() {
    Task<Void> task = cleaningUp();
    assertThrows(AsyncTimeoutException.class, () -> run(() -> await(waitFor(task, ms(100)))));
    assertTrue(task.isCancelled());
    assertEquals(List.of("cleaned up"), log);
    assertTime(100);
  }

  @Test
  void aTimeoutTellsOfWaitForAndItsTimeAndOneOfABlockOfTheBlock() {
    AsyncTimeoutException ofWaitFor =
        assertThrows(
            AsyncTimeoutException.class,
            () -> run(() -> await(waitFor(sleep(ms(10_000)), ms(1500)))));
    assertEquals("what waitFor awaits was not done within PT1.5S", ofWaitFor.getMessage());
    AsyncTimeoutException ofBlock =
        assertThrows(
            AsyncTimeoutException.class,
            () ->
                loop.runUntilComplete(
                    coroVoid(
                        () ->
                            with(
                                timeout(ms(100)),
                                () -> await(waitFor(sleep(ms(1000)), ms(500)))))));
    assertEquals("the block's time is up", ofBlock.getMessage());
  }

  @Test
  void WF_02_aPromiseThatIsDoneNeedsNoTime() {
    Promise<String> promise = loop.createPromise();
    promise.complete("done");
    assertEquals("done", run(() -> await(waitFor(promise, Duration.ZERO))));
    assertEquals("done", run(() -> await(waitFor(promise, ms(-1)))));
  }

  @Test
  void WF_03_withoutTimeACoroutineNeverStarts() {
    assertThrows(
        AsyncTimeoutException.class,
        () -> run(() -> await(waitFor(coroVoid(() -> log.add("started")), Duration.ZERO))));
    assertEquals(List.of(), log);
  }

  @Test
  void WF_04_withoutTimeARunningTaskIsCancelledAndWaitedFor() {
    for (Duration timeout : List.of(Duration.ZERO, ms(-1))) {
      log.clear();
      Task<Void> task = cleaningUp();
      settle();
      assertThrows(AsyncTimeoutException.class, () -> run(() -> await(waitFor(task, timeout))));
      assertTrue(task.isCancelled());
      assertEquals(List.of("cleaned up"), log);
      assertTime(0);
    }
  }

  @Test
  void WF_05_nullIsNoLimit() {
    assertEquals("done", run(() -> await(waitFor(after(100_000, "done"), null))));
    assertEquals(
        "done", run(() -> await(waitFor(shield(createTask(after(100_000, "done"))), null))));
  }

  @Test
  void WF_06_aValueThatComesInTimeIsGiven() {
    Promise<String> promise = loop.createPromise();
    assertEquals(
        "ok",
        run(
            () -> {
              loop.callSoon(() -> promise.complete("ok"));
              return await(waitFor(promise, ms(200)));
            }));
  }

  @Test
  void WF_07_cancellingTheWaitCancelsWhatIsAwaited() {
    for (Duration timeout : Arrays.asList(null, Duration.ofSeconds(60))) {
      Promise<Void> promise = loop.createPromise();
      Task<Void> waiting = loop.createTask(coro(() -> await(waitFor(promise, timeout))));
      settle();
      waiting.cancel();
      assertThrows(CancelledError.class, () -> loop.runUntilComplete(waiting));
      assertTrue(promise.isCancelled());
    }
  }

  @Test
  void WF_08_itReturnsOnlyWhenTheInnerOneHasReallyEnded() {
    for (boolean cancelled : List.of(false, true)) {
      long start = loop.time();
      Task<Object> waiting =
          loop.createTask(coro(() -> await(waitFor(stubborn(), cancelled ? ms(10_000) : ms(100)))));
      if (cancelled) {
        loop.callLater(ms(100), waiting::cancel);
      }
      Throwable thrown = assertThrows(Throwable.class, () -> loop.runUntilComplete(waiting));
      assertEquals(
          cancelled ? CancelledError.class : AsyncTimeoutException.class, thrown.getClass());
      assertEquals(300, (loop.time() - start) / 1_000_000);
    }
    assertEquals(List.of("ended", "ended"), log);
  }

  /** Is to end at once when cancelled, but takes until its own time is up. */
  private Coro<Object> stubborn() {
    return coro(
        () -> {
          long end = loop.time() + ms(300).toNanos();
          CancelledError cancellation = null;
          while (loop.time() < end) {
            try {
              await(sleep(Duration.ofNanos(end - loop.time())));
            } catch (CancelledError e) {
              cancellation = e;
            }
          }
          log.add("ended");
          throw cancellation;
        });
  }

  @Test
  void WF_09_aShieldedTaskGoesOn() {
    Task<String> task = loop.createTask(after(100, "value"));
    assertThrows(
        AsyncTimeoutException.class, () -> run(() -> await(waitFor(shield(task), ms(10)))));
    assertFalse(task.isDone());
    assertEquals("value", run(() -> await(task)));
  }
}
