package io.fermata;

import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SleepTest extends LoopTests {

  @Test
  void SLEEP_01_sleepTakesItsTimeAndGivesItsValue() {
    String value =
        run(
            () -> {
              assertNull(await(sleep(ms(50))));
              assertTime(50);
              return await(sleep(ms(50), "yeah"));
            });
    assertEquals("yeah", value);
    assertTime(100);
  }

  @Test
  void SLEEP_02_aDelayOfNullIsRefused() {
    assertThrows(NullPointerException.class, () -> run(() -> await(sleep(null))));
    assertThrows(NullPointerException.class, () -> run(() -> await(sleep(null, "value"))));
  }

  @Test
  void SLEEP_02_aDelayBeyondTheClockIsCutToIt() {
    Task<Void> task = loop.createTask(sleep(Duration.ofSeconds(Long.MAX_VALUE)));
    settle();
    assertEquals(false, task.isDone());
    task.cancel();
    settle();
    assertEquals(true, task.isCancelled());
  }

  @Test
  void SLEEP_03_sleepOfZeroGivesWayForOnePass() {
    for (Duration delay : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      log.clear();
      String value =
          run(
              () -> {
                loop.callSoon(() -> log.add("callback"));
                log.add("before");
                String result = await(sleep(delay, "value"));
                log.add("after");
                loop.callSoon(() -> log.add("second callback"));
                await(sleep(delay));
                return result;
              });
      assertEquals("value", value);
      assertEquals(List.of("before", "callback", "after", "second callback"), log);
    }
    assertTime(0);
  }

  @Test
  void sleepOfZeroAsATaskEnds() {
    run(() -> await(Async.createTask(sleep(Duration.ZERO))));
    run(() -> await(Async.waitFor(sleep(Duration.ZERO), ms(1))));
    assertTime(0);
  }

  /** Whether the timer of whoever cancels was set before that of the sleep. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCancellationInThePassOfItsTimerHitsTheSleep(boolean before) {
    Task<?>[] task = new Task<?>[1];
    if (before) {
      loop.callLater(ms(10), () -> task[0].cancel("late"));
    }
    task[0] =
        loop.createTask(
            coroVoid(
                () -> {
                  try {
                    await(sleep(ms(10)));
                    log.add("slept");
                  } catch (CancelledError e) {
                    log.add(e.reason());
                  }
                }));
    settle();
    if (!before) {
      loop.callLater(ms(10), () -> task[0].cancel("late"));
    }
    loop.runUntilComplete(task[0]);
    assertEquals(List.of("late"), log);
    assertTime(10);
    assertEquals(0, timers());
  }

  @Test
  void aSleepEndsInThePassAfterThatOfItsTimer() {
    Task<Void> task =
        loop.createTask(
            coroVoid(
                () -> {
                  await(sleep(ms(10)));
                  log.add("slept");
                }));
    settle();
    loop.callLater(
        ms(10),
        () -> {
          log.add("timer");
          loop.callSoon(() -> log.add("next pass"));
        });
    loop.runUntilComplete(task);
    assertEquals(List.of("timer", "slept", "next pass"), log);
  }
}
