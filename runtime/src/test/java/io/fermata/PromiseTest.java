package io.fermata;

import static io.fermata.Async.completed;
import static io.fermata.Async.failed;
import static io.fermata.Async.toPromise;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PromiseTest extends LoopTests {
  private final Promise<Object> promise = loop.createPromise();

  @Test
  void FUT_01_aNewPromiseIsPending() {
    assertFalse(promise.isDone());
    assertFalse(promise.isCancelled());
    promise.cancel();
    assertTrue(promise.isDone());
    assertTrue(promise.isCancelled());
  }

  @Test
  void FUT_02_aPromiseBelongsToTheLoopThatMadeItAndNeedsOne() {
    assertSame(loop, promise.loop());
    assertThrows(IllegalStateException.class, () -> completed(1));
    assertSame(loop, run(() -> completed(1).loop()));
    assertThrows(
        ArithmeticException.class, () -> run(() -> await(failed(new ArithmeticException()))));
  }

  @Test
  void FUT_03_aCancelledPromiseIsDoneForGood() {
    assertTrue(promise.cancel("msg"));
    assertEquals("msg", assertThrows(CancelledError.class, promise::result).getMessage());
    assertEquals("msg", assertThrows(CancelledError.class, promise::exception).getMessage());
    assertThrows(InvalidStateException.class, () -> promise.complete(1));
    assertThrows(InvalidStateException.class, () -> promise.fail(new ArithmeticException()));
    assertFalse(promise.cancel());
  }

  @Test
  void FUT_04_aPromiseIsCompletedOnce() {
    InvalidStateException early = assertThrows(InvalidStateException.class, promise::result);
    assertEquals(
        "the result of Promise[pending] is not there yet: await it, or ask isDone() first.",
        early.getMessage());
    promise.complete(42);
    assertTrue(promise.isDone());
    assertFalse(promise.isCancelled());
    assertEquals(42, promise.result());
    assertNull(promise.exception());
    InvalidStateException again =
        assertThrows(InvalidStateException.class, () -> promise.complete(1));
    assertTrue(again.getMessage().startsWith("Promise[finished, result=42] can't be completed"));
    assertThrows(InvalidStateException.class, () -> promise.fail(new ArithmeticException()));
    assertFalse(promise.cancel());
  }

  @Test
  void FUT_05_aPromiseIsFailedOnce() {
    assertThrows(InvalidStateException.class, promise::exception);
    IOException failure = new IOException();
    promise.fail(failure);
    assertTrue(promise.isDone());
    assertFalse(promise.isCancelled());
    assertSame(failure, assertThrows(IOException.class, promise::result));
    assertSame(failure, promise.exception());
    assertThrows(InvalidStateException.class, () -> promise.complete(1));
    assertThrows(InvalidStateException.class, () -> promise.fail(failure));
    assertFalse(promise.cancel());
  }

  @Test
  void FUT_06_theSecondAwaitDoesNotSuspend() {
    loop.callLater(ms(10), () -> promise.complete("value"));
    runVoid(
        () -> {
          assertEquals("value", await(promise));
          loop.callSoon(() -> log.add("callback"));
          assertEquals("value", await(promise));
          log.add("second await");
        });
    assertEquals(List.of("second await"), log.subList(0, 1));
  }

  private static Consumer<Object> callback(String name) {
    return new Consumer<>() {
      @Override
      public void accept(Object ignored) {}

      @Override
      public String toString() {
        return name;
      }
    };
  }

  @Test
  void FUT_07_theTextTellsTheStateAndTheCallbacks() {
    assertEquals("Promise[pending]", promise.toString());
    promise.addDoneCallback(callback("a"));
    assertEquals("Promise[pending, callbacks=[a]]", promise.toString());
    promise.addDoneCallback(callback("b"));
    assertEquals("Promise[pending, callbacks=[a, b]]", promise.toString());
    promise.addDoneCallback(callback("c"));
    promise.addDoneCallback(callback("d"));
    assertEquals("Promise[pending, callbacks=[a, <2 more>, d]]", promise.toString());
    promise.complete(10);
    assertEquals("Promise[finished, result=10]", promise.toString());
    Promise<Object> failing = loop.createPromise();
    failing.fail(new ArithmeticException("why"));
    assertEquals(
        "Promise[finished, exception=java.lang.ArithmeticException: why]", failing.toString());
    failing.exception();
    Promise<Object> cancelled = loop.createPromise();
    cancelled.cancel();
    assertEquals("Promise[cancelled]", cancelled.toString());
    loop.setDebug(true);
    String text = loop.createPromise().toString();
    assertTrue(text.startsWith("Promise[pending, created at "), text);
    assertTrue(text.contains("PromiseTest.FUT_07"), text);
  }

  @Test
  void FUT_08_aStageOfAnotherThreadBecomesAPromise() {
    Thread own = Thread.currentThread();
    CompletableFuture<Thread> stage = new CompletableFuture<>();
    Thread other = new Thread(() -> stage.complete(Thread.currentThread()));
    Thread seen =
        run(
            () -> {
              Promise<Thread> wrapped = toPromise(stage);
              other.start();
              return await(wrapped);
            });
    assertSame(other, seen);
    assertFalse(seen == own);
    assertThrows(IllegalStateException.class, () -> toPromise(stage));
    assertSame(promise, Async.ensurePromise(promise));
  }

  @Test
  void aStagesFailureIsUnwrappedAndItsCancellationIsOne() {
    IOException failure = new IOException();
    for (Throwable wrapped :
        List.of(failure, new CompletionException(failure), new ExecutionException(failure))) {
      assertSame(
          failure,
          assertThrows(
              IOException.class,
              () -> run(() -> await(toPromise(CompletableFuture.failedFuture(wrapped))))));
    }
    CompletableFuture<Void> cancelled = new CompletableFuture<>();
    cancelled.cancel(false);
    assertThrows(CancelledError.class, () -> run(() -> await(toPromise(cancelled))));
  }

  @Test
  void cancellingTheTaskCancelsTheStageItAwaits() {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    Task<Void> task = loop.createTask(coro(() -> await(toPromise(stage))));
    settle();
    task.cancel();
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
    settle();
    assertTrue(stage.isCancelled());
  }

  @Test
  void aCompletableFutureFollowsThePromiseAndCancelsIt() {
    CompletableFuture<Object> value = promise.toCompletableFuture();
    promise.complete(42);
    settle();
    assertEquals(42, value.join());

    Promise<Object> cancelled = loop.createPromise();
    CompletableFuture<Object> following = cancelled.toCompletableFuture();
    cancelled.cancel();
    settle();
    assertThrows(CancellationException.class, following::join);

    Promise<Object> followed = loop.createPromise();
    followed.toCompletableFuture().cancel(false);
    settle();
    assertTrue(followed.isCancelled());
  }

  @Test
  void FUT_09_aFailureThatNobodyHasReadIsReportedOnceAtTheLatestWhenTheLoopCloses() {
    ArithmeticException failure = new ArithmeticException();
    promise.fail(failure);
    Task<Object> task = loop.createTask(failAfter(0, failure), "failing");
    task.addDoneCallback(ignored -> log.add("callback that did not look"));
    settle();
    settle();
    assertEquals(1, log.size());
    loop.close();
    assertEquals(2, reports.size());
    assertEquals("Promise exception was never retrieved", reports.get(0).message());
    assertSame(failure, reports.get(0).exception());
    assertEquals("Task exception was never retrieved", reports.get(1).message());
    assertEquals("failing, coroutine LoopTests.failAfter", reports.get(1).subject());
  }

  @Test
  void FUT_09_aCollectedPromiseIsReportedByTheRunningLoop() throws InterruptedException {
    failAndForget();
    for (int i = 0; i < 200 && reports.isEmpty(); i++) {
      System.gc();
      loop.callLater(ms(1), loop::stop);
      loop.runForever();
      Thread.onSpinWait();
    }
    assertEquals(1, reports.size());
    loop.close();
    assertEquals(1, reports.size());
  }

  private void failAndForget() {
    loop.createPromise().fail(new ArithmeticException());
  }

  @Test
  void FUT_09_whatWasReadOrHasNoFailureIsNotReported() {
    loop.createPromise();
    promise.complete(1);
    Promise<Object> byResult = loop.createPromise();
    byResult.fail(new ArithmeticException());
    assertThrows(ArithmeticException.class, byResult::result);
    Promise<Object> byException = loop.createPromise();
    byException.fail(new ArithmeticException());
    byException.exception();
    Promise<Object> byCancel = loop.createPromise();
    byCancel.fail(new ArithmeticException());
    byCancel.cancel();
    Promise<Object> byAwait = loop.createPromise();
    byAwait.fail(new ArithmeticException());
    assertThrows(ArithmeticException.class, () -> run(() -> await(byAwait)));
    loop.close();
    assertEquals(List.of(), reports);
  }

  @Test
  void FUT_10_callbacksAreCalledByTheLoopInOrder() {
    for (boolean failing : List.of(false, true)) {
      log.clear();
      Promise<Object> each = loop.createPromise();
      each.addDoneCallback(done -> log.add("a"));
      each.addDoneCallback(done -> log.add("b"));
      each.addDoneCallback(done -> log.add(done == each));
      if (failing) {
        each.fail(new ArithmeticException());
        each.exception();
      } else {
        each.complete(1);
      }
      assertEquals(List.of(), log);
      pass();
      assertEquals(List.of("a", "b", true), log);
      each.addDoneCallback(done -> log.add("late"));
      assertEquals(3, log.size());
      pass();
      assertEquals("late", log.get(3));
    }
  }

  @Test
  void FUT_11_removeDoneCallbackRemovesEachRegistration() {
    Consumer<Object> a = done -> log.add("a");
    Consumer<Object> b = done -> log.add("b");
    Consumer<Object> c = done -> log.add("c");
    assertEquals(0, promise.removeDoneCallback(a));
    promise.addDoneCallback(a);
    assertEquals(1, promise.removeDoneCallback(a));
    for (Consumer<Object> each : List.of(a, b, a, c)) {
      promise.addDoneCallback(each);
    }
    assertEquals(2, promise.removeDoneCallback(a));
    assertEquals(0, promise.removeDoneCallback(a));
    promise.complete(1);
    settle();
    assertEquals(List.of("b", "c"), log);
  }

  @Test
  void FUT_11_theOrderOfTheOthersIsKept() {
    List<Consumer<Object>> all = List.of(d -> log.add(1), d -> log.add(2), d -> log.add(3));
    all.forEach(promise::addDoneCallback);
    assertEquals(1, promise.removeDoneCallback(all.get(2)));
    assertEquals(0, promise.removeDoneCallback(all.get(2)));
    promise.complete(1);
    settle();
    assertEquals(List.of(1, 2), log);
  }

  /** A callback whose equals changes the list of callbacks that it stands in. */
  private final class Meddling implements Consumer<Promise<Object>> {
    private final Runnable meddling;
    private boolean meddled;

    Meddling(Runnable meddling) {
      this.meddling = meddling;
    }

    @Override
    public void accept(Promise<Object> done) {
      log.add("meddling");
    }

    @Override
    public boolean equals(Object other) {
      if (!meddled) {
        meddled = true;
        meddling.run();
      }
      return other == this;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  @Test
  void aCallbacksEqualsMayChangeTheCallbacks() {
    Consumer<Promise<Object>> removed = done -> log.add("removed");
    Consumer<Promise<Object>> added = done -> log.add("added");
    Consumer<Promise<Object>> kept = done -> log.add("kept");
    promise.addDoneCallback(kept);
    promise.addDoneCallback(new Meddling(() -> promise.removeDoneCallback(removed)));
    promise.addDoneCallback(new Meddling(() -> promise.addDoneCallback(added)));
    promise.addDoneCallback(removed);
    promise.addDoneCallback(removed);
    assertEquals(0, promise.removeDoneCallback(done -> {}));
    promise.complete(1);
    settle();
    assertEquals(List.of("kept", "meddling", "meddling", "added"), log);
  }

  @Test
  void aCallbacksEqualsMayCompleteThePromise() {
    Consumer<Promise<Object>> callback = done -> log.add("called");
    promise.addDoneCallback(new Meddling(() -> promise.complete(1)));
    promise.addDoneCallback(callback);
    assertEquals(0, promise.removeDoneCallback(callback), "it is on its way");
    settle();
    assertEquals(List.of("meddling", "called"), log);
  }

  @Test
  void FUT_12_aSleepThatIsCancelledLeavesNoTimer() {
    Task<Void> task = loop.createTask(Async.sleep(ms(10)));
    settle();
    assertEquals(1, timers());
    task.cancel();
    assertEquals(0, timers());
    settle();
    assertTrue(task.isCancelled());
  }
}
