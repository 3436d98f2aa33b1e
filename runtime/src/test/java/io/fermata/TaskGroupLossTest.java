package io.fermata;

import static io.fermata.Async.currentTask;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.Unchecked;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What could be lost when a group's block is left; see {@link TaskGroupModelTest} for the rest. */
class TaskGroupLossTest extends LoopTests {
  private final TaskGroup group = TaskGroup.open();
  private final ArithmeticException failure = new ArithmeticException("payment");

  private static Coro<Void> slowToEnd() {
    return coroVoid(
        () -> {
          try {
            await(sleep(ms(60_000)));
          } finally {
            await(sleep(ms(100)));
          }
        });
  }

  private List<Throwable> reported() {
    return reports.stream().<Throwable>map(ExceptionContext::exception).toList();
  }

  @Test
  void aFailureOfTheBlockComesOutAndTheCancellationAtTheNextAwait() {
    Task<Void> parent =
        loop.createTask(
            coroVoid(
                () -> {
                  ExceptionGroup thrown =
                      assertThrows(
                          ExceptionGroup.class,
                          () ->
                              with(
                                  group,
                                  () -> {
                                    group.createTask(slowToEnd());
                                    await(sleep(ms(10)));
                                    throw failure;
                                  }));
                  assertEquals(List.of(failure), thrown.exceptions());
                  assertEquals(1, currentTask().cancelling());
                  log.add("handled");
                  await(sleep(Duration.ZERO));
                  log.add("not reached");
                }));
    loop.callLater(ms(50), () -> parent.cancel("shut down"));
    CancelledError cancelled =
        assertThrows(CancelledError.class, () -> loop.runUntilComplete(parent));
    assertEquals("shut down", cancelled.reason());
    assertEquals(List.of("handled"), log);
    assertEquals(List.of(), reported());
  }

  @Test
  void whatIsSuppressedInACancellationOfTheBlockThatTheGroupEndsIsReported() {
    IllegalStateException cannotClose = new IllegalStateException("cannot close");
    runVoid(
        () ->
            with(
                group,
                () -> {
                  loop.callLater(ms(1), group::cancel);
                  try {
                    await(sleep(ms(1000)));
                  } catch (CancelledError e) {
                    e.addSuppressed(cannotClose);
                    throw e;
                  }
                }));
    assertEquals(List.of(cannotClose), reported());
  }

  @Test
  void aFailureThatStandsInTheGroupIsNotReportedAsSuppressed() {
    ExceptionGroup thrown =
        assertThrows(
            ExceptionGroup.class,
            () -> runVoid(() -> with(group, () -> await(group.createTask(failAfter(1, failure))))));
    assertEquals(List.of(failure), thrown.exceptions());
    assertEquals(List.of(), reported());
  }

  @Test
  void aFailureOfTheBlockBesidesAFatalErrorIsReported() {
    OutOfMemoryError fatal = new OutOfMemoryError("test");
    Task<Void> parent =
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
                                      throwIt(fatal);
                                    }
                                  }));
                          await(sleep(ms(1)));
                          throw failure;
                        })));
    assertSame(fatal, assertThrows(OutOfMemoryError.class, () -> loop.runUntilComplete(parent)));
    assertSame(fatal, assertThrows(OutOfMemoryError.class, () -> loop.runUntilComplete(parent)));
    assertEquals(List.of(failure), reported());
  }

  private static void throwIt(Throwable throwable) {
    throw Unchecked.<RuntimeException>sneak(throwable);
  }

  /** The requests of cancellation are counted in the task that they were made to. */
  @Test
  void aBlockInAGeneratorThatAnotherTaskEndsBelongsToThatTask() {
    AsyncGenerator<Integer> numbers = ScopedGenerator.in(group);
    Task<Integer> begins =
        loop.createTask(
            coro(
                () -> {
                  assertTrue(await(numbers.asyncIterator().moveNext()));
                  group.createTask(failAfter(1, failure));
                  group.createTask(slowToEnd());
                  assertThrows(CancelledError.class, () -> await(sleep(ms(5000))));
                  await(sleep(ms(5000)));
                  return currentTask().cancelling();
                }));
    loop.runUntilComplete(sleep(ms(50)));
    Task<Void> ends =
        loop.createTask(
            coroVoid(
                () -> {
                  ExceptionGroup thrown =
                      assertThrows(ExceptionGroup.class, () -> await(numbers.aclose()));
                  assertTrue(thrown.exceptions().contains(failure), thrown::toString);
                  log.add(currentTask().cancelling());
                  await(sleep(Duration.ZERO));
                  log.add("not reached");
                }));
    loop.callLater(ms(10), ends::cancel);
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(ends));
    assertEquals(List.of(1), log);
    assertEquals(0, loop.runUntilComplete(begins));
    assertEquals(List.of(), reported());
  }

  @Test
  void aTaskThatFailsWhileAnotherTaskEndsTheBlockIsNotReportedForADoneParent() {
    AsyncGenerator<Integer> numbers = ScopedGenerator.in(group);
    runVoid(
        () -> {
          assertTrue(await(numbers.asyncIterator().moveNext()));
          group.createTask(
              coroVoid(
                  () -> {
                    try {
                      await(sleep(ms(1000)));
                    } finally {
                      throwIt(failure);
                    }
                  }));
          await(sleep(Duration.ZERO));
        });
    assertThrows(ExceptionGroup.class, () -> runVoid(() -> await(numbers.aclose())));
    assertEquals(List.of(), reported());
  }
}
