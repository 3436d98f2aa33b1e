package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What a loop does with asynchronous generators that were started and not ended. */
class AsyncGeneratorsTest extends LoopTests {
  private static final int COLLECTIONS = 200;

  private final List<Object> held = new ArrayList<>();

  private void start(AsyncGenerator<Integer> generator) {
    assertTrue(await(generator.asyncIterator().moveNext()));
  }

  /** In a coroutine of its own, so that nothing of the generator is left on a stack. */
  private Coro<Void> startAndDrop(Co.VoidBody cleanup) {
    return coroVoid(() -> start(ScopedGenerator.endingWith(cleanup)));
  }

  private static void collectUntil(BooleanSupplier done, Duration pause) {
    for (int i = 0; i < COLLECTIONS && !done.getAsBoolean(); i++) {
      System.gc();
      await(sleep(pause));
    }
  }

  @Test
  void oneThatNobodyHoldsIsEndedInATaskOnceItHasBeenCollected() {
    ContextVar<String> user = ContextVar.withDefault("user", "nobody");
    runVoid(
        () -> {
          user.set("creator");
          await(
              startAndDrop(
                  () -> {
                    await(sleep(ms(10)));
                    assertSame(loop, EventLoop.running());
                    log.add("ended by " + currentTask().getName() + " for " + user.get());
                  }));
          collectUntil(() -> !log.isEmpty(), ms(1));
        });
    assertEquals(1, log.size());
    assertTrue(log.get(0).toString().matches("ended by Task-\\d+ for nobody"), log::toString);
    loop.close();
    assertEquals(List.of(), reports);
  }

  @Test
  void soItIsInALoopThatIsNeverIdleAndHasATimer() {
    runVoid(
        () -> {
          TimerHandle timer = loop.callLater(Duration.ofDays(1), () -> {});
          await(startAndDrop(() -> log.add("ended")));
          collectUntil(() -> !log.isEmpty(), Duration.ZERO);
          timer.cancel();
        });
    assertEquals(List.of("ended"), log);
  }

  @Test
  void soItIsInALoopThatIsNeverIdleAndStartsOthers() {
    runVoid(
        () -> {
          for (int i = 0; i < COLLECTIONS && log.isEmpty(); i++) {
            await(startAndDrop(() -> log.add("ended")));
            System.gc();
            await(sleep(Duration.ZERO));
          }
        });
    assertFalse(log.isEmpty());
  }

  @Test
  void oneThatIsHeldIsNotEnded() {
    runVoid(
        () -> {
          AsyncGenerator<Integer> numbers = ScopedGenerator.endingWith(() -> log.add("held"));
          AsyncIterator<Integer> iterator = numbers.asyncIterator();
          assertTrue(await(iterator.moveNext()));
          await(startAndDrop(() -> log.add("dropped")));
          collectUntil(() -> !log.isEmpty(), ms(1));
          assertEquals(List.of("dropped"), log);
          assertFalse(await(iterator.moveNext()));
        });
    assertEquals(List.of("dropped", "held"), log);
  }

  @Test
  void howTheEndOfADroppedOneFailsIsToldOnce() {
    IllegalStateException failure = new IllegalStateException("cleanup");
    runVoid(
        () -> {
          await(
              startAndDrop(
                  () -> {
                    throw failure;
                  }));
          collectUntil(() -> !reports.isEmpty(), ms(1));
        });
    loop.close();
    assertEquals(1, reports.size());
    assertSame(failure, reports.get(0).exception());
    assertEquals(
        "an error occurred while ending async generator Scoped.ones", reports.get(0).message());
  }

  @Test
  void aDroppedOneThatTheShutdownFindsFirstIsEndedOnce() {
    runVoid(
        () -> {
          for (int i = 0; i < 20; i++) {
            String name = "ended " + i;
            await(
                startAndDrop(
                    () -> {
                      await(sleep(ms(1)));
                      log.add(name);
                    }));
          }
          System.gc();
          await(loop.shutdownAsyncGenerators());
          collectUntil(() -> log.size() >= 20, ms(1));
          System.gc();
          await(sleep(ms(10)));
        });
    assertEquals(20, log.size());
    assertEquals(20, log.stream().distinct().count());
    assertEquals(List.of(), reports);
  }

  @Test
  void theShutdownEndsThemSideBySideAndTellsHowOneFails() {
    IllegalStateException failure = new IllegalStateException("cleanup");
    runVoid(
        () -> {
          for (int i = 0; i < 3; i++) {
            String name = "ended " + i;
            AsyncGenerator<Integer> numbers =
                ScopedGenerator.endingWith(
                    () -> {
                      await(sleep(ms(100)));
                      if (name.equals("ended 1")) {
                        throw failure;
                      }
                      log.add(name);
                    });
            held.add(numbers);
            start(numbers);
          }
          await(loop.shutdownAsyncGenerators());
          await(loop.shutdownAsyncGenerators());
        });
    assertEquals(List.of("ended 0", "ended 2"), log);
    assertEquals(1, reports.size());
    assertSame(failure, reports.get(0).exception());
    assertTime(100);
  }

  @Test
  void theShutdownGoesOnWhenTheEndOfOneIsCancelled() {
    runVoid(
        () -> {
          for (int i = 0; i < 3; i++) {
            String name = "ended " + i;
            AsyncGenerator<Integer> numbers =
                ScopedGenerator.endingWith(
                    () -> {
                      if (name.equals("ended 1")) {
                        Task<Void> worker = createTask(sleep(ms(1000)));
                        worker.cancel();
                        await(worker);
                      }
                      await(sleep(ms(100)));
                      log.add(name);
                    });
            held.add(numbers);
            start(numbers);
          }
          await(loop.shutdownAsyncGenerators());
          log.add("went on, cancelling " + currentTask().cancelling());
        });
    assertEquals(List.of("ended 0", "ended 2", "went on, cancelling 0"), log);
    assertEquals(1, reports.size());
    assertInstanceOf(CancelledError.class, reports.get(0).exception());
  }

  @Test
  void cancellingTheShutdownCancelsTheEndsAndWaitsForThem() {
    AsyncGenerator<Integer> numbers =
        ScopedGenerator.endingWith(
            () -> {
              try {
                await(sleep(ms(1000)));
              } finally {
                await(sleep(ms(10)));
                log.add("ended");
              }
            });
    runVoid(() -> start(numbers));
    Task<Void> shutdown = loop.createTask(loop.shutdownAsyncGenerators());
    loop.callLater(ms(100), shutdown::cancel);
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(shutdown));
    assertEquals(List.of("ended"), log);
    assertTime(110);
    assertEquals(List.of(), reports);
  }

  @Test
  void oneThatIsStartedWhileAnotherEndsIsEndedToo() {
    AsyncGenerator<Integer> second = ScopedGenerator.endingWith(() -> log.add("second"));
    AsyncGenerator<Integer> first =
        ScopedGenerator.endingWith(
            () -> {
              start(second);
              log.add("first");
            });
    runVoid(() -> start(first));
    loop.runUntilComplete(loop.shutdownAsyncGenerators());
    assertEquals(List.of("first", "second"), log);
  }

  @Test
  void oneThatRunsInAnotherTaskIsToldAndEndedByTheNextShutdown() {
    AsyncGenerator<Integer> numbers =
        ScopedGenerator.endingWith(
            () -> {
              await(sleep(ms(100)));
              log.add("ended");
            });
    runVoid(() -> start(numbers));
    Task<Void> closes = loop.createTask(coroVoid(() -> await(numbers.aclose())));
    settle();
    loop.runUntilComplete(loop.shutdownAsyncGenerators());
    assertEquals(1, reports.size());
    assertTrue(reports.get(0).exception().getMessage().contains("is running"));
    loop.runUntilComplete(closes);
    loop.close();
    assertEquals(List.of("ended"), log);
    assertEquals(1, reports.size());
  }

  @Test
  void oneThatIsOpenWhenItsLoopIsClosedIsTold() {
    AsyncGenerator<Integer> numbers = ScopedGenerator.endingWith(() -> log.add("ended"));
    runVoid(() -> start(numbers));
    loop.close();
    assertEquals(1, reports.size());
    assertTrue(
        reports.get(0).message().startsWith("async generator Scoped.ones was open when its loop"),
        reports::toString);
    assertEquals(List.of(), log);
  }
}
