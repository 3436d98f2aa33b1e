package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.formatCallGraph;
import static io.fermata.Async.sleep;
import static io.fermata.Async.waitFor;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.testing.DeadlockException;
import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancelAndWaitTest extends LoopTests {
  private final ArithmeticException failure = new ArithmeticException("cleanup");

  /** Is done so long after its cancellation, and then throws this, if anything. */
  private Coro<String> cleansUp(long millis, Throwable thrown) {
    return coro(
        "cleansUp",
        () -> {
          try {
            await(sleep(ms(10_000)));
            return "not cancelled";
          } catch (CancelledError e) {
            if (millis > 0) {
              await(sleep(ms(millis)));
            }
            log.add("cleaned up");
            if (thrown == null) {
              throw e;
            }
            throw thrown;
          }
        });
  }

  private Task<String> started(Coro<String> coro) {
    Task<String> task = createTask(coro);
    await(sleep(ms(1)));
    return task;
  }

  @Test
  void itIsOverWhenTheTaskIsDone() {
    runVoid(
        () -> {
          Task<String> task = started(cleansUp(5, null));
          assertEquals(null, await(task.cancelAndWait()));
          assertTrue(task.isCancelled());
          assertEquals(List.of("cleaned up"), log);
          assertEquals(0, currentTask().cancelling());
        });
    assertTime(6);
  }

  @Test
  void nothingHappensUntilItIsAwaited() {
    runVoid(
        () -> {
          Task<String> task = started(cleansUp(0, null));
          Coro<Void> wait = task.cancelAndWait();
          await(sleep(ms(1)));
          assertFalse(task.isDone());
          await(wait);
          assertTrue(task.isDone());
        });
  }

  @Test
  void aFailureInTheCleanupComesOut() {
    runVoid(
        () -> {
          Task<String> task = started(cleansUp(5, failure));
          assertSame(
              failure, assertThrows(ArithmeticException.class, () -> await(task.cancelAndWait())));
        });
    loop.close();
    assertEquals(List.of(), reports);
  }

  @Test
  void aTaskThatGivesAValueAfterAllIsNoError() {
    runVoid(
        () -> {
          Task<String> task =
              started(
                  coro(
                      () -> {
                        assertThrows(CancelledError.class, () -> await(sleep(ms(10_000))));
                        return "value";
                      }));
          await(task.cancelAndWait());
          assertEquals("value", task.result());
        });
  }

  @Test
  void aTaskThatHasNotStartedRunsNothing() {
    runVoid(
        () -> {
          Task<String> task = createTask(cleansUp(5, failure));
          await(task.cancelAndWait());
          assertTrue(task.isCancelled());
        });
    assertEquals(List.of(), log);
    assertTime(0);
  }

  @Test
  void ofATaskThatIsDoneItGivesOnlyTheFailure() {
    runVoid(
        () -> {
          Task<Integer> value = createTask(after(1, 7));
          Task<Integer> failed = createTask(failAfter(1, failure));
          Task<Integer> cancelled = createTask(after(100, 7));
          cancelled.cancel();
          await(sleep(ms(2)));
          await(value.cancelAndWait());
          await(cancelled.cancelAndWait());
          assertSame(
              failure,
              assertThrows(ArithmeticException.class, () -> await(failed.cancelAndWait())));
          assertEquals(0, value.cancelling());
          assertEquals(7, value.result());
        });
    assertTime(2);
  }

  @Test
  void ofAnEagerTaskThatHasEndedInItsFirstStepToo() {
    runVoid(
        () -> {
          TaskOptions eager = TaskOptions.DEFAULT.eager();
          await(createTask(coro(() -> 1), eager).cancelAndWait());
          Task<Void> failed =
              createTask(
                  coroVoid(
                      () -> {
                        throw failure;
                      }),
                  eager);
          assertThrows(ArithmeticException.class, () -> await(failed.cancelAndWait()));
          Task<String> waits = createTask(cleansUp(5, null), eager);
          await(waits.cancelAndWait());
        });
    assertTime(5);
    loop.close();
    assertEquals(List.of(), reports);
  }

  @Test
  void theCallersOwnCancellationComesOutAtOnceAndTheTaskGoesOnToEnd() {
    List<Task<String>> tasks = new ArrayList<>();
    Task<Void> caller =
        loop.createTask(
            coroVoid(
                () -> {
                  tasks.add(started(cleansUp(50, null)));
                  await(tasks.get(0).cancelAndWait());
                }));
    loop.callLater(ms(10), () -> caller.cancel("mine"));
    CancelledError thrown = assertThrows(CancelledError.class, () -> loop.runUntilComplete(caller));
    assertEquals("mine", thrown.reason());
    assertTime(10);
    assertFalse(tasks.get(0).isDone());
    assertEquals(1, tasks.get(0).cancelling());
    loop.runUntilComplete(sleep(ms(50)));
    assertEquals(List.of("cleaned up"), log);
    assertTrue(tasks.get(0).isCancelled());
  }

  @Test
  void aCancellationOfTheCallerInThePassInWhichTheTaskEndsIsNotLost() {
    Task<Void> caller =
        loop.createTask(
            coroVoid(
                () -> {
                  Task<String> task = started(cleansUp(0, null));
                  task.addDoneCallback(done -> log.add("done"));
                  Task<?> self = currentTask();
                  task.addDoneCallback(done -> self.cancel("mine"));
                  await(task.cancelAndWait());
                }));
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(caller));
    assertEquals(List.of("cleaned up", "done"), log);
  }

  @Test
  void aTaskThatRefusesIsWaitedForAndATimeoutBoundsThat() {
    runVoid(
        () -> {
          Task<String> task =
              started(
                  coro(
                      () -> {
                        assertThrows(CancelledError.class, () -> await(sleep(ms(100))));
                        await(sleep(ms(200)));
                        return "in its own time";
                      }));
          assertThrows(
              AsyncTimeoutException.class, () -> await(waitFor(task.cancelAndWait(), ms(50))));
          assertTime(51);
          assertEquals("in its own time", await(task));
        });
    assertTime(201);
  }

  @Test
  void twoMayWaitAndEachMakesARequest() {
    runVoid(
        () -> {
          Task<String> task = started(cleansUp(50, null));
          Task<Void> one = createTask(task.cancelAndWait());
          await(sleep(ms(1)));
          Task<Void> two = createTask(task.cancelAndWait());
          await(one);
          await(two);
          assertTrue(task.isCancelled());
          assertEquals(2, task.cancelling());
        });
    assertEquals(List.of(), log); // the second request has met it in its cleanup
    assertTime(2);
  }

  @Test
  void aTaskCantWaitForItsOwnEnd() {
    runVoid(
        () -> {
          IllegalStateException thrown =
              assertThrows(IllegalStateException.class, () -> await(currentTask().cancelAndWait()));
          assertTrue(thrown.getMessage().contains("its own end"), thrown::getMessage);
          assertEquals(0, currentTask().cancelling());
        });
  }

  @Test
  void aTaskOfAnotherLoopIsRefused() {
    VirtualTimeLoop other = new VirtualTimeLoop();
    Task<String> task = other.createTask(cleansUp(0, null));
    assertThrows(IllegalArgumentException.class, () -> runVoid(() -> await(task.cancelAndWait())));
    assertEquals(0, task.cancelling());
    task.cancel();
    other.runUntilComplete(sleep(Duration.ZERO));
    other.close();
  }

  /** What a cancellation has taken along is not seen by anybody here. */
  @Test
  void whatIsSuppressedInTheCancellationOfTheTaskIsReported() {
    runVoid(
        () -> {
          Task<String> task =
              started(
                  coro(
                      () -> {
                        try {
                          await(sleep(ms(100)));
                          return "";
                        } catch (CancelledError e) {
                          e.addSuppressed(failure);
                          throw e;
                        }
                      }));
          await(task.cancelAndWait());
        });
    loop.close();
    assertEquals(1, reports.size());
    assertEquals(List.of(failure), List.of(reports.get(0).exception().getSuppressed()));
  }

  @Test
  void whoWaitsIsToldInTheCallGraphAndInADeadlock() {
    Promise<String> never = loop.createPromise();
    Coro<Void> main =
        coroVoid(
            "main",
            () -> {
              Task<String> task =
                  started(
                      coro(
                          "refuses",
                          () -> {
                            assertThrows(CancelledError.class, () -> await(sleep(ms(100))));
                            return await(never);
                          }));
              task.setName("heartbeat");
              loop.callLater(ms(1), () -> log.add(formatCallGraph(task)));
              await(task.cancelAndWait());
            });
    DeadlockException deadlock =
        assertThrows(DeadlockException.class, () -> loop.runUntilComplete(main));
    String told = deadlock.getMessage();
    assertTrue(told.contains("waiting for the end of heartbeat"), told);
    String graph = (String) log.get(0);
    assertTrue(graph.contains("CancelAndWaitTest.main"), graph);
  }
}
