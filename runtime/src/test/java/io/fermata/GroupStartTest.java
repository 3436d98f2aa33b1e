package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.formatCallGraph;
import static io.fermata.Async.sleep;
import static io.fermata.Async.waitFor;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.Unchecked;
import io.fermata.testing.DeadlockException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupStartTest extends LoopTests {
  private final TaskGroup group = TaskGroup.open();
  private final ArithmeticException failure = new ArithmeticException("child");

  private Startable<Integer> server(long untilReady, long serving) {
    return status -> serve(status, untilReady, serving);
  }

  /** Is ready after a time, and then serves for a time. */
  private Coro<Void> serve(TaskStatus<Integer> status, long untilReady, long serving) {
    return coroVoid(
        "serve",
        () -> {
          try {
            await(sleep(ms(untilReady)));
            status.started(8080);
            log.add("ready");
            await(sleep(ms(serving)));
            log.add("served");
          } catch (CancelledError e) {
            await(sleep(ms(3)));
            log.add("cleaned up");
            throw e;
          }
        });
  }

  private static void throwIt(Throwable throwable) {
    throw Unchecked.<RuntimeException>sneak(throwable);
  }

  /** Waits long, and fails in its cleanup. */
  private Coro<Void> failsInCleanup() {
    return coroVoid(
        () -> {
          try {
            await(sleep(ms(1000)));
          } finally {
            await(sleep(ms(3)));
            throwIt(failure);
          }
        });
  }

  @Test
  void startGivesWhatTheTaskTellsWhenItIsReady() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  assertEquals(8080, await(group.start(server(10, 20), "server")));
                  assertTime(10);
                  assertEquals("server", group.tasks().iterator().next().getName());
                  log.add("started");
                }));
    assertEquals(List.of("ready", "started", "served"), log);
    assertTime(30);
  }

  @Test
  void aTaskWithNothingToTellGivesNull() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  Startable<Void> nothing = status -> coroVoid(status::started);
                  assertEquals(null, await(group.start(nothing)));
                }));
  }

  @Test
  void whatItFailsWithBeforeItIsReadyComesOutOfStartAndOnce() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  Task<Integer> other = group.createTask(after(20, 7));
                  assertSame(
                      failure,
                      assertThrows(
                          ArithmeticException.class,
                          () -> await(group.start(status -> failAfter(5, failure)))));
                  assertTime(5);
                  assertEquals(Set.of(other), group.tasks());
                  assertEquals(7, await(other));
                }));
    assertEquals(List.of(), reports);
  }

  @Test
  void soItDoesInAGroupWithIsolatedFailuresAndNothingIsReported() {
    TaskGroup isolated = TaskGroup.open(GroupOptions.DEFAULT.withIsolatedFailures());
    runVoid(
        () ->
            with(
                isolated,
                () ->
                    assertThrows(
                        ArithmeticException.class,
                        () -> await(isolated.start(status -> failAfter(5, failure))))));
    assertEquals(List.of(), reports);
  }

  @Test
  void whatItFailsWithAfterwardsIsTheGroups() {
    ExceptionGroup thrown =
        assertThrows(
            ExceptionGroup.class,
            () ->
                runVoid(
                    () ->
                        with(
                            group,
                            () -> {
                              Startable<String> fails =
                                  status ->
                                      coroVoid(
                                          () -> {
                                            status.started("up");
                                            await(sleep(ms(5)));
                                            throw failure;
                                          });
                              log.add(await(group.start(fails)));
                              await(sleep(ms(1000)));
                            })));
    assertEquals(List.of(failure), thrown.exceptions());
    assertEquals(List.of("up"), log);
    assertTime(5);
  }

  /** It fails in the very step in which it is ready: the group fails before start can go on. */
  @Test
  void whatItFailsWithAtOnceIsTheGroups() {
    ExceptionGroup thrown =
        assertThrows(
            ExceptionGroup.class,
            () ->
                runVoid(
                    () ->
                        with(
                            group,
                            () -> {
                              Startable<String> fails =
                                  status ->
                                      coroVoid(
                                          () -> {
                                            status.started("up");
                                            throw failure;
                                          });
                              await(group.start(fails));
                              await(sleep(ms(1000)));
                            })));
    assertEquals(List.of(failure), thrown.exceptions());
    assertTime(0);
  }

  @Test
  void aTaskThatEndsWithoutBeingReadyIsAnError() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  IllegalStateException thrown =
                      assertThrows(
                          IllegalStateException.class,
                          () -> await(group.start(status -> after(5, "end"), "mute")));
                  String told = thrown.getMessage();
                  assertTrue(told.startsWith("Task[mute finished"), told);
                  assertTrue(told.contains("without being ready"), told);
                }));
  }

  @Test
  void aTaskThatIsCancelledBeforeItIsReadyGivesItsCancellation() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  loop.callLater(
                      ms(5), () -> group.tasks().forEach(task -> task.cancel("by hand")));
                  CancelledError thrown =
                      assertThrows(CancelledError.class, () -> await(group.start(server(10, 10))));
                  assertEquals("by hand", thrown.reason());
                }));
    assertTime(8);
  }

  @Test
  void whoCancelsStartCancelsTheTaskAndStartWaitsForItsEnd() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  assertThrows(
                      AsyncTimeoutException.class,
                      () -> await(waitFor(group.start(server(10, 10)), ms(5))));
                  assertTime(8);
                  assertEquals(List.of("cleaned up"), log);
                  assertEquals(Set.of(), group.tasks());
                }));
    assertTime(8);
  }

  @Test
  void aSecondCancellationIsNoSecondOneForTheTask() {
    Task<Void> main =
        loop.createTask(coroVoid(() -> with(group, () -> await(group.start(server(10, 10))))));
    loop.callLater(ms(5), () -> main.cancel("first"));
    loop.callLater(ms(6), () -> main.cancel("second"));
    CancelledError thrown = assertThrows(CancelledError.class, () -> loop.runUntilComplete(main));
    assertEquals("first", thrown.reason());
    assertEquals(List.of("cleaned up"), log);
    assertTime(8);
  }

  @Test
  void aFailureInTheCleanupIsSuppressedInTheCancellation() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  Task<Object> starter = createTask(group.start(status -> failsInCleanup()));
                  loop.callLater(ms(5), starter::cancel);
                  CancelledError thrown = assertThrows(CancelledError.class, () -> await(starter));
                  assertEquals(List.of(failure), List.of(thrown.getSuppressed()));
                }));
    assertTime(8);
    assertEquals(List.of(), reports);
  }

  @Test
  void aTaskThatIsReadyWhenStartIsCancelledIsCancelledToo() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  List<Task<?>> starters = new ArrayList<>();
                  Startable<String> becomesReady =
                      status ->
                          coroVoid(
                              () -> {
                                await(sleep(ms(5)));
                                status.started("in vain");
                                starters.get(0).cancel();
                                await(sleep(ms(1000)));
                              });
                  starters.add(createTask(group.start(becomesReady)));
                  assertThrows(CancelledError.class, () -> await(starters.get(0)));
                  assertEquals(Set.of(), group.tasks());
                }));
    assertTime(5);
  }

  /** Start is over for it: the task is to end. */
  @Test
  void aTaskThatSaysThatItIsReadyAfterStartWasCancelledIsNotTaken() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  Startable<String> refuses =
                      status ->
                          coroVoid(
                              () -> {
                                try {
                                  await(sleep(ms(10)));
                                } catch (CancelledError e) {
                                  status.started("in vain");
                                  assertThrows(
                                      IllegalStateException.class, () -> status.started("again"));
                                  await(sleep(ms(3)));
                                  throw failure;
                                }
                              });
                  Task<String> starter = createTask(group.start(refuses));
                  loop.callLater(ms(5), starter::cancel);
                  CancelledError thrown = assertThrows(CancelledError.class, () -> await(starter));
                  assertEquals(List.of(failure), List.of(thrown.getSuppressed()));
                }));
    assertTime(8);
  }

  @Test
  void aGroupThatIsCancelledMeanwhileCancelsTheTaskOnce() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  loop.callLater(ms(5), group::cancel);
                  await(group.start(server(10, 10)));
                }));
    assertEquals(List.of("cleaned up"), log);
    assertTime(8);
  }

  @Test
  void aSiblingThatFailsMeanwhileCancelsTheTaskOnce() {
    ExceptionGroup thrown =
        assertThrows(
            ExceptionGroup.class,
            () ->
                runVoid(
                    () ->
                        with(
                            group,
                            () -> {
                              group.createTask(failAfter(5, failure));
                              await(group.start(server(10, 10)));
                            })));
    assertEquals(List.of(failure), thrown.exceptions());
    assertEquals(List.of("cleaned up"), log);
    assertTime(8);
  }

  @Test
  void aSiblingThatFailsWhileStartIsGivenUpDoesNotDisturbTheCleanup() {
    ExceptionGroup thrown =
        assertThrows(
            ExceptionGroup.class,
            () ->
                runVoid(
                    () ->
                        with(
                            group,
                            () -> {
                              group.createTask(failAfter(6, failure));
                              await(waitFor(group.start(server(10, 10)), ms(5)));
                            })));
    assertEquals(failure, thrown.exceptions().get(0));
    assertEquals(List.of("cleaned up"), log);
    assertTime(8);
  }

  @Test
  void toBeReadyTwiceIsAnError() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  Startable<Integer> twice =
                      status ->
                          coroVoid(
                              "twice",
                              () -> {
                                status.started(1);
                                IllegalStateException thrown =
                                    assertThrows(
                                        IllegalStateException.class, () -> status.started(2));
                                log.add(thrown.getMessage());
                              });
                  assertEquals(1, await(group.start(twice, "twice")));
                }));
    assertEquals(1, log.size());
    String told = (String) log.get(0);
    assertTrue(told.startsWith("task twice of TaskGroup[is open"), told);
    assertTrue(told.contains("is ready already"), told);
  }

  @Test
  void toBeReadyAfterItsEndIsAnError() {
    List<TaskStatus<Integer>> kept = new ArrayList<>();
    runVoid(
        () ->
            with(
                group,
                () -> {
                  Startable<Integer> keeps =
                      status -> {
                        kept.add(status);
                        return failAfter(1, failure);
                      };
                  assertThrows(ArithmeticException.class, () -> await(group.start(keeps)));
                  IllegalStateException thrown =
                      assertThrows(IllegalStateException.class, () -> kept.get(0).started(1));
                  assertTrue(thrown.getMessage().contains("has ended"), thrown::getMessage);
                }));
  }

  @Test
  void aGroupThatTakesNoTasksRefusesIt() {
    runVoid(
        () -> {
          assertThrows(
              IllegalStateException.class, () -> await(group.start(status -> after(1, "x"))));
          with(
              group,
              () -> {
                group.createTask(after(5, "x"));
                group.cancel();
                Coro<Void> refused = serve(null, 1, 1);
                assertThrows(
                    IllegalStateException.class, () -> await(group.start(status -> refused)));
                assertTrue(refused.toString().contains("closed"), refused::toString);
              });
        });
  }

  @Test
  void whatMakesTheCoroutineMayFailAndMustGiveOne() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  Startable<Object> fails =
                      status -> {
                        throw failure;
                      };
                  assertThrows(ArithmeticException.class, () -> await(group.start(fails)));
                  assertThrows(
                      NullPointerException.class, () -> await(group.start(status -> null)));
                  assertEquals(Set.of(), group.tasks());
                }));
  }

  @Test
  void aTaskOfTheGroupMayStartAnother() {
    runVoid(
        () ->
            with(
                group,
                () ->
                    group.createTask(
                        coroVoid(
                            () -> {
                              assertEquals(8080, await(group.start(server(5, 5))));
                              log.add("started");
                            }))));
    assertEquals(List.of("ready", "started", "served"), log);
    assertTime(10);
  }

  @Test
  void theBlockWaitsForATaskThatIsNotReadyYet() {
    runVoid(
        () -> {
          List<Task<Integer>> starters = new ArrayList<>();
          with(
              group,
              () -> {
                starters.add(createTask(group.start(server(5, 5))));
                await(sleep(ms(1)));
              });
          assertTime(10);
          assertEquals(8080, starters.get(0).result());
        });
  }

  @Test
  void anEagerTaskMayBeReadyOrFailAtOnce() {
    loop.setTaskFactory(EventLoop.eagerTaskFactory());
    runVoid(
        () ->
            with(
                group,
                () -> {
                  Startable<Integer> atOnce = status -> coroVoid(() -> status.started(1));
                  assertEquals(1, await(group.start(atOnce)));
                  Startable<Integer> fails =
                      status ->
                          coroVoid(
                              () -> {
                                throw failure;
                              });
                  assertThrows(ArithmeticException.class, () -> await(group.start(fails)));
                }));
  }

  @Test
  void inAGroupWithALimitItWaitsForItsTurn() {
    TaskGroup one = TaskGroup.open(GroupOptions.DEFAULT.withLimit(1));
    runVoid(
        () ->
            with(
                one,
                () -> {
                  one.createTask(after(5, "x"));
                  assertEquals(8080, await(one.start(server(5, 5))));
                  assertTime(10);
                }));
    assertTime(15);
  }

  @Test
  void startIsToldInTheCallGraph() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  loop.callLater(
                      ms(1),
                      () -> {
                        Task<?> server = group.tasks().iterator().next();
                        log.add(formatCallGraph(server));
                      });
                  await(group.start(server(5, 5), "server"));
                  log.clear();
                  loop.callLater(
                      ms(1), () -> log.add(formatCallGraph(group.tasks().iterator().next())));
                  await(sleep(ms(2)));
                  assertTrue(((String) log.get(0)).contains("main"), () -> "" + log.get(0));
                  log.clear();
                }));
    runVoid(() -> {});
  }

  @Test
  void whoWaitsForAStartSaysSo() {
    Coro<Void> main =
        coroVoid(
            "main",
            () ->
                with(
                    group,
                    () ->
                        await(
                            group.start(
                                status -> coro("stuck", () -> await(loop.createPromise())),
                                "server"))));
    DeadlockException deadlock =
        assertThrows(DeadlockException.class, () -> loop.runUntilComplete(main));
    String told = deadlock.getMessage();
    assertTrue(
        told.contains("waiting for the start of task server of TaskGroup[is open, tasks=1]"), told);
  }
}
