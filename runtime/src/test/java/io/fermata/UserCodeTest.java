package io.fermata;

import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.UserCodeUses.ComesOut;
import io.fermata.UserCodeUses.Use;
import io.fermata.testing.VirtualTimeLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/**
 * Every place where the runtime calls code of users is reached by a use here, in which that code
 * throws, overflows the stack, or gives null. It harms the task or callback that it was called for,
 * and no other. {@link UserCodeSites} finds the places, so that a new one can't be forgotten.
 */
@Timeout(60)
class UserCodeTest {

  /** What {@link UserCodeSites} finds by the types, though the objects there are the runtime's. */
  private static final Set<String> RUN_NO_USERS_CODE =
      Set.of(
          // Collections and functions that the runtime itself has made.
          "Awaitables.placeOf -> get",
          "CarriedThreadLocals.restoreAll -> get",
          "CarriedThreadLocals.restoreAll -> size",
          "CarriedThreadLocals.runStep -> run",
          "DebugMode.runTimed -> toString",
          "Combination.at -> get",
          "Descriptions.appendCallbacks -> get",
          "Descriptions.appendCallbacks -> isEmpty",
          "Descriptions.appendCallbacks -> size",
          "GatherPromise.outcomes -> iterator",
          "GatherPromise.outcomes -> size",
          "GatherPromise.values -> iterator",
          "GatherPromise.values -> size",
          "LifeCycle.interrupted -> run",
          "internal.reports.TaskTree.of -> iterator",
          "internal.Excerpt.appendOnce -> run",
          "internal.Excerpt.appendText -> *",
          "internal.Excerpt.appendText -> length",
          "sync.ScopeExit.resume -> run",
          // Throwables of the JDK's classes, made by the runtime.
          "Descriptions.appendOutcome -> getStackTrace",
          "internal.reports.RuntimeLog.printable -> *",
          "internal.reports.RuntimeLog.printable -> setStackTrace",
          "internal.reports.StackTraces.describe -> getMessage",
          "internal.reports.StackTraces.describe -> getStackTrace",
          "internal.reports.StackTraces.here -> getStackTrace",
          "internal.reports.StackTraces.here -> setStackTrace",
          "internal.reports.StackTraces.ofRunningCode -> getStackTrace",
          "internal.Inbox.<init> -> *",
          // Futures made by the runtime: what follows them is caught by the JDK.
          "StageBridge$Follow.onAbandoned -> *",
          "StageBridge$Follow.onAbandoned -> completeExceptionally",
          "StageBridge$Follow.onDone -> *",
          "StageBridge$Follow.onDone -> cancel",
          "StageBridge$Follow.onDone -> complete",
          "StageBridge$Follow.onDone -> completeExceptionally",
          "StageBridge$Submission.abandon -> *",
          "StageBridge$Submission.abandon -> completeExceptionally",
          "StageBridge$Submission.fail -> *",
          "StageBridge$Submission.fail -> completeExceptionally",
          "StageBridge.link -> isCancelled",
          "StageBridge.link -> whenComplete",
          // Keys and elements that are compared by identity, or of a final class.
          "Context.put -> *",
          "Context.remove -> remove",
          "ContextVar.removeOutsideLoops -> *",
          "ContextVar.removeOutsideLoops -> remove",
          "ContextVar.setOutsideLoops -> *",
          "ContextVar.valueOutsideLoops -> *",
          "Descriptions.of -> remove",
          "internal.reports.TasksBean.loopEnds -> *",
          "internal.reports.TasksBean.loopStarts -> *",
          "ThreadValues.copy -> *",
          "ThreadValues.ofCurrentThread -> *",
          "ThreadValues.ofCurrentThreadOrNull -> *",
          // The JDK's own objects, and what it only keeps; a loop's text, which is final.
          "Generator.stream -> *",
          "LifeCycle.run -> *",
          "internal.reports.RuntimeLog.log -> isLoggable",
          "internal.reports.TasksBean$Jmx.register -> registerMBean",
          "internal.reports.TasksBean$Jmx.unregister -> unregisterMBean",
          "internal.reports.TasksBean.printTaskTree -> *",
          "internal.Workers.newExecutor -> *",
          // A method reference, which is met where it is called: in Context.call.
          "Context.get -> get");

  /** They run in a JVM of their own, which has no code of users. */
  private static final String TOOLS = "internal.outside.";

  @TestFactory
  Stream<DynamicTest> whatUsersCodeDoesHarmsNoOtherTask() {
    return UserCodeUses.all().stream()
        .flatMap(
            use ->
                Arrays.stream(Trouble.Kind.values())
                    .map(
                        kind ->
                            DynamicTest.dynamicTest(
                                use.name() + ": " + kind, () -> check(use, kind))));
  }

  private static void check(Use use, Trouble.Kind kind) {
    Trouble trouble = new Trouble(kind);
    List<@Nullable Throwable> reports = new ArrayList<>();
    VirtualTimeLoop loop = new VirtualTimeLoop();
    loop.setExceptionHandler((own, context) -> reports.add(context.exception()));
    use.setup().of(loop, trouble);
    List<Task<?>> tasks = new ArrayList<>();
    loop.runUntilComplete(
        coroVoid(
            "main",
            () -> {
              tasks.add(Async.createTask(coroVoid("user", () -> use.body().run(trouble))));
              tasks.add(Async.createTask(coroVoid("bystander", UserCodeTest::standBy)));
              await(Async.waitUntil(tasks, ReturnWhen.ALL_COMPLETED, Duration.ofSeconds(10)));
            }));
    assertTrue(tasks.get(0).isDone(), "the user hangs");
    assertTrue(tasks.get(1).isDone(), "the bystander hangs");
    assertEquals(null, tasks.get(1).exception(), "the bystander's failure");
    Throwable failure = tasks.get(0).exception();
    if (kind != Trouble.Kind.NULL) {
      assertFalse(trouble.thrown.isEmpty(), "there was no trouble");
      assertEquals(use.comesOut() == ComesOut.IN_TASK, failure != null, () -> "" + failure);
      assertEquals(use.comesOut() == ComesOut.AT_HANDLER, !reports.isEmpty(), reports::toString);
      reports.forEach(report -> assertIsOneOf(trouble.thrown, report));
      if (failure != null) {
        assertIsOneOf(trouble.thrown, failure);
      }
    }
    loop.close();
  }

  private static void run(Executable test) {
    try {
      test.execute();
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** By identity, since some say that they are equal. */
  private static void assertIsOneOf(List<Throwable> thrown, @Nullable Throwable failure) {
    assertTrue(thrown.stream().anyMatch(one -> one == failure), () -> "another one: " + failure);
  }

  private static void standBy() {
    for (int i = 0; i < 10; i++) {
      await(Async.sleep(Duration.ofMillis(1)));
    }
  }

  @Test
  void membersOfAGroupAreNotAskedWhetherTheyAreEqual() {
    List<Throwable> members =
        List.of(
            new Hostile.Failure(new Trouble(Trouble.Kind.ERROR)),
            new ArithmeticException(),
            new Error());
    ExceptionGroup group = new ExceptionGroup("three", members);
    assertEquals(2, group.subgroup(RuntimeException.class).orElseThrow().leaves().size());
    assertSame(group, group.subgroup(Throwable.class).orElseThrow());
  }

  @TestFactory
  Stream<DynamicTest> aLoopOfAUsersClassThatFailsEndsItsRunOrIsTold() {
    return Stream.of("time", "idle", "wakeUp", "release", "createTask", "nextInt")
        .map(method -> DynamicTest.dynamicTest(method, () -> checkLoop(method)));
  }

  /** With trouble at each call in turn, up to a run that gets by with fewer calls. */
  private static void checkLoop(String method) {
    for (int calls = 0; calls < 50; calls++) {
      Trouble trouble = new Trouble(Trouble.Kind.EXCEPTION);
      Throwable failure = null;
      List<@Nullable Throwable> told = new ArrayList<>();
      try {
        RunOptions options = RunOptions.DEFAULT.withDebug();
        int before = calls;
        Async.run(
            coroVoid("main", UserCodeTest::useAllOfTheLoop),
            options.withLoopFactory(
                () -> {
                  UsersLoop loop = new UsersLoop(trouble, method, before);
                  loop.setExceptionHandler((own, context) -> told.add(context.exception()));
                  return loop;
                }));
      } catch (IllegalStateException | ExceptionGroup e) {
        failure = e;
      }
      if (trouble.thrown.isEmpty()) {
        assertTrue(calls > 0, "never called");
        return;
      }
      boolean isTold = told.contains(trouble.thrown.get(0)); // of the cleanup, main having ended
      assertTrue(failure != null || isTold || method.equals("wakeUp"), "at call " + calls);
    }
  }

  /** In another thread: hands something over until the loop was found asleep. */
  private static void wakeUp(UsersLoop loop, Promise<Integer> promise) {
    while (!loop.isAwakened() && !loop.isClosed()) {
      handOver(loop, () -> {});
      LockSupport.parkNanos(200_000); // so that it falls asleep
    }
    handOver(loop, promise::completeIfPending);
  }

  private static void handOver(EventLoop loop, Runnable callback) {
    try {
      loop.callSoonThreadsafe(callback);
    } catch (IllegalStateException e) {
      assertFalse(e.getMessage().isEmpty(), "of a loop that fails, or that is closed");
    }
  }

  private static void useAllOfTheLoop() throws Throwable {
    await(Async.sleep(Duration.ofMillis(1)));
    await(Async.toThread(() -> LockSupport.parkNanos(200_000))); // so that it falls asleep
    UsersLoop loop = (UsersLoop) EventLoop.running();
    Promise<Integer> promise = loop.createPromise();
    new Thread(() -> wakeUp(loop, promise)).start();
    await(promise);
    Co.with(Async.timeout(Duration.ofSeconds(1)), () -> await(Async.sleep(Duration.ofMillis(1))));
    await(Async.createTask(coroVoid("task", () -> {})));
    await(Async.createTask(coroVoid("named", () -> {}), TaskOptions.named("named")));
    TaskGroup group = TaskGroup.open();
    Co.with(
        group,
        () -> group.createTask(coroVoid("one", () -> await(Async.sleep(Duration.ofMillis(1))))));
    TaskGroup limited = TaskGroup.open(GroupOptions.DEFAULT.withLimit(1));
    Co.with(
        limited,
        () -> {
          limited.createTask(Async.sleep(Duration.ofMillis(1)));
          limited.createTask(Async.sleep(Duration.ofMillis(1)));
        });
  }

  @Test
  void everyPlaceThatRunsUsersCodeIsReachedHere() throws Exception {
    for (Use use : UserCodeUses.all()) {
      check(use, Trouble.Kind.EXCEPTION);
    }
    aLoopOfAUsersClassThatFailsEndsItsRunOrIsTold().forEach(test -> run(test.getExecutable()));
    // Whether another thread finds the loop asleep is up to the machine.
    Set<String> wakeUps =
        Set.of("Arrivals.handOver -> wakeUp", "Arrivals.deliverUnlessClosed -> wakeUp");
    for (int i = 0; i < 100 && !Trouble.MET.containsAll(wakeUps); i++) {
      checkLoop("wakeUp");
    }
    Path jspecify =
        Path.of(Nullable.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<String> places = UserCodeSites.in(Path.of("src/main/java"), jspecify);
    places.removeIf(place -> place.startsWith(TOOLS));
    Set<String> missing = new TreeSet<>(places);
    missing.removeAll(Trouble.MET);
    missing.removeAll(RUN_NO_USERS_CODE);
    missing.removeAll(ReviewedSites.OURS_AND_THE_JDKS);
    missing.removeAll(ReviewedSites.TESTED_ELSEWHERE);
    assertEquals("", String.join("\n", missing), "add a use to UserCodeUses");
    Set<String> stale = new TreeSet<>(RUN_NO_USERS_CODE);
    stale.addAll(ReviewedSites.OURS_AND_THE_JDKS);
    stale.addAll(ReviewedSites.TESTED_ELSEWHERE);
    stale.removeIf(place -> places.contains(place) && !Trouble.MET.contains(place));
    assertEquals(Set.of(), stale, "take these off the list");
  }
}
