package io.fermata.junit;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static io.fermata.Async.toThread;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.fermata.Coroutine;
import io.fermata.EventLoop;
import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.sync.AsyncLock;
import io.fermata.testing.DeadlockException;
import io.fermata.testing.VirtualTimeLoop;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** What fails a test besides what it throws: with which text, and how it is let pass. */
@SuppressWarnings("fermata:dropped-task") // what is left running is the point
class FindingsTest {

  /** What tests leave undone. */
  static final class Work {
    private Work() {}

    @Coroutine
    static void sleepsLong() {
      await(sleep(ofHours(1)));
    }

    @Coroutine
    static void fails() {
      await(sleep(ofSeconds(1)));
      throw new IllegalArgumentException("nobody looks");
    }
  }

  private static void assertMessage(String expected, Class<?> tests) {
    Launched launched = Launched.of(tests);
    assertInstanceOf(AssertionFailedError.class, launched.failure());
    assertEquals(expected, launched.message());
  }

  private static void assertPasses(Class<?> tests) {
    Launched launched = Launched.of(tests);
    assertEquals(Map.of(), launched.failures());
    assertEquals(1, launched.passed().size());
  }

  // Tasks

  static class LeavesTask {
    @CoroutineTest
    void test() {
      createTask(FindingsTest_WorkAsync.sleepsLong());
      await(sleep(ofSeconds(1)));
    }
  }

  @Test
  void aTaskLeftRunning() {
    assertMessage(
        "a task is left running:\n"
            + "  Task[Task-1 pending, coroutine FindingsTest.Work.sleepsLong, waiting for coroutine"
            + " Async.sleep (suspended), created at"
            + " io.fermata.junit.FindingsTest$LeavesTask.test(FindingsTest.java:1)]\n"
            + "    at io.fermata.Async.sleep(Async.java)\n"
            + "    at io.fermata.junit.FindingsTest$Work.sleepsLong(FindingsTest.java:1)\n"
            + "Await or cancel what the test starts, or use a TaskGroup.",
        LeavesTask.class);
  }

  @Tolerate(Finding.TASK_LEFT_RUNNING)
  static class MayLeaveTask extends LeavesTask {}

  @Test
  void aTaskLeftRunningIsTolerated() {
    assertPasses(MayLeaveTask.class);
  }

  @Tolerate(Finding.TASK_LEFT_RUNNING)
  static class MustNotLeaveTask {
    @CoroutineTest
    @Tolerate({})
    void test() {
      createTask(FindingsTest_WorkAsync.sleepsLong());
    }
  }

  @Test
  void whatStandsAtTheTestCountsAlone() {
    assertTrue(Launched.of(MustNotLeaveTask.class).message().startsWith("a task is left running:"));
  }

  static class CleansUp {
    Task<Void> task;

    @CoroutineTest
    void test() {
      task = createTask(FindingsTest_WorkAsync.sleepsLong());
    }

    @AfterEach
    @Coroutine
    void cleanUp() {
      await(task);
    }
  }

  @Test
  void aTaskThatWhatRunsAfterwardsAwaitsIsNotLeft() {
    assertPasses(CleansUp.class);
  }

  static class FailsAndLeavesTask {
    @CoroutineTest
    void test() {
      createTask(FindingsTest_WorkAsync.sleepsLong());
      fail("by itself");
    }
  }

  @Test
  void whatAFailedTestLeavesRunningIsNotTold() {
    Throwable failure = Launched.of(FailsAndLeavesTask.class).failure();
    assertEquals("by itself", failure.getMessage());
    assertEquals(0, failure.getSuppressed().length);
  }

  // Failures

  static class LosesFailure {
    @CoroutineTest
    void test() {
      createTask(FindingsTest_WorkAsync.fails(), "loser");
      await(sleep(ofSeconds(2)));
    }
  }

  @Test
  void aFailureThatNobodyLookedAt() {
    assertMessage(
        "Task exception was never retrieved: java.lang.IllegalArgumentException: nobody looks\n"
            + "  loser, coroutine FindingsTest.Work.fails\n"
            + "    at io.fermata.junit.FindingsTest$Work.fails(FindingsTest.java:1)",
        LosesFailure.class);
    Throwable cause = Launched.of(LosesFailure.class).failure().getCause();
    assertInstanceOf(IllegalArgumentException.class, cause);
    assertEquals("fails", cause.getStackTrace()[0].getMethodName());
    assertEquals("FindingsTest.java", cause.getStackTrace()[0].getFileName());
  }

  static class MayLoseFailure {
    @CoroutineTest
    @Tolerate(Finding.FAILURE_NEVER_RETRIEVED)
    void test() {
      createTask(FindingsTest_WorkAsync.fails());
      await(sleep(ofSeconds(2)));
    }
  }

  @Test
  void aFailureThatNobodyLookedAtIsTolerated() {
    assertPasses(MayLoseFailure.class);
  }

  static class FailsAndLosesFailure {
    @CoroutineTest
    void test() {
      createTask(FindingsTest_WorkAsync.fails());
      await(sleep(ofSeconds(2)));
      fail("by itself");
    }
  }

  @Test
  void aFailureThatNobodyLookedAtIsToldOfAFailedTestToo() {
    Throwable failure = Launched.of(FailsAndLosesFailure.class).failure();
    assertEquals("by itself", failure.getMessage());
    assertEquals(1, failure.getSuppressed().length);
    assertEquals("nobody looks", failure.getSuppressed()[0].getCause().getMessage());
  }

  static class CallbackFails {
    @CoroutineTest
    void test(EventLoop loop) {
      loop.callSoon(
          () -> {
            throw new IllegalArgumentException("in a callback");
          });
      await(sleep(ofSeconds(2)));
    }
  }

  @Test
  void aCallbackThatFails() {
    String message = Launched.of(CallbackFails.class).message();
    assertTrue(message.contains("java.lang.IllegalArgumentException: in a callback"), message);
  }

  // Coroutines

  static class ForgetsAwait {
    @CoroutineTest
    @SuppressWarnings("fermata:never-awaited")
    void test() {
      FindingsTest_WorkAsync.sleepsLong();
    }
  }

  @Test
  void aCoroutineNeverAwaited() {
    String message = Launched.of(ForgetsAwait.class).message();
    assertTrue(
        message.startsWith(
            "coroutine FindingsTest.Work.sleepsLong was never awaited\n"
                + "  created\n"
                + "    at io.fermata.junit.FindingsTest$ForgetsAwait.test(FindingsTest.java:1)"),
        message);
  }

  @Tolerate(Finding.COROUTINE_NEVER_AWAITED)
  static class MayForgetAwait extends ForgetsAwait {}

  @Test
  void aCoroutineNeverAwaitedIsTolerated() {
    assertPasses(MayForgetAwait.class);
  }

  // Blocking

  static class Blocks {
    @CoroutineTest
    @SuppressWarnings("fermata:blocking-call")
    void test() throws InterruptedException {
      await(sleep(ofSeconds(1)));
      Thread.sleep(400);
    }
  }

  @Test
  void aStepThatBlocks() {
    assertMessage(
        "the loop's thread was held for 100 ms and more\n"
            + "    at io.fermata.junit.FindingsTest$Blocks.test(FindingsTest.java:1)\n"
            + "Await instead, or leave what blocks to toThread.",
        Blocks.class);
  }

  static class Computes {
    @CoroutineTest
    void test() {
      compute(900);
    }
  }

  @Test
  void aStepThatComputes() {
    assertMessage(
        "the loop's thread was held for 500 ms and more\n"
            + "    at io.fermata.junit.FindingsTest.compute(FindingsTest.java:1)\n"
            + "    at io.fermata.junit.FindingsTest$Computes.test(FindingsTest.java:1)\n"
            + "Await instead, or leave what blocks to toThread.",
        Computes.class);
  }

  static class ComputesOnABusyMachine {
    volatile boolean over;

    @CoroutineTest
    void test() {
      spinElsewhere();
      compute(200);
      over = true;
    }

    void spinElsewhere() {
      for (int i = 0; i < 5 * Runtime.getRuntime().availableProcessors(); i++) {
        new Thread(this::spin).start();
      }
    }

    private void spin() {
      while (!over) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void whatOthersComputeDoesNotCount() {
    assertPasses(ComputesOnABusyMachine.class);
  }

  /** So many milliseconds of CPU time. */
  static void compute(int millis) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long end = threads.getCurrentThreadCpuTime() + ofMillis(millis).toNanos();
    while (threads.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Tolerate(Finding.LOOP_BLOCKED)
  static class MayBlock extends Blocks {}

  @Test
  void aStepThatBlocksIsTolerated() {
    assertPasses(MayBlock.class);
  }

  static class WorksLong {
    @CoroutineTest
    void test() {
      long end = System.nanoTime() + ofSeconds(1).toNanos();
      while (System.nanoTime() < end) {
        await(sleep(ofSeconds(1)));
      }
    }
  }

  @Test
  void manyShortStepsAreNoBlock() {
    assertPasses(WorksLong.class);
  }

  static class WaitsForThread {
    @CoroutineTest
    @SuppressWarnings("fermata:blocking-call")
    void test() {
      await(
          toThread(
              () -> {
                Thread.sleep(300);
                return 1;
              }));
    }
  }

  @Test
  void aLoopThatWaitsForAThreadIsNotBlocked() {
    assertPasses(WaitsForThread.class);
  }

  // Deadlocks

  static class Locks {
    final AsyncLock first = new AsyncLock();
    final AsyncLock second = new AsyncLock();

    @Coroutine
    static void both(AsyncLock one, AsyncLock other) {
      try (one) {
        await(sleep(ofSeconds(1)));
        try (other) {
          await(sleep(ofSeconds(1)));
        }
      }
    }

    @CoroutineTest
    void test() {
      Task<Void> task = createTask(FindingsTest_LocksAsync.both(first, second), "other");
      await(FindingsTest_LocksAsync.both(second, first));
      await(task);
    }
  }

  @Test
  void aDeadlockIsToldWithWhoWaitsForWhat() {
    Launched launched = Launched.of(Locks.class);
    assertInstanceOf(DeadlockException.class, launched.failure());
    String message = launched.message();
    assertTrue(
        message.startsWith("no task can ever run again: nothing is ready, no timer is set\nTask["),
        message);
    assertTrue(message.contains("Task[other pending, coroutine FindingsTest.Locks.both"), message);
    assertTrue(
        message.contains("at io.fermata.junit.FindingsTest$Locks.both(FindingsTest.java:1)"),
        message);
    assertEquals(0, launched.failure().getSuppressed().length);
  }

  static class WaitsForOwnThread {
    @CoroutineTest
    @Tolerate(Finding.DEADLOCK)
    void test(VirtualTimeLoop loop) {
      Promise<String> promise = loop.createPromise();
      new Thread(() -> loop.callSoonThreadsafe(() -> promise.complete("done"))).start();
      assertEquals("done", await(promise));
    }
  }

  @Test
  void aDeadlockThatIsToleratedWaitsForOtherThreads() {
    assertPasses(WaitsForOwnThread.class);
  }

  // Several

  static class LeavesMuch {
    @CoroutineTest
    void test() {
      createTask(FindingsTest_WorkAsync.fails());
      createTask(FindingsTest_WorkAsync.sleepsLong());
      await(sleep(ofSeconds(2)));
    }
  }

  @Test
  void allFindingsAreToldAtOnce() {
    String message = Launched.of(LeavesMuch.class).message();
    assertEquals(
        List.of(
            "a task is left running:",
            "Task exception was never retrieved: java.lang.IllegalArgumentException: nobody looks"),
        List.of(message.split("\n\n")).stream()
            .map(each -> each.lines().findFirst().get())
            .toList());
  }
}
