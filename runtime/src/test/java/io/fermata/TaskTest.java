package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.ensurePromise;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.testing.VirtualTimeLoop;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskTest extends LoopTests {

  @Test
  void TASK_01_awaitedCoroutinesRunInTheCallersTask() {
    int sum =
        run(
            () -> {
              Task<?> own = currentTask();
              int a =
                  await(
                      coro(
                          () -> {
                            assertSame(own, currentTask());
                            assertEquals(Set.of(own), Async.allTasks());
                            return 42;
                          }));
              return a + await(coro(() -> 1000));
            });
    assertEquals(1042, sum);
  }

  @Test
  void TASK_02_aTaskGivesItsCoroutinesValueAndItsLoop() {
    for (VirtualTimeLoop each : List.of(loop, new VirtualTimeLoop())) {
      Task<String> task = each.createTask(coro(() -> "ok"));
      each.runUntilComplete(task);
      assertTrue(task.isDone());
      assertEquals("ok", task.result());
      assertSame(each, task.loop());
      assertInstanceOf(Promise.class, task);
    }
  }

  @Test
  void TASK_03_ensurePromiseMakesATaskOnTheRunningLoopAndNeedsOne() {
    Coro<String> unused = coro(() -> "ok");
    IllegalStateException none =
        assertThrows(IllegalStateException.class, () -> ensurePromise(unused));
    assertTrue(none.getMessage().startsWith("no event loop runs on this thread"));
    runVoid(
        () -> {
          Promise<String> promise = ensurePromise(coro(() -> "ok"));
          assertInstanceOf(Task.class, promise);
          assertSame(loop, promise.loop());
          assertEquals("ok", await(promise));
        });
  }

  @Test
  void TASK_04_ensurePromiseGivesAPromiseAsItIsAndRefusesOneOfAnotherLoop() {
    Promise<String> promise = loop.createPromise();
    assertSame(promise, Awaitables.ensurePromise(loop, promise));
    promise.complete("ok");
    assertSame(promise, ensurePromise(promise));
    Task<String> task = loop.createTask(coro(() -> "ok"));
    assertSame(task, Awaitables.ensurePromise(loop, task));
    loop.runUntilComplete(task);
    assertSame(task, ensurePromise(task));
    VirtualTimeLoop other = new VirtualTimeLoop();
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> Awaitables.ensurePromise(other, promise));
    assertTrue(refused.getMessage().contains("belongs to a different loop"));
  }

  @Test
  void TASK_05_ensurePromiseWrapsAUsersAwaitableInATaskThatAwaitsIt() {
    Awaitable<String> own = () -> createTask(sleep(ms(0), "ok"));
    runVoid(
        () -> {
          Promise<String> promise = ensurePromise(own);
          Task<?> task = assertInstanceOf(Task.class, promise);
          assertTrue(task.getCoro().toString().contains("ensurePromise"), task::toString);
          assertEquals("ok", await(promise));
        });
  }

  @Test
  void TASK_06_nullIsRefusedEachTime() {
    for (int i = 0; i < 2; i++) {
      assertThrows(NullPointerException.class, () -> loop.createTask(null));
      assertThrows(NullPointerException.class, () -> Awaitables.ensurePromise(loop, null));
      assertThrows(NullPointerException.class, () -> run(() -> await((Awaitable<?>) null)));
    }
  }

  /** A coroutine written by hand that ends at its first resumption. */
  private static final class FortyTwo extends Continuation<Integer, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.FortyTwo", "give", "FortyTwo.java", "", "");

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) {
      return 42;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  @Test
  void TASK_07_aCoroutineWrittenByHandIsAccepted() {
    for (int i = 0; i < 2; i++) {
      assertEquals(42, loop.runUntilComplete(loop.createTask(new FortyTwo())));
      assertEquals(42, loop.runUntilComplete(loop.createTask(coro(() -> 42))));
    }
  }

  @Test
  void TASK_08_createTaskUsesTheRunningLoopAndTakesAName() {
    runVoid(
        () -> {
          Task<Integer> task = createTask(coro(() -> 42), "answer");
          assertSame(loop, task.loop());
          assertEquals("answer", task.getName());
          assertEquals(42, await(task));
        });
  }

  @Test
  void TASK_09_tasksWithoutANameAreNumberedInOrderOfCreation() {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String name = loop.createTask(coro(() -> 1)).getName();
      assertTrue(name.matches("Task-\\d+"), name);
      numbers.add(Integer.parseInt(name.substring(5)));
    }
    List<Integer> sorted = new ArrayList<>(new HashSet<>(numbers));
    sorted.sort(null);
    assertEquals(sorted, numbers);
    Task<Integer> task = loop.createTask(coro(() -> 1), "first");
    task.setName("second");
    assertEquals("second", task.getName());
    settle();
  }

  @Test
  void TASK_10_theTextTellsNameStateCoroutineAndWhatIsWaitedFor() {
    Promise<Integer> promise = loop.createPromise();
    Task<Integer> task = loop.createTask(coro("body", () -> await(promise)), "t");
    assertEquals("Task[t pending, coroutine TaskTest.body]", task.toString());
    settle();
    assertEquals(
        "Task[t pending, coroutine TaskTest.body, waiting for Promise[pending, callbacks=[t]]]",
        task.toString());
    task.cancel();
    assertTrue(task.toString().startsWith("Task[t cancelling"), task::toString);
    settle();
    assertEquals("Task[t cancelled, coroutine TaskTest.body]", task.toString());
    Task<Integer> finished = loop.createTask(coro("body", () -> 7), "f");
    settle();
    assertEquals("Task[f finished, coroutine TaskTest.body, result=7]", finished.toString());
  }

  @Test
  void TASK_10_aResultThatHoldsTheTaskItselfIsAnEllipsis() {
    Set<Object> held = new HashSet<>();
    Task<Set<Object>> task = loop.createTask(coro("body", () -> held), "f");
    held.add(task);
    settle();
    assertEquals("Task[f finished, coroutine TaskTest.body, result=[...]]", task.toString());
    Promise<Object> promise = loop.createPromise();
    promise.complete(Arrays.asList(promise, 1));
    assertEquals("Promise[finished, result=[..., 1]]", promise.toString());
  }

  @Test
  void TASK_10_aLongChainOfTasksIsCutShort() {
    String text = chainOfTasks(20_000).toString();
    assertTrue(text.startsWith("Task[Task-20000 pending"), text);
    assertTrue(text.contains("waiting for Task[Task-19999 pending"), text);
    assertTrue(text.contains("waiting for ..."), text);
  }

  @Test
  void TASK_11_aTaskCantBeCompletedFromOutside() {
    Task<Integer> task = loop.createTask(coro(() -> 42));
    assertThrows(IllegalStateException.class, () -> task.complete(1));
    assertThrows(IllegalStateException.class, () -> task.fail(new ArithmeticException()));
    assertFalse(task.isDone());
    assertEquals(42, loop.runUntilComplete(task));
  }

  @Test
  void TASK_12_aTaskReceivesTheVeryObjectOnePassAfterItsPromiseHasIt() {
    Promise<Object> promise = loop.createPromise();
    Task<Object> task = loop.createTask(coro(() -> await(promise)));
    pass();
    assertEquals(List.of(task), promise.waiting());
    Object value = new Object();
    promise.complete(value);
    assertFalse(task.isDone());
    pass();
    assertTrue(task.isDone());
    assertSame(value, task.result());
  }

  @Test
  void TASK_13_theExceptionOfAFailedTaskReachesIntoTheCoroutineThatThrew() {
    Task<Void> task =
        loop.createTask(
            coroVoid(
                () -> {
                  throw new ArithmeticException("here");
                }));
    settle();
    Throwable failure = task.exception();
    assertEquals(TaskTest.class.getName(), failure.getStackTrace()[0].getClassName());
    assertSame(failure, assertThrows(ArithmeticException.class, task::result));
  }

  @Test
  void TASK_14_aFailedTaskThatIsCancelledAfterwardsIsNotReported() {
    Task<Void> task = loop.createTask(failAfter(0, new ArithmeticException()));
    settle();
    assertTrue(task.isDone());
    assertFalse(task.cancel());
    loop.close();
    assertEquals(List.of(), reports);
  }

  @Test
  void TASK_15_getCoroGivesTheCoroutineAlsoAfterItsEnd() {
    Coro<Integer> coro = coro(() -> 1);
    Task<Integer> task = loop.createTask(coro);
    assertSame(coro, task.getCoro());
    settle();
    assertSame(coro, task.getCoro());
  }

  @Test
  void TASK_16_debugModeKeepsThePlaceOfCreation() {
    loop.setDebug(true);
    List<Throwable> places =
        List.of(
            loop.createTask(coro(() -> 1)).createdAt(),
            loop.createPromise().createdAt(),
            loop.callSoon(() -> {}).createdAt(),
            loop.callSoonThreadsafe(() -> {}).createdAt(),
            loop.callLater(ms(1), () -> {}).createdAt(),
            loop.callAt(1, () -> {}).createdAt());
    int line = places.get(0).getStackTrace()[0].getLineNumber();
    for (Throwable place : places) {
      StackTraceElement innermost = place.getStackTrace()[0];
      assertEquals(TaskTest.class.getName(), innermost.getClassName());
      assertEquals(line++, innermost.getLineNumber());
    }
  }

  @Test
  void aTaskThatNobodyKeepsIsKeptByTheLoopUntilItIsDone() {
    List<WeakReference<Promise<Integer>>> promises = new ArrayList<>();
    WeakReference<Promise<Integer>> task = new WeakReference<>(taskWaitingFor(promises));
    pass();
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    assertFalse(task.refersTo(null));
    promises.get(0).get().complete(7);
    pass();
    assertEquals(7, task.get().result());
  }

  /** What it waits for is held by the task alone. */
  private Promise<Integer> taskWaitingFor(List<WeakReference<Promise<Integer>>> promises) {
    return Awaitables.ensurePromise(
        loop,
        () -> {
          Promise<Integer> promise = loop.createPromise();
          promises.add(new WeakReference<>(promise));
          return promise;
        });
  }
}
