package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.Unchecked;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskGroupTest extends LoopTests {
  private final TaskGroup group = TaskGroup.open();
  private final ArithmeticException failure = new ArithmeticException("child");

  /** Sleeps long, and notes that it was cancelled. */
  private Coro<Void> longWork(String name) {
    return coroVoid(
        () -> {
          try {
            await(sleep(ms(10_000)));
          } catch (CancelledError e) {
            log.add(name + " cancelled");
            throw e;
          }
        });
  }

  private ExceptionGroup assertGroup(Co.VoidBody body) {
    return assertThrows(ExceptionGroup.class, () -> runVoid(body));
  }

  @Test
  void TG_01_leavingTheBlockWaitsForTheTasks() {
    runVoid(
        () -> {
          List<Task<Integer>> tasks = new ArrayList<>();
          with(
              group,
              () -> {
                tasks.add(group.createTask(after(100, 42)));
                await(sleep(ms(50)));
                tasks.add(group.createTask(after(150, 11)));
              });
          assertEquals(42, tasks.get(0).result());
          assertEquals(11, tasks.get(1).result());
        });
    assertTime(200);
  }

  @Test
  void TG_02_aTaskThatIsCancelledByItselfDoesNotDisturbTheGroup() {
    runVoid(
        () -> {
          List<Task<Integer>> tasks = new ArrayList<>();
          with(
              group,
              () -> {
                tasks.add(group.createTask(after(100, 42)));
                tasks.add(group.createTask(after(200, 11)));
                tasks.get(0).cancel();
                await(sleep(ms(10)));
                tasks.add(group.createTask(after(10, 7)));
              });
          assertTrue(tasks.get(0).isCancelled());
          assertEquals(11, tasks.get(1).result());
          assertEquals(7, tasks.get(2).result());
        });
  }

  @Test
  void TG_03_aFailureAfterTheBodyCancelsTheSiblings() {
    List<Task<?>> tasks = new ArrayList<>();
    ExceptionGroup thrown =
        assertGroup(
            () -> {
              with(
                  group,
                  () -> {
                    tasks.add(group.createTask(longWork("sibling")));
                    group.createTask(failAfter(100, failure));
                  });
              log.add("not reached");
            });
    assertEquals(List.of(failure), thrown.exceptions());
    assertEquals(List.of("sibling cancelled"), log);
    assertTrue(tasks.get(0).isCancelled());
    assertTime(100);
  }

  @Test
  void TG_04_aFailureWhileTheBodyAwaitsCancelsTheBody() {
    RuntimeException second = new RuntimeException("second");
    ExceptionGroup thrown =
        assertGroup(
            () ->
                with(
                    group,
                    () -> {
                      group.createTask(failAfter(0, failure));
                      group.createTask(failAfter(0, second));
                      group.createTask(longWork("sibling"));
                      try {
                        await(sleep(ms(10_000)));
                      } catch (CancelledError e) {
                        log.add("body cancelled");
                        throw e;
                      }
                    }));
    assertEquals(List.of(failure, second), thrown.exceptions());
    assertEquals(Set.of("sibling cancelled", "body cancelled"), Set.copyOf(log));
    assertEquals(0, currentCancelling());
  }

  private int currentCancelling() {
    return run(() -> currentTask().cancelling());
  }

  @Test
  void TG_05_aCancellationAtTheEndOfTheBlockReachesTheTasks() {
    Task<Void> parent =
        loop.createTask(
            coroVoid(
                () -> {
                  with(
                      group,
                      () -> {
                        for (int i = 0; i < 5; i++) {
                          group.createTask(longWork("child"));
                        }
                      });
                  log.add("not reached");
                }));
    loop.callLater(ms(100), parent::cancel);
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(parent));
    assertTime(100);
    assertEquals(java.util.Collections.nCopies(5, "child cancelled"), log);
    assertTrue(parent.isCancelled());
  }

  @Test
  void TG_06_aCancellationInTheBodyReachesTheBodyFirst() {
    Task<Void> parent =
        loop.createTask(
            coroVoid(
                () ->
                    with(
                        group,
                        () -> {
                          group.createTask(longWork("child"));
                          try {
                            await(sleep(ms(10_000)));
                          } catch (CancelledError e) {
                            log.add("body cancelled");
                            throw e;
                          }
                        })));
    loop.callLater(ms(100), parent::cancel);
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(parent));
    assertEquals(List.of("body cancelled", "child cancelled"), log);
  }

  @Test
  void TG_07_aBodyThatThrowsCancelsTheTasks() {
    for (boolean atOnce : List.of(true, false)) {
      TaskGroup each = TaskGroup.open();
      List<Task<?>> tasks = new ArrayList<>();
      ExceptionGroup thrown =
          assertGroup(
              () ->
                  with(
                      each,
                      () -> {
                        tasks.add(each.createTask(longWork("a")));
                        tasks.add(each.createTask(longWork("b")));
                        if (!atOnce) {
                          await(sleep(ms(1)));
                        }
                        throw failure;
                      }));
      assertEquals(List.of(failure), thrown.exceptions());
      tasks.forEach(task -> assertTrue(task.isCancelled()));
    }
  }

  @Test
  void TG_08_aFailureInTheOuterGroupCancelsTheInnerOne() {
    TaskGroup inner = TaskGroup.open();
    ExceptionGroup thrown =
        assertGroup(
            () ->
                with(
                    group,
                    () -> {
                      group.createTask(failAfter(100, failure));
                      try {
                        with(
                            inner,
                            () -> {
                              inner.createTask(longWork("inner child"));
                            });
                      } catch (CancelledError e) {
                        log.add("inner group cancelled");
                        throw e;
                      }
                    }));
    assertEquals(List.of(failure), thrown.exceptions());
    assertEquals(List.of("inner child cancelled", "inner group cancelled"), log);
  }

  @Test
  void TG_09_aFailureInTheInnerGroupIsTheOuterBodysException() {
    TaskGroup inner = TaskGroup.open();
    ExceptionGroup thrown =
        assertGroup(
            () ->
                with(
                    group,
                    () -> {
                      group.createTask(longWork("outer child"));
                      with(inner, () -> inner.createTask(failAfter(100, failure)));
                    }));
    assertEquals(1, thrown.exceptions().size());
    ExceptionGroup nested = assertInstanceOf(ExceptionGroup.class, thrown.exceptions().get(0));
    assertEquals(List.of(failure), nested.exceptions());
    assertEquals(List.of(failure), thrown.leaves());
    assertEquals(List.of("outer child cancelled"), log);
  }

  @Test
  void TG_10_aFailureInTheBodysCleanupStandsBesideTheChilds() {
    RuntimeException cleanup = new RuntimeException("cleanup");
    ExceptionGroup thrown =
        assertGroup(
            () ->
                with(
                    group,
                    () -> {
                      group.createTask(failAfter(10, failure));
                      try {
                        await(sleep(ms(1000)));
                      } finally {
                        throwIt(cleanup);
                      }
                    }));
    assertEquals(List.of(failure, cleanup), thrown.exceptions());
  }

  private static void throwIt(Throwable throwable) {
    throw Unchecked.<RuntimeException>sneak(throwable);
  }

  @Test
  void TG_11_aFatalErrorLeavesTheBlockBare() {
    OutOfMemoryError fatal = new OutOfMemoryError("test");
    Throwable thrown =
        assertThrows(
            OutOfMemoryError.class,
            () ->
                runVoid(
                    () ->
                        with(
                            group,
                            () -> {
                              group.createTask(failAfter(10, failure));
                              try {
                                await(sleep(ms(1000)));
                              } finally {
                                throwIt(fatal);
                              }
                            })));
    assertSame(fatal, thrown);
    assertEquals(failure, reports.get(0).exception(), "the child's failure is not lost");
  }

  @Test
  void TG_12_errorsAndExceptionsStandInOneGroup() {
    AssertionError error = new AssertionError("base");
    ExceptionGroup thrown =
        assertGroup(
            () ->
                with(
                    group,
                    () -> {
                      group.createTask(failAfter(10, failure));
                      try {
                        await(sleep(ms(1000)));
                      } finally {
                        throwIt(error);
                      }
                    }));
    assertEquals(List.of(failure, error), thrown.exceptions());
    TaskGroup other = TaskGroup.open();
    ExceptionGroup reversed =
        assertGroup(
            () ->
                with(
                    other,
                    () -> {
                      other.createTask(failAfter(10, error));
                      try {
                        await(sleep(ms(1000)));
                      } finally {
                        throwIt(failure);
                      }
                    }));
    assertEquals(List.of(error, failure), reversed.exceptions());
  }

  @Test
  void TG_13_finishedTasksAreDroppedAtOnce() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  for (int i = 0; i < 6; i++) {
                    group.createTask(after(300, i));
                    await(sleep(ms(100)));
                  }
                  assertTrue(group.tasks().size() < 5);
                  await(sleep(ms(1000)));
                  assertEquals(Set.of(), group.tasks());
                }));
  }

  @Test
  void TG_14_aTaskMayCreateOthersWhileTheBlockWaits() {
    runVoid(
        () -> {
          with(
              group,
              () ->
                  group.createTask(
                      coroVoid(
                          () -> {
                            await(sleep(ms(100)));
                            group.createTask(
                                coroVoid(
                                    () -> {
                                      await(sleep(ms(100)));
                                      log.add("grandchild");
                                    }));
                          })));
          log.add("left");
        });
    assertEquals(List.of("grandchild", "left"), log);
    assertTime(200);
  }

  @Test
  void TG_15_theNameIsPassedOn() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  Task<Void> task =
                      group.createTask(coroVoid(() -> log.add(currentTask().getName())), "yolo");
                  assertEquals("yolo", task.getName());
                }));
    assertEquals(List.of("yolo"), log);
  }

  @Test
  void TG_16_aGroupThatShutsDownTakesNoMoreTasks() {
    ExceptionGroup thrown =
        assertGroup(
            () ->
                with(
                    group,
                    () -> {
                      group.createTask(
                          coroVoid(
                              () -> {
                                try {
                                  await(sleep(ms(10_000)));
                                } catch (CancelledError e) {
                                  IllegalStateException refused =
                                      assertThrows(
                                          IllegalStateException.class,
                                          () -> group.createTask(after(1, 1)));
                                  log.add(refused.getMessage().contains("is shutting down"));
                                  throw e;
                                }
                              }));
                      group.createTask(failAfter(10, failure));
                    }));
    assertEquals(List.of(failure), thrown.exceptions());
    assertEquals(List.of(true), log);
  }

  @Test
  void TG_17_aGroupIsEnteredOnce() {
    runVoid(
        () -> {
          with(
              group,
              () -> {
                IllegalStateException inside =
                    assertThrows(IllegalStateException.class, () -> with(group, () -> {}));
                assertTrue(inside.getMessage().contains("has already been entered"));
              });
          assertThrows(IllegalStateException.class, () -> with(group, () -> {}));
        });
  }

  @Test
  void TG_18_aFinishedGroupTakesNoTasksAndClosesTheCoroutine() {
    loop.setDebug(true);
    runVoid(
        () -> {
          with(group, () -> {});
          Coro<Integer> coro = coro(() -> 1);
          IllegalStateException refused =
              assertThrows(IllegalStateException.class, () -> group.createTask(coro));
          assertTrue(refused.getMessage().contains("is finished"), refused::getMessage);
          assertTrue(coro.toString().contains("closed"));
        });
    loop.close();
    assertEquals(List.of(), reports);
  }

  @Test
  void TG_19_aGroupThatWasNotEnteredTakesNoTasks() {
    runVoid(
        () -> {
          Coro<Integer> coro = coro(() -> 1);
          IllegalStateException refused =
              assertThrows(IllegalStateException.class, () -> group.createTask(coro));
          assertTrue(refused.getMessage().contains("has not been entered"));
          assertTrue(coro.toString().contains("closed"));
        });
  }

  @Test
  void TG_20_aGroupNeedsAParentTask() {
    loop.callSoon(
        () -> log.add(assertThrows(IllegalStateException.class, group::enter).getMessage()));
    settle();
    assertTrue(log.get(0).toString().contains("cannot determine the parent task"));
    assertTrue(group.toString().contains("has not been entered"));
    runVoid(() -> with(group, () -> {}));
  }

  @Test
  void TG_21_theParentsCountOfCancellationsIsKept() {
    runVoid(
        () -> {
          assertThrows(
              ExceptionGroup.class,
              () ->
                  with(
                      group,
                      () -> {
                        group.createTask(failAfter(10, failure));
                        await(sleep(ms(1000)));
                      }));
          assertEquals(0, currentTask().cancelling());
          await(sleep(ms(10)));
        });
  }

  @Test
  void aCancellationFromOutsideIsDeliveredAgainAfterAGroupThatFailed() {
    Task<Void> parent =
        loop.createTask(
            coroVoid(
                () -> {
                  assertThrows(
                      ExceptionGroup.class,
                      () ->
                          with(
                              group,
                              () -> {
                                group.createTask(
                                    coroVoid(
                                        () -> {
                                          try {
                                            await(sleep(ms(1000)));
                                          } finally {
                                            throwIt(failure);
                                          }
                                        }));
                                await(sleep(ms(1000)));
                              }));
                  assertEquals(1, currentTask().cancelling());
                  await(sleep(ms(10)));
                  log.add("not reached");
                }));
    loop.callLater(ms(1), parent::cancel);
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(parent));
    assertEquals(List.of(), log);
  }

  @Test
  void aCancellationFromOutsideWhileTheGroupAbortsIsNotLost() {
    Task<Void> parent =
        loop.createTask(
            coroVoid(
                () -> {
                  with(
                      group,
                      () -> {
                        group.createTask(
                            coroVoid(
                                () -> {
                                  try {
                                    await(sleep(ms(1000)));
                                  } finally {
                                    await(sleep(ms(1000)));
                                  }
                                }));
                        await(sleep(ms(1)));
                        group.cancel();
                        await(sleep(ms(1000)));
                      });
                  log.add("not reached");
                }));
    loop.callLater(ms(500), parent::cancel);
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(parent));
    assertEquals(List.of(), log);
  }

  @Test
  void aCancellationFromOutsideAfterOneOfItsTasksHasEndedTheBlockIsNotLost() {
    Task<Void> parent =
        loop.createTask(
            coroVoid(
                () -> {
                  with(
                      group,
                      () ->
                          group.createTask(
                              coroVoid(
                                  () -> {
                                    await(sleep(ms(1)));
                                    group.cancel();
                                    try {
                                      await(sleep(ms(1000)));
                                    } finally {
                                      await(sleep(ms(1000)));
                                    }
                                  })));
                  log.add("not reached");
                }));
    loop.callLater(ms(500), parent::cancel);
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(parent));
    assertEquals(List.of(), log);
  }

  // cancel(), as in asyncio 3.15.

  @Test
  void cancel_fromTheBody_endsTheBlockEarlyWithoutAnError() {
    runVoid(
        () -> {
          with(
              group,
              () -> {
                group.createTask(longWork("child"));
                await(sleep(ms(10)));
                group.cancel();
                group.cancel();
                await(sleep(ms(1000)));
                log.add("not reached");
              });
          assertEquals(0, currentTask().cancelling());
          await(sleep(ms(1)));
          log.add("after");
        });
    assertEquals(List.of("child cancelled", "after"), log);
    assertTime(11);
  }

  @Test
  void cancel_fromATask_endsTheBlockEarlyWithoutAnError() {
    runVoid(
        () -> {
          with(
              group,
              () -> {
                group.createTask(longWork("child"));
                group.createTask(
                    coroVoid(
                        () -> {
                          await(sleep(ms(10)));
                          group.cancel();
                        }));
              });
          assertEquals(0, currentTask().cancelling());
          log.add("after");
        });
    assertEquals(List.of("child cancelled", "after"), log);
  }

  @Test
  void cancel_beforeEntry_endsTheBlockAtItsFirstAwait() {
    group.cancel();
    runVoid(
        () -> {
          with(
              group,
              () -> {
                log.add("entered");
                await(sleep(ms(1000)));
                log.add("not reached");
              });
          log.add("after");
        });
    assertEquals(List.of("entered", "after"), log);
    assertTime(0);
  }

  @Test
  void cancel_afterTheEnd_doesNothing() {
    runVoid(
        () -> {
          with(group, () -> group.createTask(after(1, 1)));
          group.cancel();
          assertEquals(0, currentTask().cancelling());
          await(sleep(ms(1)));
        });
  }

  @Test
  void cancel_withAFailingTask_stillThrowsTheFailure() {
    ExceptionGroup thrown =
        assertGroup(
            () ->
                with(
                    group,
                    () -> {
                      group.createTask(
                          coroVoid(
                              () -> {
                                try {
                                  await(sleep(ms(1000)));
                                } finally {
                                  throwIt(failure);
                                }
                              }));
                      await(sleep(ms(1)));
                      group.cancel();
                    }));
    assertEquals(List.of(failure), thrown.exceptions());
  }

  @Test
  void closingOutsideACoroutineSaysWhatIsWrong() {
    IllegalStateException e = assertThrows(IllegalStateException.class, group::close);
    assertTrue(e.getMessage().contains("try statement"), e::getMessage);
  }

  @Test
  void anEagerTaskThatFailsAtOnceEndsTheBlockAtItsNextAwait() {
    ExceptionGroup thrown =
        assertGroup(
            () ->
                with(
                    group,
                    () -> {
                      Task<Void> task =
                          group.createTask(
                              coroVoid(() -> throwIt(failure)), TaskOptions.DEFAULT.eager());
                      assertTrue(task.isDone());
                      log.add("went on");
                      await(sleep(ms(1000)));
                      log.add("not reached");
                    }));
    assertEquals(List.of(failure), thrown.exceptions());
    assertEquals(List.of("went on"), log);
  }

  @Test
  void itsTasksAreTheLoopsTasks() {
    runVoid(
        () ->
            with(
                group,
                () -> {
                  Task<Integer> task = group.createTask(after(1, 1));
                  assertTrue(Async.allTasks().contains(task));
                  assertFalse(createTask(after(1, 1)).isDone());
                }));
  }

  /** A task whose resource can't be closed when it is cancelled. */
  private Coro<Void> cannotClose() {
    return coroVoid(
        () -> {
          try (AutoCloseable resource = () -> throwIt(new IllegalStateException("close"))) {
            log.add(resource != null);
            await(sleep(ms(10_000)));
          }
        });
  }

  @Test
  void whatIsSuppressedInACancellationThatTheGroupSwallowsIsReported() {
    assertGroup(
        () ->
            with(
                group,
                () -> {
                  group.createTask(cannotClose());
                  group.createTask(coroVoid(() -> throwIt(failure)));
                }));
    loop.close();
    assertEquals(1, reports.size());
    Throwable reported = reports.get(0).exception();
    assertInstanceOf(CancelledError.class, reported);
    assertEquals("close", reported.getSuppressed()[0].getMessage());
    assertEquals(
        "Task was cancelled, and what was suppressed then was never retrieved",
        reports.get(0).message());
  }

  @Test
  void whatIsSuppressedInACancellationThatIsAwaitedIsNotReported() {
    runVoid(
        () -> {
          Task<Void> task = createTask(cannotClose());
          await(sleep(ms(1)));
          task.cancel("enough");
          await(sleep(ms(1)));
          CancelledError thrown = assertThrows(CancelledError.class, () -> await(task));
          assertEquals("close", thrown.getSuppressed()[0].getMessage());
          assertEquals("enough", thrown.reason());
        });
    loop.close();
    assertEquals(List.of(), reports);
  }
}
