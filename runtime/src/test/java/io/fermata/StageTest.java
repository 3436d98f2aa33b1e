package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.shield;
import static io.fermata.Async.sleep;
import static io.fermata.Async.toPromise;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.Unchecked;
import io.fermata.testing.DeadlockException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Stages as they come: the JDK's, others that keep the contract, and some that break it. */
@SuppressWarnings({
  "FutureReturnValueIgnored", // of stages that tell their outcome to their listeners
  "StaticAssignmentOfThrowable" // failures without a state
})
class StageTest extends LoopTests {
  private static final IllegalStateException FAILURE = new IllegalStateException("the stage's own");

  /** A stage of the least that the interface promises: it can be listened to. */
  private static CompletionStage<Integer> listenable(
      Function<BiConsumer<Integer, Throwable>, Object> whenComplete) {
    return Unchecked.cast(
        Proxy.newProxyInstance(
            StageTest.class.getClassLoader(),
            new Class<?>[] {CompletionStage.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("whenComplete")) {
                return whenComplete.apply(Unchecked.cast(arguments[0]));
              }
              if (method.getName().equals("toString")) {
                return "stage";
              }
              throw new UnsupportedOperationException(method.getName());
            }));
  }

  /** What follows a future, in each of the ways that keep the contract. */
  private static final Map<String, Function<CompletableFuture<Integer>, CompletionStage<Integer>>>
      KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("future", future -> future);
    KINDS.put("copy", CompletableFuture::copy);
    KINDS.put("minimal stage", CompletableFuture::minimalCompletionStage);
    KINDS.put("what follows a minimal stage", f -> f.minimalCompletionStage().thenApply(x -> x));
    KINDS.put("listenable only", future -> listenable(future::whenComplete));
    KINDS.put(
        "listenable, gives nothing",
        future ->
            listenable(
                callback -> {
                  future.whenComplete(callback);
                  return null;
                }));
  }

  private enum End {
    VALUE,
    FAILURE,
    CANCELLATION;

    void of(CompletableFuture<Integer> future) {
      switch (this) {
        case VALUE -> future.complete(42);
        case FAILURE -> future.completeExceptionally(StageTest.FAILURE);
        case CANCELLATION -> future.cancel(false);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> stagesThatKeepTheContract() {
    return KINDS.entrySet().stream()
        .flatMap(
            kind ->
                Stream.of(End.values())
                    .flatMap(
                        end ->
                            Stream.of(true, false)
                                .map(
                                    pending ->
                                        DynamicTest.dynamicTest(
                                            kind.getKey() + ", " + end + ", pending " + pending,
                                            () -> awaited(kind.getValue(), end, pending)))));
  }

  private void awaited(
      Function<CompletableFuture<Integer>, CompletionStage<Integer>> kind,
      End end,
      boolean pending) {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    if (!pending) {
      end.of(future);
    }
    Co<Integer> body =
        coro(
            () -> {
              if (pending) {
                loop.callSoon(() -> end.of(future));
              }
              return await(toPromise(kind.apply(future)));
            });
    switch (end) {
      case VALUE -> assertEquals(42, loop.runUntilComplete(body));
      case FAILURE ->
          assertSame(
              FAILURE,
              assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(body)));
      case CANCELLATION -> assertThrows(CancelledError.class, () -> loop.runUntilComplete(body));
    }
    assertNothingIsExpected();
  }

  @TestFactory
  Stream<DynamicTest> stagesWhosePromiseIsCancelledOweTheLoopNothing() {
    return KINDS.entrySet().stream()
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.getKey(),
                    () -> {
                      CompletionStage<Integer> stage =
                          kind.getValue().apply(new CompletableFuture<>());
                      Promise<Integer> promise =
                          run(
                              () -> {
                                Promise<Integer> made = toPromise(stage);
                                made.cancel("enough");
                                await(sleep(ms(1)));
                                return made;
                              });
                      assertTrue(promise.isCancelled());
                      assertNothingIsExpected();
                    }));
  }

  @Test
  void aStageThatCantBeCancelledIsAwaitedAgain() {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    int[] listeners = {0};
    CompletionStage<Integer> stage =
        listenable(
            callback -> {
              listeners[0]++;
              return future.whenComplete(callback);
            });
    int result =
        run(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                Promise<Integer> polled = toPromise(stage);
                loop.callSoon(polled::cancel);
                assertThrows(CancelledError.class, () -> await(polled));
                await(sleep(Duration.ZERO));
              }
              loop.callSoon(() -> future.complete(42));
              return await(toPromise(stage));
            });
    assertEquals(42, result);
    assertEquals(1, listeners[0]);
    assertNothingIsExpected();
  }

  @Test
  void aStageThatIsPolledThroughShieldsIsListenedToOnce() {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    List<Promise<Integer>> first = new ArrayList<>();
    int result =
        run(
            () -> {
              first.add(toPromise(future));
              for (int i = 0; i < 1_000; i++) {
                Task<Integer> polling = createTask(coro(() -> await(shield(toPromise(future)))));
                loop.callSoon(() -> loop.callSoon(polling::cancel));
                assertThrows(CancelledError.class, () -> await(polling));
                await(sleep(Duration.ZERO));
              }
              assertTrue(future.getNumberOfDependents() <= 2);
              loop.callSoon(() -> future.complete(42));
              return await(toPromise(future));
            });
    assertEquals(42, result);
    settle();
    assertEquals(42, first.get(0).result());
  }

  @Test
  void severalAwaitTheSameStageApart() {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    CompletionStage<Integer> stage = future.minimalCompletionStage();
    assertEquals(
        42,
        (int)
            run(
                () -> {
                  Task<Integer> one = createTask(coro(() -> await(toPromise(stage))));
                  Task<Integer> other = createTask(coro(() -> await(toPromise(stage))));
                  await(sleep(Duration.ZERO));
                  one.cancel();
                  loop.callSoon(() -> loop.callSoon(() -> future.complete(42)));
                  assertThrows(CancelledError.class, () -> await(one));
                  return await(other);
                }));
    assertNothingIsExpected();
  }

  // Stages that break the contract fail the await that meets them, or do no harm.

  private static final IllegalStateException REFUSAL = new IllegalStateException("no listeners");

  @Test
  void aStageThatRefusesFailsTheAwaitAlone() {
    List<Function<BiConsumer<Integer, Throwable>, Object>> ways =
        List.of(
            callback -> {
              throw REFUSAL;
            },
            callback -> {
              callback.accept(1, null);
              throw REFUSAL;
            },
            callback -> {
              callback.accept(null, FAILURE);
              throw REFUSAL;
            },
            callback -> {
              CompletableFuture.runAsync(() -> callback.accept(null, FAILURE)).join();
              throw REFUSAL;
            });
    for (Function<BiConsumer<Integer, Throwable>, Object> way : ways) {
      runVoid(
          () -> {
            Task<String> other = createTask(after(10, "other"));
            IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> await(toPromise(listenable(way))));
            assertSame(REFUSAL, e);
            assertEquals("other", await(other));
          });
      assertNothingIsExpected();
    }
    System.gc();
    loop.close();
    assertEquals(List.of(), reports);
  }

  @Test
  void whatAStageSaysFirstCounts() {
    List<Function<BiConsumer<Integer, Throwable>, Object>> ways =
        List.of(
            callback -> {
              callback.accept(42, null);
              callback.accept(43, null);
              callback.accept(null, FAILURE);
              return null;
            },
            callback ->
                CompletableFuture.runAsync(
                    () -> {
                      callback.accept(42, null);
                      callback.accept(43, null);
                      callback.accept(null, FAILURE);
                    }));
    for (Function<BiConsumer<Integer, Throwable>, Object> way : ways) {
      assertEquals(42, (int) run(() -> await(toPromise(listenable(way)))));
      runVoid(() -> await(sleep(ms(1))));
      assertNothingIsExpected();
    }
  }

  /** Wraps itself, and so on. */
  private static final class Circular extends CompletionException {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Throwable getCause() {
      return this;
    }
  }

  private static final class Mute extends CancellationException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw FAILURE;
    }
  }

  @Test
  void exceptionsThatCantBeAskedEndTheAwaitAlone() {
    Circular circular = new Circular();
    assertSame(
        circular,
        assertThrows(
            Circular.class,
            () -> run(() -> await(toPromise(CompletableFuture.failedStage(circular))))));
    Throwable thrown =
        assertThrows(
            Throwable.class,
            () -> run(() -> await(toPromise(CompletableFuture.failedStage(new Mute())))));
    assertTrue(thrown == FAILURE || thrown instanceof CancelledError, thrown.toString());
    assertNothingIsExpected();
  }

  /** Time is virtual again, and a deadlock is seen. */
  private void assertNothingIsExpected() {
    long start = loop.time();
    runVoid(() -> await(sleep(Duration.ofHours(1))));
    assertEquals(Duration.ofHours(1).toNanos(), loop.time() - start);
    Promise<Void> never = loop.createPromise();
    Task<Void> stuck = loop.createTask(coro(() -> await(never)));
    assertThrows(DeadlockException.class, () -> loop.runUntilComplete(stuck));
    stuck.cancel();
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(stuck));
  }
}
