package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.formatCallGraph;
import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.Unchecked;
import io.fermata.internal.reports.RuntimeLines;
import io.fermata.testing.DeadlockException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** What the options of a group do; all their combinations are in {@link TaskGroupModelTest}. */
class GroupOptionsTest extends LoopTests {
  private final ArithmeticException failure = new ArithmeticException("child");
  private int running;
  private int most;

  private static TaskGroup limited(int limit) {
    return TaskGroup.open(GroupOptions.DEFAULT.withLimit(limit));
  }

  private static TaskGroup isolated() {
    return TaskGroup.open(GroupOptions.named("server").withIsolatedFailures());
  }

  /** Notes when it begins, and how many run with it. */
  private Coro<String> work(String name, long millis) {
    return coro(
        name,
        () -> {
          log.add(name);
          most = Math.max(most, ++running);
          try {
            await(sleep(ms(millis)));
          } finally {
            running--;
          }
          return name;
        });
  }

  @Test
  void soManyRunAtATimeAndTheOthersInTheOrderOfTheirCreation() {
    TaskGroup group = limited(2);
    runVoid(
        () ->
            with(
                group,
                () -> {
                  for (int i = 0; i < 6; i++) {
                    group.createTask(work("w" + i, 10 + i));
                  }
                  assertEquals(6, group.tasks().size());
                  await(sleep(ms(5)));
                  assertEquals(List.of("w0", "w1"), log);
                }));
    assertEquals(List.of("w0", "w1", "w2", "w3", "w4", "w5"), log);
    assertEquals(2, most);
    assertTime(39); // w1, w3, w5
  }

  @Test
  void theOrderIsThatOfTheirCreationWhereTheLoopShuffles() {
    for (int seed = 0; seed < 20; seed++) {
      log.clear();
      io.fermata.testing.VirtualTimeLoop shuffled = new io.fermata.testing.VirtualTimeLoop(seed);
      TaskGroup group = limited(1);
      shuffled.runUntilComplete(
          coroVoid(
              () ->
                  with(
                      group,
                      () -> {
                        for (int i = 0; i < 5; i++) {
                          group.createTask(work("w" + i, 1));
                        }
                      })));
      shuffled.close();
      assertEquals(List.of("w0", "w1", "w2", "w3", "w4"), log, "seed " + seed);
    }
  }

  @Test
  void aTaskThatIsCancelledWhileItWaitsRunsNothingAndHoldsUpNobody() {
    TaskGroup group = limited(1);
    runVoid(
        () ->
            with(
                group,
                () -> {
                  group.createTask(work("first", 10));
                  Task<String> second = group.createTask(work("second", 10));
                  group.createTask(work("third", 10));
                  await(sleep(ms(1)));
                  second.cancel("not needed");
                  assertEquals(1, second.cancelling());
                  await(sleep(Duration.ZERO));
                  assertTrue(second.isCancelled());
                  await(sleep(Duration.ZERO));
                  assertEquals(2, group.tasks().size());
                  CancelledError thrown = assertThrows(CancelledError.class, () -> await(second));
                  assertEquals("not needed", thrown.reason());
                }));
    assertEquals(List.of("first", "third"), log);
    assertTime(20);
  }

  @Test
  void aTaskThatIsCancelledWhenItsTurnHasJustComeRunsNothing() {
    TaskGroup group = limited(1);
    runVoid(
        () ->
            with(
                group,
                () -> {
                  Task<String> first = group.createTask(work("first", 10));
                  Task<String> second = group.createTask(work("second", 10));
                  first.addDoneCallback(done -> second.cancel());
                  group.createTask(work("third", 10));
                }));
    assertEquals(List.of("first", "third"), log);
    assertTime(20);
  }

  @Test
  void thoseThatWaitAreCancelledWithTheGroup() {
    for (String how : List.of("cancel", "a task fails", "the block fails", "timeout", "outside")) {
      log.clear();
      TaskGroup group = limited(1);
      List<Task<?>> waiting = new ArrayList<>();
      Task<Void> main =
          loop.createTask(
              coroVoid(
                  () ->
                      with(
                          how.equals("timeout") ? timeout(ms(5)) : Timeout.none(),
                          () ->
                              with(
                                  group,
                                  () -> {
                                    group.createTask(
                                        how.equals("a task fails")
                                            ? failAfter(5, failure)
                                            : work("first", 1000));
                                    for (int i = 0; i < 3; i++) {
                                      waiting.add(group.createTask(work("waits", 10)));
                                    }
                                    await(sleep(ms(5)));
                                    if (how.equals("cancel")) {
                                      group.cancel();
                                    } else if (how.equals("the block fails")) {
                                      throw failure;
                                    }
                                    await(sleep(ms(1000)));
                                  }))));
      if (how.equals("outside")) {
        loop.callLater(ms(5), main::cancel);
      }
      loop.runUntilComplete(Async.waitUntil(List.of(main), ReturnWhen.ALL_COMPLETED));
      switch (how) {
        case "cancel" -> main.result();
        case "timeout" -> assertThrows(AsyncTimeoutException.class, main::result);
        case "outside" -> assertTrue(main.isCancelled());
        default -> assertThrows(ExceptionGroup.class, main::result);
      }
      assertTrue(waiting.stream().allMatch(Promise::isCancelled), how);
      assertEquals(how.equals("a task fails") ? List.of() : List.of("first"), log, how);
      assertEquals(
          "TaskGroup[is finished" + (how.endsWith("fails") ? ", failures=1]" : "]"),
          group.toString());
    }
    assertEquals(List.of(), reports);
  }

  @Test
  void noTaskIsTakenWhileTheGroupShutsDown() {
    TaskGroup group = limited(1);
    runVoid(
        () ->
            with(
                group,
                () -> {
                  group.createTask(work("first", 10));
                  group.createTask(work("second", 10));
                  group.cancel();
                  Coro<String> late = work("late", 10);
                  IllegalStateException refused =
                      assertThrows(IllegalStateException.class, () -> group.createTask(late));
                  assertTrue(refused.getMessage().contains("shutting down"), refused::getMessage);
                  assertTrue(late.toString().contains("closed"), late::toString);
                }));
    assertEquals(List.of(), log);
  }

  @Test
  void anEagerTaskThatHasToWaitIsNotEager() {
    TaskGroup group = limited(1);
    loop.setTaskFactory(EventLoop.eagerTaskFactory());
    runVoid(
        () ->
            with(
                group,
                () -> {
                  group.createTask(work("first", 10));
                  assertEquals(List.of("first"), log);
                  group.createTask(work("second", 10));
                  assertEquals(List.of("first"), log);
                }));
    assertEquals(List.of("first", "second"), log);
    assertEquals(1, most);
  }

  @Test
  void anEagerTaskThatCreatesAnotherKeepsToTheLimit() {
    TaskGroup group = limited(1);
    loop.setTaskFactory(EventLoop.eagerTaskFactory());
    runVoid(
        () ->
            with(
                group,
                () ->
                    group.createTask(
                        coroVoid(
                            () -> {
                              group.createTask(work("inner", 10));
                              assertEquals(List.of(), log);
                              log.add("outer ends");
                            }))));
    assertEquals(List.of("outer ends", "inner"), log);
  }

  /** A task factory may wrap what it is given. */
  private static Coro<Object> traced(Coro<?> coro, List<Object> log) {
    return coro(
        "traced",
        () -> {
          log.add("traced");
          try {
            return await(coro);
          } finally {
            log.add("ended");
          }
        });
  }

  @Test
  void aTaskFactoryThatWrapsCoroutinesKeepsToTheLimit() {
    TaskGroup group = limited(1);
    loop.setTaskFactory(
        new TaskFactory() {
          @Override
          public <T> Task<T> newTask(EventLoop on, Coro<T> coro, TaskOptions options) {
            return Task.create(on, Unchecked.cast(traced(coro, log)), options);
          }
        });
    runVoid(
        () ->
            with(
                group,
                () -> {
                  Task<String> first = group.createTask(work("first", 10));
                  Task<String> second = group.createTask(work("second", 10));
                  Task<String> third = group.createTask(work("third", 10));
                  await(sleep(ms(1)));
                  assertEquals(List.of("traced", "traced", "first", "traced", "traced"), log);
                  second.cancel();
                  assertEquals("first", await(first));
                  assertEquals("third", await(third));
                  assertTrue(second.isCancelled());
                }));
    assertEquals(1, most);
    assertEquals(
        List.of(
            "traced", "traced", "first", "traced", "traced", "ended", "ended", "third", "ended",
            "ended"),
        log);
  }

  @Test
  void aTaskFactoryThatFailsTakesNobodysPlace() {
    TaskGroup group = limited(1);
    runVoid(
        () ->
            with(
                group,
                () -> {
                  loop.setTaskFactory(failingFactory());
                  assertThrows(ArithmeticException.class, () -> group.createTask(work("a", 1)));
                  loop.setTaskFactory(null);
                  group.createTask(work("first", 10));
                  loop.setTaskFactory(failingFactory());
                  assertThrows(ArithmeticException.class, () -> group.createTask(work("b", 1)));
                  loop.setTaskFactory(null);
                  group.createTask(work("second", 10));
                }));
    assertEquals(List.of("first", "second"), log);
    assertTime(20);
  }

  private TaskFactory failingFactory() {
    return new TaskFactory() {
      @Override
      public <T> Task<T> newTask(EventLoop on, Coro<T> coro, TaskOptions options) {
        coro.close();
        throw failure;
      }
    };
  }

  @Test
  void aCoroutineThatWasStartedIsRefusedWhetherItWouldWaitOrNot() {
    TaskGroup group = limited(1);
    runVoid(
        () ->
            with(
                group,
                () -> {
                  Coro<String> twice = work("first", 10);
                  group.createTask(twice);
                  assertThrows(IllegalStateException.class, () -> group.createTask(twice));
                  group.createTask(sleep(Duration.ZERO)); // shared by all who sleep so
                  group.createTask(sleep(Duration.ZERO));
                }));
    assertTime(10);
  }

  @Test
  void aTaskThatWaitsHasTheContextNameAndCoroutineOfItsOwn() {
    ContextVar<String> user = ContextVar.withDefault("user", "nobody");
    TaskGroup group = limited(1);
    runVoid(
        () ->
            with(
                group,
                () -> {
                  group.createTask(work("first", 10));
                  user.set("ann");
                  Coro<String> asks = coro("asks", user::get);
                  Task<String> task = group.createTask(asks, "who");
                  user.set("bob");
                  assertSame(asks, task.getCoro());
                  assertEquals("who", task.getName());
                  assertEquals("ann", await(task));
                }));
  }

  @Test
  void whoWaitsForItsTurnSaysSo() {
    TaskGroup group = TaskGroup.open(GroupOptions.named("crawler").withLimit(1));
    runVoid(
        () ->
            with(
                group,
                () -> {
                  group.createTask(work("first", 10));
                  Task<String> second = group.createTask(work("second", 10), "second");
                  await(sleep(ms(1)));
                  String turn =
                      "Waits for its turn in TaskGroup[crawler is open, tasks=2], which runs 1 at a"
                          + " time";
                  String graph = formatCallGraph(second);
                  assertTrue(graph.contains("second") && graph.contains(turn), graph);
                  assertTrue(graph.contains("Awaited by:"), graph);
                }));
  }

  @Test
  void aGroupThatWaitsForItselfIsToldAsADeadlock() {
    TaskGroup group = TaskGroup.open(GroupOptions.named("crawler").withLimit(1));
    Coro<Void> main =
        coroVoid(
            () ->
                with(
                    group,
                    () ->
                        group.createTask(
                            coroVoid(
                                "outer", () -> await(group.createTask(work("inner", 1), "in"))))));
    DeadlockException deadlock =
        assertThrows(DeadlockException.class, () -> loop.runUntilComplete(main));
    String told = deadlock.getMessage();
    assertTrue(told.contains("Task[in pending, coroutine"), told);
    assertTrue(
        told.contains("waiting for its turn in TaskGroup[crawler waits for its tasks"), told);
  }

  @Test
  void tenTimesTheTasksCostTenTimesTheMemory() throws JMException {
    allocatedBy(1_000);
    double small = allocatedBy(10_000);
    double large = allocatedBy(100_000);
    assertEquals(111_000, running);
    assertEquals(10, large / small, 1);
  }

  private long allocatedBy(int tasks) throws JMException {
    TaskGroup group = limited(100);
    long before = allocated();
    loop.runUntilComplete(new Spawning(group, tasks, () -> running++));
    return allocated() - before;
  }

  private static long allocated() throws JMException {
    return (Long)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                "getThreadAllocatedBytes",
                new Object[] {Thread.currentThread().getId()},
                new String[] {"long"});
  }

  @Test
  void manyThatWaitAreCancelledInAsManySteps() {
    TaskGroup group = limited(100);
    loop.callLater(ms(0), group::cancel);
    loop.runUntilComplete(new Spawning(group, 100_000, () -> running++));
    assertEquals(Set.of(), group.tasks());
    assertTime(0);
  }

  /** Runs a group of tasks each of which sleeps a little. Without threads of its own. */
  private static final class Spawning extends RuntimeCoro<Void> {
    private final TaskGroup group;
    private final int tasks;
    private final Runnable each;

    Spawning(TaskGroup group, int tasks, Runnable each) {
      super(RuntimeLines.of(Spawning.class, "spawning"));
      this.group = group;
      this.tasks = tasks;
      this.each = each;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      if (state == 2) {
        return null;
      }
      await(task, group.enter(), depth);
      for (int i = 0; i < tasks; i++) {
        group.createTask(sleep(Duration.ofMillis(1), i)).addDoneCallback(done -> each.run());
      }
      state = 2;
      return await(task, group.exit(null), depth);
    }
  }

  @Test
  void aFailureIsReportedAndTheOthersGoOn() {
    TaskGroup group = isolated();
    runVoid(
        () ->
            with(
                group,
                () -> {
                  Task<Void> fails = group.createTask(failAfter(5, failure), "fails");
                  group.createTask(work("goes on", 10));
                  await(sleep(ms(20)));
                  assertSame(failure, fails.exception());
                  group.createTask(work("is taken", 10));
                }));
    assertEquals(List.of("goes on", "is taken"), log);
    assertTime(30);
    ExceptionContext report = reports.get(0);
    assertEquals(1, reports.size());
    assertSame(failure, report.exception());
    assertEquals(
        "task fails of TaskGroup[server is open, tasks=1] failed; the others go on",
        report.message());
    assertEquals("fails", ((Task<?>) report.promise()).getName());
  }

  @Test
  void aFailureInTheCleanupIsReportedAndTheCancellationComesOut() {
    TaskGroup group = isolated();
    Task<Void> main =
        loop.createTask(
            coroVoid(
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
                        })));
    loop.callLater(ms(5), main::cancel);
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(main));
    assertEquals(1, reports.size());
    assertSame(failure, reports.get(0).exception());
  }

  private static void throwIt(Throwable throwable) {
    throw Unchecked.<RuntimeException>sneak(throwable);
  }

  @Test
  void whatTheBlockThrowsComesOutAsItIs() {
    TaskGroup group = isolated();
    IOException blocks = new IOException("block");
    assertSame(
        blocks,
        assertThrows(
            IOException.class,
            () ->
                runVoid(
                    () ->
                        with(
                            group,
                            () -> {
                              group.createTask(work("is cancelled", 1000));
                              await(sleep(ms(1)));
                              throw blocks;
                            }))));
    assertTime(1);
    assertEquals(List.of(), reports);
  }

  @Test
  void aFatalErrorEndsTheGroupAllTheSame() {
    TaskGroup group = isolated();
    OutOfMemoryError fatal = new OutOfMemoryError("test");
    Task<Void> main =
        loop.createTask(
            coroVoid(
                () ->
                    with(
                        group,
                        () -> {
                          group.createTask(failAfter(5, fatal));
                          await(group.createTask(work("is cancelled", 1000)));
                        })));
    assertSame(fatal, assertThrows(OutOfMemoryError.class, () -> loop.runUntilComplete(main)));
    assertSame(fatal, assertThrows(OutOfMemoryError.class, () -> loop.runUntilComplete(main)));
    assertTime(5);
    assertEquals(List.of(), reports);
  }

  @Test
  void aChildThatIsItselfAGroupIsOneFailure() {
    TaskGroup group = isolated();
    runVoid(
        () ->
            with(
                group,
                () -> {
                  group.createTask(
                      coroVoid(
                          () -> {
                            TaskGroup inner = TaskGroup.open(GroupOptions.named("inner"));
                            with(inner, () -> inner.createTask(failAfter(1, failure)));
                          }));
                  group.createTask(work("goes on", 10));
                }));
    assertTime(10);
    assertEquals(1, reports.size());
    ExceptionGroup told = (ExceptionGroup) reports.get(0).exception();
    assertTrue(told.getMessage().startsWith("unhandled errors in TaskGroup inner"));
    assertEquals(List.of(failure), told.exceptions());
  }

  @Test
  void theTasksAreThoseThatAreNotDone() {
    TaskGroup group = limited(1);
    runVoid(
        () ->
            with(
                group,
                () -> {
                  assertEquals(Set.of(), group.tasks());
                  Task<Void> done = group.createTask(coroVoid(() -> {}));
                  Task<String> waits = group.createTask(work("waits", 1));
                  Set<Task<?>> before = group.tasks();
                  done.addDoneCallback(
                      ignored -> assertEquals(Set.of(waits), group.tasks(), "in a callback"));
                  await(sleep(Duration.ZERO));
                  assertTrue(done.isDone());
                  assertEquals(Set.of(waits), group.tasks());
                  assertEquals(Set.of(done, waits), before);
                  group.createTask(
                      coroVoid(() -> assertTrue(group.tasks().contains(currentTask()))));
                }));
    assertEquals(Set.of(), group.tasks());
  }

  @Test
  void optionsAreWhatTheyWereMadeOf() {
    assertEquals(new GroupOptions(null, Integer.MAX_VALUE, false), GroupOptions.DEFAULT);
    assertEquals(
        new GroupOptions("a", 3, true),
        GroupOptions.DEFAULT.withLimit(3).withIsolatedFailures().withName("a"));
    assertEquals(GroupOptions.DEFAULT.withName("a"), GroupOptions.named("a"));
    assertThrows(IllegalArgumentException.class, () -> GroupOptions.DEFAULT.withLimit(0));
    assertThrows(NullPointerException.class, () -> GroupOptions.named(null));
    assertThrows(NullPointerException.class, () -> TaskGroup.open(null));
  }

  @Test
  void inDebugModeACoroutineThatWaitedIsNotSaidToBeNeverAwaited() {
    loop.setDebug(true);
    TaskGroup group = limited(1);
    runVoid(
        () ->
            with(
                group,
                () -> {
                  group.createTask(work("first", 1));
                  group.createTask(work("second", 1));
                  createTask(work("other", 1));
                  await(sleep(ms(1)));
                }));
    loop.close();
    assertEquals(List.of(), reports);
  }
}
