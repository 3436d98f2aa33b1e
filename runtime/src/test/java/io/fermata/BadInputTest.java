package io.fermata;

import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * What users get who misuse the runtime: the message names the object, its state, and the remedy.
 */
class BadInputTest extends LoopTests {
  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);
  private static final Duration SHORTEST = Duration.ofSeconds(Long.MIN_VALUE);

  private <X extends Throwable> void assertSays(Class<X> type, String message, Executable bad) {
    assertEquals(message, assertThrows(type, bad).getMessage());
  }

  private <X extends Throwable> void assertSaysInCoroutine(
      Class<X> type, String message, Co.VoidBody bad) {
    assertSays(type, message, () -> runVoid(bad));
  }

  // Calls that only the processor can make work.

  @Test
  void whatTheProcessorHasNotTransformedSaysSoAndHowToSwitchItOn() {
    List<Executable> calls =
        List.of(
            () -> Async.await(Async.sleep(Duration.ZERO)),
            () -> Async.await(CompletableFuture.completedFuture(1)),
            () -> Async.await(CompletableFuture.completedFuture(1), ExecutionException.class),
            () -> Async.async(() -> 1));
    for (Executable call : calls) {
      String message = assertThrows(IllegalStateException.class, call).getMessage();
      assertTrue(message.contains("the Fermata processor did not transform"), message);
      assertTrue(message.contains("<annotationProcessorPaths>"), message);
      assertTrue(message.contains("annotationProcessor configuration"), message);
      assertTrue(message.contains("-processorpath"), message);
    }
  }

  // Awaiting what can't be awaited.

  @Test
  void awaitingOneself() {
    Task<Void> task =
        loop.createTask(coroVoid("body", () -> await(Async.currentTask())), "narcissus");
    assertSays(
        IllegalStateException.class,
        "Task[narcissus pending, coroutine BadInputTest.body] can't await itself, it would never"
            + " end: return, or await another task.",
        () -> result(task));
  }

  /** What the task ends with when nobody waits for it. */
  private <T> T result(Task<T> task) {
    settle();
    return task.result();
  }

  @Test
  void awaitingAPromiseOfAnotherLoop() {
    Promise<Void> foreign = new VirtualTimeLoop().createPromise();
    Task<Void> task = loop.createTask(coroVoid("body", () -> await(foreign)), "here");
    assertSays(
        IllegalArgumentException.class,
        "Task[here pending, coroutine BadInputTest.body] can't await Promise[pending]: it belongs to"
            + " a different loop. Use runCoroutineThreadsafe and await its future.",
        () -> result(task));
    String refused =
        "Promise[pending] belongs to a different loop than VirtualTimeLoop[%s]: use"
            + " runCoroutineThreadsafe and await its future.";
    assertSays(
        IllegalArgumentException.class,
        refused.formatted("not running"),
        () -> loop.runUntilComplete(foreign));
    Promise<Void> own = loop.createPromise();
    assertSays(
        IllegalArgumentException.class,
        refused.formatted("not running"),
        () -> Async.gather(own, foreign));
    assertSaysInCoroutine(
        IllegalArgumentException.class,
        refused.formatted("running"),
        () -> Async.asCompleted(List.of(foreign)).asyncIterator());
    assertSaysInCoroutine(
        IllegalArgumentException.class,
        refused.formatted("running"),
        () -> await(Async.waitUntil(List.of(foreign), ReturnWhen.ALL_COMPLETED)));
    assertEquals(List.of(), foreign.waiting(), "a loop must not call into another thread");
  }

  @Test
  void startingACoroutineTwice() {
    String remedy =
        "Call the method again for a second coroutine, or make it a task with createTask, which may"
            + " be awaited often.";
    Coro<Integer> running = coro("body", () -> await(loop.<Integer>createPromise()));
    Task<Integer> task = loop.createTask(running);
    settle();
    assertTrue(running.toString().startsWith("coroutine BadInputTest.body (suspended at line "));
    assertSays(
        IllegalStateException.class,
        running + " can't be made a task: it has been started already. " + remedy,
        () -> loop.createTask(running));
    task.cancel();
    settle();
    String finished =
        "coroutine BadInputTest.body (finished) can't be %s: it has been started already. ";
    assertSaysInCoroutine(
        IllegalStateException.class, finished.formatted("awaited") + remedy, () -> await(running));
    assertSays(
        IllegalStateException.class,
        finished.formatted("made a task") + remedy,
        () -> loop.runUntilComplete(running));
  }

  @Test
  void startingACoroutineThatWasClosed() {
    Coro<Integer> closed = coro("body", () -> 1);
    closed.close();
    assertSays(
        IllegalStateException.class,
        "coroutine BadInputTest.body (closed) can't be made a task: it was closed. Call the method"
            + " again for another coroutine.",
        () -> loop.createTask(closed));
  }

  @Test
  void closingACoroutineThatRuns() {
    Coro<Void> coro = coro("body", () -> await(loop.<Void>createPromise()));
    Task<Void> task = loop.createTask(coro);
    settle();
    assertSays(
        IllegalStateException.class,
        coro + " has been started: cancel the task that runs it instead of closing it.",
        coro::close);
    task.cancel();
    settle();
  }

  @Test
  void completingTwice() {
    Promise<Integer> promise = loop.createPromise();
    assertSays(
        InvalidStateException.class,
        "the result of Promise[pending] is not there yet: await it, or ask isDone() first.",
        promise::result);
    promise.complete(1);
    assertSays(
        InvalidStateException.class,
        "Promise[finished, result=1] can't be completed: it is done. Ask isDone() first if that may"
            + " happen.",
        () -> promise.complete(2));
    assertSays(
        InvalidStateException.class,
        "Promise[finished, result=1] can't be failed: it is done. Ask isDone() first if that may"
            + " happen.",
        () -> promise.fail(new ArithmeticException()));
  }

  @Test
  void waitingForNothing() {
    for (Collection<Task<?>> none : List.of(List.<Task<?>>of(), new ArrayList<Task<?>>())) {
      assertSays(
          IllegalArgumentException.class,
          "waitUntil has nothing to wait for, the collection is empty: don't call it then.",
          () -> Async.waitUntil(none, ReturnWhen.ALL_COMPLETED));
    }
  }

  // Where nothing runs, or the wrong thing.

  @Test
  void usingALoopThatIsClosed() {
    loop.close();
    String closed = "VirtualTimeLoop[closed] is closed: make a new loop.";
    Coro<Integer> coro = coro("body", () -> 1);
    Coro<Integer> handedOver = coro("body", () -> 1);
    List<Executable> uses =
        List.of(
            () -> loop.callSoon(() -> {}),
            () -> loop.callSoonThreadsafe(() -> {}),
            () -> loop.callLater(ms(1), () -> {}),
            () -> loop.callAt(1, () -> {}),
            () -> loop.createTask(coro),
            () -> loop.runForever(),
            () -> loop.runUntilComplete(coro("body", () -> 1)),
            () -> loop.runInExecutor(null, () -> 1),
            () -> Async.runCoroutineThreadsafe(handedOver, loop));
    for (Executable use : uses) {
      assertSays(IllegalStateException.class, closed, use);
    }
    assertTrue(coro.toString().contains("closed"), "and is not reported as never awaited");
    assertTrue(handedOver.toString().contains("closed"), "and is not reported as never awaited");
  }

  @Test
  void closingALoopWithWorkLeft() {
    Coro<Integer> never = coro("body", () -> 1);
    Task<Integer> pending =
        loop.createTask(coro("body", () -> await(loop.createPromise())), "left");
    CompletableFuture<Integer> follows = pending.toCompletableFuture();
    settle();
    CompletableFuture<Integer> submitted = Async.runCoroutineThreadsafe(never, loop);
    loop.close();
    assertEquals(1, reports.size());
    assertEquals(
        "a task was pending when its loop was closed, and will never end: cancel it and run the"
            + " loop until it is done, or leave that to a Runner",
        reports.get(0).message());
    assertTrue(reports.get(0).subject().startsWith("Task[left pending"));
    assertSays(
        ExecutionException.class,
        "java.lang.IllegalStateException: VirtualTimeLoop[closed] was closed before it could run"
            + " coroutine BadInputTest.body (closed).",
        submitted::get);
    assertEquals(
        "VirtualTimeLoop[closed] was closed, and " + pending + " will never be done.",
        assertThrows(ExecutionException.class, follows::get).getCause().getMessage());
  }

  @Test
  void anOutcomeThatIsThereWhenItsLoopIsClosedReachesItsFuture() throws Exception {
    Promise<Integer> promise = loop.createPromise();
    CompletableFuture<Integer> future = promise.toCompletableFuture();
    promise.complete(42);
    loop.close();
    assertEquals(42, future.get());
  }

  @Test
  void closingALoopThatRuns() {
    assertSaysInCoroutine(
        IllegalStateException.class,
        "VirtualTimeLoop[running] can't be closed while it runs: stop() it first.",
        loop::close);
  }

  @Test
  void runningInsideARun() {
    assertSaysInCoroutine(
        IllegalStateException.class,
        "Async.run cannot be called from a running event loop: in a coroutine, await instead.",
        () -> Async.run(coro(() -> 1)));
    assertSaysInCoroutine(
        IllegalStateException.class,
        "VirtualTimeLoop[running] is running already: in a coroutine, await instead of running the"
            + " loop.",
        loop::runForever);
    assertSaysInCoroutine(
        IllegalStateException.class,
        "another loop is running on this thread: in a coroutine, await instead of running a loop.",
        () -> new VirtualTimeLoop().runForever());
  }

  @Test
  void outsideOfALoop() {
    String none =
        "no event loop runs on this thread: call this from a coroutine or a callback of a loop, or"
            + " start one with Async.run.";
    List<Executable> uses =
        List.of(
            EventLoop::running,
            Async::currentTask,
            Async::allTasks,
            () -> Async.createTask(coro(() -> 1)),
            () -> Async.timeout(ms(1)),
            () -> Async.gather(List.<Coro<Integer>>of()),
            () -> Async.completed(1),
            () -> Async.toPromise(new CompletableFuture<>()));
    for (Executable use : uses) {
      assertSays(IllegalStateException.class, none, use);
    }
  }

  @Test
  void fromTheWrongThreadInDebugMode() throws InterruptedException {
    loop.setDebug(true);
    Promise<Integer> promise = loop.createPromise();
    Task<Integer> task = loop.createTask(coro("body", () -> await(promise)));
    List<Executable> uses =
        List.of(
            () -> loop.callSoon(() -> {}),
            () -> loop.callLater(ms(1), () -> {}),
            () -> loop.createTask(coro(() -> 1)),
            () -> promise.complete(1),
            () -> promise.fail(new ArithmeticException()),
            promise::cancel,
            task::cancel);
    List<String> messages = new ArrayList<>();
    Thread other =
        new Thread(
            () ->
                uses.forEach(
                    use ->
                        messages.add(assertThrows(IllegalStateException.class, use).getMessage())),
            "other");
    loop.callSoon(
        () -> {
          other.start();
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    settle();
    assertEquals(uses.size(), messages.size());
    for (String message : messages) {
      assertEquals(
          "VirtualTimeLoop[running, debug] is used from thread other, which is not its own, "
              + Thread.currentThread().getName()
              + ": use callSoonThreadsafe or runCoroutineThreadsafe.",
          message);
    }
    assertFalse(promise.isDone());
    task.cancel();
    settle();
  }

  // Delays.

  @Test
  void negativeDelaysCountAsZero() {
    for (Duration delay : List.of(ms(-1), SHORTEST)) {
      loop.callLater(delay, () -> log.add("called"));
      run(() -> await(Async.sleep(delay)));
      assertEquals("value", run(() -> await(Async.sleep(delay, "value"))));
      assertThrows(
          AsyncTimeoutException.class,
          () -> runVoid(() -> Co.with(Async.timeout(delay), () -> await(Async.sleep(ms(1))))));
      assertThrows(
          AsyncTimeoutException.class,
          () -> runVoid(() -> await(Async.waitFor(Async.sleep(ms(1)), delay))));
    }
    loop.callAt(Long.MIN_VALUE, () -> log.add("called"));
    settle();
    settle();
    assertEquals(List.of("called", "called", "called"), log);
    assertTime(0);
  }

  @Test
  void delaysBeyondTheClockNeverPass() {
    runVoid(
        () -> {
          await(Async.sleep(ms(1)));
          loop.callLater(LONGEST, () -> log.add("called"));
          Task<Void> sleeping = Async.createTask(Async.sleep(LONGEST));
          Co.with(Async.timeout(LONGEST), () -> await(Async.sleep(ms(1))));
          await(Async.waitFor(Async.sleep(ms(1)), LONGEST));
          await(Async.waitUntil(List.of(sleeping), ReturnWhen.ALL_COMPLETED, ms(1)));
          assertFalse(sleeping.isDone());
          sleeping.cancel();
        });
    assertTime(4);
    assertEquals(List.of(), log);
  }

  @Test
  void theVirtualClockCantLeaveItsRange() {
    loop.advance(ms(5));
    assertSays(
        IllegalArgumentException.class,
        "time can't move by PT-1S: only forwards.",
        () -> loop.advance(Duration.ofSeconds(-1)));
    assertSays(
        IllegalArgumentException.class,
        "time can't move by PT2562047788015215H30M7S: the clock ends after 292 years.",
        () -> loop.advance(LONGEST));
  }

  // Null.

  private record NullCall(String named, Executable call) {}

  @TestFactory
  Stream<DynamicTest> nullIsNamed() {
    Coro<Integer> coro = coro("body", () -> 1);
    Promise<Integer> promise = loop.createPromise();
    Task<Integer> task = loop.createTask(coro("body", () -> 1));
    List<Awaitable<Integer>> holdsNull = Arrays.asList(promise, null);
    List<Promise<Integer>> holdsNullPromise = Arrays.asList(promise, null);
    return Stream.of(
            new NullCall("main", () -> Async.run((Awaitable<?>) null)),
            new NullCall("options", () -> Async.run(coro, null)),
            new NullCall("coro", () -> loop.createTask(null)),
            new NullCall("name", () -> loop.createTask(coro, (String) null)),
            new NullCall("options", () -> loop.createTask(coro, (TaskOptions) null)),
            new NullCall("delay", () -> Async.sleep(null)),
            new NullCall("delay", () -> Async.sleep(null, 1)),
            new NullCall("delay", () -> run(() -> Async.timeout(null))),
            new NullCall("awaitable", () -> Async.waitFor(null, ms(1))),
            new NullCall("promises", () -> Async.waitUntil(null, ReturnWhen.ALL_COMPLETED)),
            new NullCall("returnWhen", () -> Async.waitUntil(List.of(promise), null)),
            new NullCall(
                "promise", () -> Async.waitUntil(holdsNullPromise, ReturnWhen.ALL_COMPLETED)),
            new NullCall(
                "timeout", () -> Async.waitUntil(List.of(promise), ReturnWhen.ALL_COMPLETED, null)),
            new NullCall("awaitables", () -> Async.gather((Collection<Coro<Integer>>) null)),
            new NullCall("awaitable", () -> Async.gather(holdsNull)),
            new NullCall(
                "awaitables", () -> Async.gatherOutcomes((Collection<Coro<Integer>>) null)),
            new NullCall("awaitable", () -> Async.gatherOutcomes(holdsNull)),
            new NullCall("awaitable", () -> Async.shield(null)),
            new NullCall("awaitables", () -> Async.asCompleted(null)),
            new NullCall("awaitable", () -> Async.asCompleted(holdsNull)),
            new NullCall("timeout", () -> Async.asCompleted(List.of(promise), null)),
            new NullCall("work", () -> Async.toThread((Callable<?>) null)),
            new NullCall("work", () -> Async.toThread((ThrowingRunnable) null)),
            new NullCall("coro", () -> Async.runCoroutineThreadsafe(null, loop)),
            new NullCall("loop", () -> Async.runCoroutineThreadsafe(coro, null)),
            new NullCall("awaitable", () -> Async.ensurePromise(null)),
            new NullCall("stage", () -> run(() -> Async.toPromise((CompletionStage<?>) null))),
            new NullCall("failure", () -> run(() -> Async.failed(null))),
            new NullCall("promise", () -> Async.captureCallGraph(null)),
            new NullCall("loop", () -> Async.currentTask(null)),
            new NullCall("loop", () -> Async.allTasks(null)),
            new NullCall("awaited is null", () -> run(() -> await((Awaitable<?>) null))),
            new NullCall("toPromise() of", () -> run(() -> await(() -> null))),
            new NullCall("callback", () -> loop.callSoon(null)),
            new NullCall("context", () -> loop.callSoon(() -> {}, null)),
            new NullCall("callback", () -> loop.callSoonThreadsafe(null)),
            new NullCall("delay", () -> loop.callLater(null, () -> {})),
            new NullCall("callback", () -> loop.callLater(ms(1), null)),
            new NullCall("callback", () -> loop.callAt(1, null)),
            new NullCall("awaitable", () -> loop.runUntilComplete(null)),
            new NullCall("work", () -> loop.runInExecutor(null, null)),
            new NullCall("executor", () -> loop.setDefaultExecutor(null)),
            new NullCall("duration", () -> loop.setSlowCallbackDuration(null)),
            new NullCall("timeout", () -> loop.shutdownDefaultExecutor(null)),
            new NullCall("failure", () -> promise.fail(null)),
            new NullCall(
                "callback", () -> promise.addDoneCallback((Consumer<Promise<Integer>>) null)),
            new NullCall("context", () -> promise.addDoneCallback(p -> {}, null)),
            new NullCall("name", () -> task.setName(null)),
            new NullCall("options", () -> new Runner(null)),
            new NullCall("main", () -> new Runner().run((Awaitable<?>) null)),
            new NullCall("factory", () -> RunOptions.DEFAULT.withLoopFactory(null)),
            new NullCall("shutdownGrace", () -> RunOptions.DEFAULT.withShutdownGrace(null)),
            new NullCall("name", () -> TaskOptions.named(null)),
            new NullCall("context", () -> TaskOptions.DEFAULT.withContext(null)),
            new NullCall("coro", () -> TaskGroup.open().createTask(null)),
            new NullCall("name", () -> ContextVar.named(null)),
            new NullCall("message", () -> new ExceptionGroup(null, List.of(new Error()))),
            new NullCall("exceptions", () -> new ExceptionGroup("message", null)),
            new NullCall("duration", () -> loop.advance(null)))
        .map(each -> DynamicTest.dynamicTest(each.named(), () -> assertNames(each)));
  }

  private static void assertNames(NullCall bad) {
    String message = assertThrows(NullPointerException.class, bad.call()).getMessage();
    assertNotNull(message);
    assertTrue(message.contains(bad.named()), message);
    // The JVM's own messages, for what was dereferenced unchecked, name no parameter.
    assertFalse(message.startsWith("Cannot "), message);
  }

  @Test
  void anExecutorThatTakesNoMoreWork() {
    ExecutorService executor = Executors.newCachedThreadPool();
    executor.shutdown();
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> loop.runInExecutor(executor, () -> 1));
    assertEquals(
        executor + " takes no more work, it was shut down: use another executor.",
        refused.getMessage());
    assertNull(Async.currentTask(loop));
  }
}
