package io.fermata;

import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.reports.TaskTree;
import io.fermata.testing.DeadlockException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspensionTest extends LoopTests {
  private final Suspension place = new Suspension("a letter");

  private Task<String> waiting() {
    return loop.createTask(
        coro(
            () -> {
              await(place);
              return "resumed";
            }),
        "reader");
  }

  @Test
  void aTaskWaitsUntilItIsResumedAgainAndAgain() {
    runVoid(
        () -> {
          for (int i = 0; i < 3; i++) {
            Task<String> task = waiting();
            await(sleep(Duration.ZERO));
            assertTrue(place.isWaiting());
            place.resume();
            assertFalse(place.isWaiting());
            assertEquals("resumed", await(task));
          }
        });
  }

  @Test
  void aFailureIsThrownWhereTheTaskWaits() {
    runVoid(
        () -> {
          Task<String> task = waiting();
          await(sleep(Duration.ZERO));
          IOException failure = new IOException("lost");
          place.fail(failure);
          assertSame(failure, assertThrows(IOException.class, () -> await(task)));
        });
  }

  @Test
  void aTaskThatIsCancelledWhileItWaitsLeavesThePlaceFree() {
    runVoid(
        () -> {
          Task<String> task = waiting();
          await(sleep(Duration.ZERO));
          task.cancel();
          assertFalse(place.isWaiting());
          assertThrows(CancelledError.class, () -> await(task));
          Task<String> next = waiting();
          await(sleep(Duration.ZERO));
          place.resume();
          assertEquals("resumed", await(next));
        });
  }

  @Test
  void aTaskThatIsResumedAndCancelledInOnePassIsCancelledInEitherOrder() {
    runVoid(
        () -> {
          for (boolean resumedFirst : new boolean[] {true, false}) {
            Task<String> task = waiting();
            await(sleep(Duration.ZERO));
            if (resumedFirst) {
              place.resume();
              task.cancel();
            } else {
              task.cancel();
              assertThrows(IllegalStateException.class, place::resume);
            }
            assertThrows(CancelledError.class, () -> await(task));
            Task<String> next = waiting();
            await(sleep(Duration.ZERO));
            place.resume();
            assertEquals("resumed", await(next));
          }
        });
  }

  @Test
  void aSecondTaskIsRefusedAlsoWhileTheFirstIsAboutToRun() {
    runVoid(
        () -> {
          Task<String> first = waiting();
          await(sleep(Duration.ZERO));
          assertThrows(IllegalStateException.class, () -> await(waiting()));
          place.resume();
          IllegalStateException refused =
              assertThrows(IllegalStateException.class, () -> await(place));
          assertEquals(
              "a task waits for a letter already: one at a time may.", refused.getMessage());
          assertEquals("resumed", await(first));
        });
  }

  @Test
  void resumingNobodyIsRefused() {
    assertThrows(IllegalStateException.class, place::resume);
    assertThrows(IllegalStateException.class, () -> place.fail(new IOException()));
  }

  @Test
  void itMayBeATaskOfItsOwn() {
    runVoid(
        () -> {
          Task<Void> task = loop.createTask(place);
          await(sleep(Duration.ZERO));
          place.resume();
          await(task);
        });
  }

  @Test
  void callGraphsTaskTreesAndDeadlockReportsTellWhatIsWaitedFor() {
    runVoid(
        () -> {
          Task<String> task = waiting();
          await(sleep(Duration.ZERO));
          assertTrue(task.toString().contains("waiting for a letter"), task.toString());
          String graph = Async.formatCallGraph(task);
          assertTrue(graph.contains("* Task reader\n  + Waits for a letter\n"), graph);
          assertEquals("a letter", Async.captureCallGraph(task).waitsFor());
          String tree = TaskTree.of(List.of(task));
          assertTrue(tree.contains("reader waits for a letter at "), tree);
          task.cancel();
        });
    DeadlockException deadlock =
        assertThrows(DeadlockException.class, () -> runVoid(() -> await(waiting())));
    assertTrue(deadlock.getMessage().contains("waiting for a letter"), deadlock.getMessage());
  }
}
