package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.race;
import static io.fermata.Async.shield;
import static io.fermata.Async.sleep;
import static io.fermata.Async.timeout;
import static io.fermata.Async.waitUntil;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.reports.WaitCycles;
import io.fermata.sync.AsyncLock;
import io.fermata.testing.DeadlockException;
import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that wait for each other, and who finds them. */
@Timeout(60)
class WatchdogTest {
  private static final String STUCK =
      "tasks wait for each other, and only a timeout, a cancellation or other code can end that:";

  /** Gives the names in the circles of tasks that there are when all has come to rest. */
  private static List<List<String>> cyclesOf(Co.VoidBody setup) {
    return Async.run(
        coro(
            "main",
            () -> {
              setup.run();
              await(sleep(Duration.ofMillis(1)));
              List<Task<?>> others = new ArrayList<>(Async.allTasks());
              others.remove(currentTask());
              List<List<String>> names =
                  WaitCycles.among(others).stream()
                      .map(cycle -> cycle.stream().<String>map(Task::getName).sorted().toList())
                      .toList();
              others.forEach(Task::cancel);
              return names;
            }));
  }

  /** A task whose awaitable comes later. */
  private static final class Later {
    private final Promise<Awaitable<?>> what = EventLoop.running().createPromise();
    final Task<?> task;

    Later(String name) {
      task = createTask(coroVoid(name, () -> await(await(what))), name);
    }

    void awaits(Awaitable<?> awaitable) {
      what.complete(awaitable);
    }
  }

  @Test
  void twoTasksThatAwaitEachOther() {
    assertEquals(
        List.of(List.of("a", "b")),
        cyclesOf(
            () -> {
              Later a = new Later("a");
              Later b = new Later("b");
              Later bystander = new Later("bystander");
              a.awaits(b.task);
              b.awaits(a.task);
              bystander.awaits(a.task);
            }));
  }

  @Test
  void locksInTheOtherOrder() {
    assertEquals(
        List.of(List.of("a", "b")),
        cyclesOf(
            () -> {
              AsyncLock one = new AsyncLock();
              AsyncLock two = new AsyncLock();
              createTask(inOrder(one, two), "a");
              createTask(inOrder(two, one), "b");
              createTask(inOrder(one, two), "bystander");
            }));
  }

  private static Coro<Void> inOrder(AsyncLock first, AsyncLock second) {
    return coroVoid(
        "inOrder",
        () ->
            Co.with(
                first,
                () -> {
                  await(sleep(Duration.ZERO));
                  Co.with(second, () -> {});
                }));
  }

  @Test
  void aLockThatTheTaskHoldsItself() {
    assertEquals(
        List.of(List.of("a")),
        cyclesOf(
            () -> {
              AsyncLock lock = new AsyncLock();
              createTask(inOrder(lock, lock), "a");
            }));
  }

  @Test
  void throughGathersAndGroups() {
    assertEquals(
        List.of(List.of("child", "parent")),
        cyclesOf(
            () -> {
              Later parent = new Later("parent");
              Later child = new Later("child");
              Later server = new Later("server");
              child.awaits(gather(parent.task));
              parent.awaits(gather(server.task, child.task));
            }));
    assertEquals(
        List.of(List.of("child", "parent")),
        cyclesOf(
                () -> {
                  Later child = new Later("child");
                  Task<?> parent =
                      createTask(
                          coroVoid(
                              "parent",
                              () -> {
                                TaskGroup group = TaskGroup.open();
                                Co.with(
                                    group, () -> group.createTask(coro(() -> await(child.task))));
                              }),
                          "parent");
                  child.awaits(shield(parent));
                  child.task.setName("child");
                })
            .stream()
            .map(cycle -> cycle.stream().filter(name -> !name.startsWith("Task-")).toList())
            .toList());
  }

  @Test
  void whoWaitsForTheFirstOfSeveralIsNotStuckAsLongAsOneRuns() {
    assertEquals(
        List.of(),
        cyclesOf(
            () -> {
              Later racer = new Later("racer");
              Later other = new Later("other");
              other.awaits(shield(racer.task));
              racer.awaits(race(other.task, sleep(Duration.ofHours(1))));
              Later first = new Later("first");
              Later second = new Later("second");
              second.awaits(first.task);
              Task<Void> sleeper = createTask(sleep(Duration.ofHours(1)));
              first.awaits(waitUntil(List.of(second.task, sleeper), ReturnWhen.FIRST_COMPLETED));
            }));
    assertEquals(
        List.of(List.of("one", "racer")),
        cyclesOf(
            () -> {
              Later racer = new Later("racer");
              Later one = new Later("one");
              Later two = new Later("two");
              one.awaits(shield(racer.task));
              two.awaits(shield(racer.task));
              racer.awaits(race(one.task, two.task));
            }));
  }

  @Test
  void aChainThatEndsInASleepIsNone() {
    assertEquals(
        List.of(),
        cyclesOf(
            () -> {
              Later a = new Later("a");
              Later b = new Later("b");
              a.awaits(b.task);
              b.awaits(sleep(Duration.ofHours(1)));
            }));
  }

  @Test
  void theWatchdogTellsOfEachCircleOnceWithTheUsersLines() throws InterruptedException {
    List<ExceptionContext> told = new ArrayList<>();
    CountDownLatch ended = new CountDownLatch(1);
    Async.run(
        coroVoid(
            "main",
            () -> {
              EventLoop.running().setExceptionHandler((loop, context) -> told.add(context));
              AsyncLock lock = new AsyncLock();
              Later holder = new Later("holder");
              Task<?> waiter = createTask(holdAndWait(lock, holder), "waiter");
              await(sleep(Duration.ZERO));
              holder.awaits(waiter);
              Task<?> blocked = createTask(inOrder(lock, new AsyncLock()), "blocked");
              Later mate = new Later("mate");
              mate.awaits(gather(blocked));
              await(sleep(Duration.ofMillis(300)));
              List.copyOf(Async.allTasks()).stream()
                  .filter(task -> task != currentTask())
                  .forEach(Task::cancel);
              ended.countDown();
            }),
        RunOptions.DEFAULT.withWatchdog(Duration.ofMillis(20)));
    ended.await();
    assertEquals(1, told.size(), () -> told.toString());
    String message = told.get(0).message();
    assertTrue(message.startsWith(STUCK), message);
    String file = "(WatchdogTest.java:";
    assertTrue(
        message.contains(
            "\n    holder awaits waiter, at io.fermata.WatchdogTest$Later.holder" + file),
        message);
    assertTrue(
        message.contains("\n    waiter awaits holder, at io.fermata.WatchdogTest.waiter" + file),
        message);
    assertEquals(3, message.lines().count(), message);
  }

  private static Coro<Void> holdAndWait(AsyncLock lock, Later holder) {
    return coroVoid("waiter", () -> Co.with(lock, () -> await(holder.task)));
  }

  @Test
  void aCircleThatIsOverAtTheNextLookIsNotTold() {
    List<ExceptionContext> told = new ArrayList<>();
    VirtualTimeLoop loop = new VirtualTimeLoop();
    loop.setExceptionHandler((ignored, context) -> told.add(context));
    Watchdog watchdog = new Watchdog(loop, Duration.ofSeconds(1));
    for (int second = 1; second <= 10; second++) {
      loop.callLater(Duration.ofSeconds(second), watchdog::look);
    }
    List<Integer> toldAfter = new ArrayList<>();
    loop.runUntilComplete(
        coroVoid(
            () -> {
              for (int millis : List.of(900, 900, 2500, 3500)) {
                Later a = new Later("a");
                Task<?> b =
                    createTask(
                        coroVoid(
                            "b",
                            () ->
                                Co.with(timeout(Duration.ofMillis(millis)), () -> await(a.task))));
                a.awaits(b);
                assertThrows(AsyncTimeoutException.class, () -> await(b));
                toldAfter.add(told.size());
              }
            }));
    loop.close();
    assertEquals(List.of(0, 0, 1, 2), toldAfter);
  }

  @Test
  void aStepThatHoldsTheLoopIsLoggedWithItsStack() {
    List<String> entries = new ArrayList<>();
    CountDownLatch logged = new CountDownLatch(1);
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            entries.add(entry.getMessage());
            logged.countDown();
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.fermata");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      EventLoop loop = new SelectorLoop();
      loop.setWatchdog(Duration.ofMillis(20));
      loop.callSoon(() -> holdUntil(logged));
      loop.callLater(Duration.ofMillis(100), loop::stop);
      loop.runForever();
      loop.close();
    } finally {
      logger.setUseParentHandlers(true);
      logger.removeHandler(handler);
    }
    assertEquals(1, entries.size(), () -> entries.toString());
    String entry = entries.get(0);
    assertTrue(
        entry.startsWith(
            "SelectorLoop[running] has been held for 0.020 s, its thread is\n    at java.base/"),
        entry);
    assertTrue(
        entry.contains("\n    at io.fermata.WatchdogTest.holdUntil(WatchdogTest.java:"), entry);
  }

  private static void holdUntil(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void itsThreadEndsWithTheRun() throws InterruptedException {
    Async.run(sleep(Duration.ofMillis(30)), RunOptions.DEFAULT.withWatchdog(Duration.ofMillis(5)));
    BackgroundThreads.join("fermata-watchdog");
  }

  @Test
  void virtualTimeTellsTheSameWithoutAWatchdog() {
    RunOptions virtual =
        RunOptions.DEFAULT.withWatchdog(Duration.ofMillis(5)).withLoopFactory(VirtualTimeLoop::new);
    AsyncLock one = new AsyncLock();
    AsyncLock two = new AsyncLock();
    DeadlockException failure =
        assertThrows(
            DeadlockException.class,
            () ->
                Async.run(
                    coro(() -> await(gather(inOrder(one, two), inOrder(two, one)))), virtual));
    String message = failure.getMessage();
    String place = "has taken, at io.fermata.WatchdogTest.inOrder(WatchdogTest.java:";
    assertTrue(
        message.contains("\nthese tasks wait for each other:\n    Task-2 waits for"), message);
    assertTrue(message.contains("AsyncLock[locked, waiters=1], which Task-3 " + place), message);
    assertTrue(message.contains("AsyncLock[locked, waiters=1], which Task-2 " + place), message);
  }

  @Test
  void badIntervalsAreRefused() {
    EventLoop loop = new SelectorLoop();
    assertEquals(
        "a watchdog can't look each PT0S: give it a second, or five.",
        assertThrows(IllegalArgumentException.class, () -> loop.setWatchdog(Duration.ZERO))
            .getMessage());
    loop.close();
    System.setProperty("fermata.watchdog", "soon");
    try {
      assertEquals(
          "-Dfermata.watchdog=soon is no number of seconds that it can wait: give it 1, or 0.5.",
          assertThrows(IllegalArgumentException.class, () -> new Runner().getLoop()).getMessage());
      System.setProperty("fermata.watchdog", "");
      try (Runner runner = new Runner()) {
        assertNull(runner.getLoop().getWatchdog());
      }
      System.setProperty("fermata.watchdog", "0.5");
      try (Runner runner = new Runner()) {
        assertEquals(Duration.ofMillis(500), runner.getLoop().getWatchdog());
      }
    } finally {
      System.clearProperty("fermata.watchdog");
    }
  }
}
