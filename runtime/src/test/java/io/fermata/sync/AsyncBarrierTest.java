package io.fermata.sync;

import static io.fermata.Async.currentTask;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.LoopTests;
import io.fermata.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncBarrierTest extends LoopTests {
  private static final int N = 5;

  private Task<Integer> arriving(AsyncBarrier barrier) {
    return loop.createTask(coro(() -> await(barrier.arrive())));
  }

  private List<Task<Integer>> arriving(AsyncBarrier barrier, int count) {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(arriving(barrier));
    }
    return tasks;
  }

  private static void assertIndices(List<Task<Integer>> tasks) {
    for (int i = 0; i < tasks.size(); i++) {
      assertEquals(i, tasks.get(i).result());
    }
  }

  private static void assertBroken(List<? extends Task<?>> tasks) {
    for (Task<?> task : tasks) {
      assertInstanceOf(BrokenAsyncBarrierException.class, task.exception());
    }
  }

  private static void assertState(String expected, AsyncBarrier barrier) {
    assertEquals("AsyncBarrier[" + expected + "]", barrier.toString());
  }

  @Test
  void BAR_01_thereIsAtLeastOneParty() {
    assertThrows(IllegalArgumentException.class, () -> new AsyncBarrier(0));
    assertThrows(IllegalArgumentException.class, () -> new AsyncBarrier(-1));
    assertEquals(3, new AsyncBarrier(3).parties());
  }

  @Test
  void BAR_02_theBlocksOfThreeBeginTogetherAndEachEntryGivesAnotherIndex() {
    AsyncBarrier barrier = new AsyncBarrier(3);
    for (int i = 0; i < 3; i++) {
      String name = "task " + i;
      loop.createTask(
          coroVoid(
              () -> {
                log.add(name);
                with(barrier, () -> log.add("in"));
              }));
    }
    settle();
    assertEquals(List.of("task 0", "task 1", "task 2", "in", "in", "in"), log);
    List<Task<Integer>> entering = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      entering.add(loop.createTask(coro(() -> await(barrier.enter()))));
    }
    settle();
    assertIndices(entering);
    assertEquals(0, barrier.waiting());
    assertFalse(barrier.isBroken());
  }

  @Test
  void BAR_03_oneAlonePassesAgainAndAgain() {
    AsyncBarrier barrier = new AsyncBarrier(1);
    for (int i = 0; i < 3; i++) {
      Task<Integer> task = arriving(barrier);
      pass();
      assertEquals(0, task.result());
      assertState("filling, 0/1", barrier);
    }
  }

  @Test
  void BAR_04_theLastOfThemReleasesAll() {
    AsyncBarrier barrier = new AsyncBarrier(N);
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 1; i < N; i++) {
      tasks.add(arriving(barrier));
      settle();
      assertEquals(i, barrier.waiting());
      assertState("filling, " + i + "/" + N, barrier);
    }
    tasks.add(arriving(barrier));
    settle();
    assertIndices(tasks);
    assertEquals(0, barrier.waiting());
    assertState("filling, 0/5", barrier);
  }

  @Test
  void BAR_05_theSameTasksPassTwiceInARow() {
    AsyncBarrier barrier = new AsyncBarrier(N);
    List<Integer> firstRound = new ArrayList<>();
    List<Integer> secondRound = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      loop.createTask(
          coroVoid(
              () -> {
                int index = await(barrier.enter());
                firstRound.add(index);
                with(
                    barrier,
                    () -> {
                      assertEquals(N, firstRound.size());
                      secondRound.add(index);
                    });
              }));
    }
    for (int i = 0; i < 4; i++) {
      settle();
    }
    assertEquals(List.of(0, 1, 2, 3, 4), firstRound.stream().sorted().toList());
    assertEquals(List.of(0, 1, 2, 3, 4), secondRound.stream().sorted().toList());
    assertState("filling, 0/5", barrier);
  }

  @Test
  void BAR_06_aCancelledTaskNoLongerCounts() {
    AsyncBarrier barrier = new AsyncBarrier(3);
    Task<Integer> cancelled = arriving(barrier);
    Task<Integer> first = arriving(barrier);
    settle();
    cancelled.cancel();
    settle();
    assertTrue(cancelled.isCancelled());
    assertEquals(1, barrier.waiting());
    assertFalse(barrier.isBroken());
    List<Task<Integer>> others = arriving(barrier, 2);
    settle();
    assertIndices(List.of(first, others.get(0), others.get(1)));
  }

  @Test
  void BAR_06_aTaskCancelledInThePassOfTheLastArrivalDoesNotCountForIt() {
    AsyncBarrier barrier = new AsyncBarrier(2);
    Task<Integer> cancelled = arriving(barrier);
    settle();
    Task<Integer> last = arriving(barrier);
    cancelled.cancel();
    settle();
    assertTrue(cancelled.isCancelled());
    assertFalse(last.isDone());
    Task<Integer> more = arriving(barrier);
    settle();
    assertIndices(List.of(last, more));
  }

  @Test
  void BAR_06_aTaskCancelledAfterTheRoundWasCompleteDoesNotConcernTheOthers() {
    AsyncBarrier barrier = new AsyncBarrier(3);
    Task<Integer> cancelled = arriving(barrier);
    Task<Integer> other = arriving(barrier);
    settle();
    run(
        () -> {
          Integer index = await(barrier.arrive());
          cancelled.cancel();
          assertState("draining, 0/3", barrier);
          return index;
        });
    settle();
    assertTrue(cancelled.isCancelled());
    assertEquals(1, other.result());
    assertState("filling, 0/3", barrier);
  }

  @Test
  void BAR_07_resettingAnEmptyBarrierChangesNothing() {
    AsyncBarrier barrier = new AsyncBarrier(N);
    barrier.reset();
    assertState("filling, 0/5", barrier);
    assertEquals(0, barrier.waiting());
    assertFalse(barrier.isBroken());
  }

  @Test
  void BAR_08_resettingFailsThoseWhoWaitAndTheBarrierCanBeUsedAgain() {
    AsyncBarrier barrier = new AsyncBarrier(N);
    List<Task<Integer>> tasks = arriving(barrier, N - 1);
    settle();
    barrier.reset();
    settle();
    assertBroken(tasks);
    assertEquals(
        "the barrier was reset: not all of its parties will arrive.",
        tasks.get(0).exception().getMessage());
    assertFalse(barrier.isBroken());
    assertEquals(0, barrier.waiting());
    List<Task<Integer>> next = arriving(barrier, N);
    settle();
    assertIndices(next);
  }

  /** Two arrive, the last of whom goes on, and others are held back for the next round. */
  private List<Task<Integer>> drainingWithHeldBack(AsyncBarrier barrier, int heldBack) {
    List<Task<Integer>> tasks = arriving(barrier, 1);
    settle();
    tasks.addAll(arriving(barrier, 1 + heldBack));
    pass();
    assertState("draining, 0/2", barrier);
    assertEquals(1, tasks.get(1).result());
    return tasks;
  }

  @Test
  void BAR_08_resettingFailsThoseOfACompleteRoundWhoHaveNotGoneOnAndSparesThoseHeldBack() {
    AsyncBarrier barrier = new AsyncBarrier(2);
    List<Task<Integer>> tasks = drainingWithHeldBack(barrier, 1);
    barrier.reset();
    assertState("resetting, 0/2", barrier);
    settle();
    assertBroken(List.of(tasks.get(0)));
    assertFalse(tasks.get(2).isDone());
    assertState("filling, 1/2", barrier);
    tasks.add(arriving(barrier));
    settle();
    assertIndices(tasks.subList(2, 4));
  }

  @Test
  void BAR_08_whoArrivesWhileTheBarrierIsResettingIsSparedByTheNextReset() {
    AsyncBarrier barrier = new AsyncBarrier(2);
    Task<Integer> inside = arriving(barrier);
    settle();
    Task<Integer> heldBack = arriving(barrier);
    loop.callSoon(barrier::reset);
    barrier.reset();
    settle();
    assertBroken(List.of(inside));
    assertFalse(heldBack.isDone());
    Task<Integer> more = arriving(barrier);
    settle();
    assertIndices(List.of(heldBack, more));
  }

  @Test
  void BAR_10_abortingFailsThoseOfACompleteRoundAndThoseHeldBackFindItBroken() {
    AsyncBarrier barrier = new AsyncBarrier(2);
    List<Task<Integer>> tasks = drainingWithHeldBack(barrier, 3);
    barrier.abort();
    settle();
    assertBroken(List.of(tasks.get(0), tasks.get(2), tasks.get(3), tasks.get(4)));
    assertEquals(
        "the barrier was aborted: not all of its parties will arrive.",
        tasks.get(0).exception().getMessage());
    assertEquals(
        "the barrier is broken: not all of its parties will arrive.",
        tasks.get(2).exception().getMessage());
    assertState("broken", barrier);
  }

  @Test
  void BAR_10_anAbortAndAResetAtOnceSpareThoseHeldBack() {
    AsyncBarrier barrier = new AsyncBarrier(2);
    List<Task<Integer>> tasks = drainingWithHeldBack(barrier, 2);
    barrier.abort();
    barrier.reset();
    settle();
    assertBroken(List.of(tasks.get(0)));
    assertIndices(tasks.subList(2, 4));
    assertState("filling, 0/2", barrier);
  }

  @Test
  void thoseHeldBackMakeUpRoundsInTheOrderOfTheirArrival() {
    AsyncBarrier barrier = new AsyncBarrier(2);
    List<Task<Integer>> tasks = drainingWithHeldBack(barrier, 5);
    for (int i = 0; i < 4; i++) {
      settle();
    }
    for (int i = 0; i < 6; i++) {
      assertEquals(i % 2, tasks.get(i).result());
    }
    assertFalse(tasks.get(6).isDone());
    assertState("filling, 1/2", barrier);
  }

  @Test
  void whoIsCancelledWhileItIsHeldBackDoesNotCount() {
    AsyncBarrier barrier = new AsyncBarrier(2);
    List<Task<Integer>> tasks = drainingWithHeldBack(barrier, 2);
    tasks.get(2).cancel();
    settle();
    assertTrue(tasks.get(2).isCancelled());
    assertEquals(0, tasks.get(0).result());
    assertState("filling, 1/2", barrier);
  }

  @Test
  void BAR_09_whoWasThrownOutByAResetMayWaitAgainAtOnce() {
    AsyncBarrier barrier = new AsyncBarrier(N);
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 1; i < N; i++) {
      tasks.add(
          loop.createTask(
              coro(
                  () -> {
                    assertThrows(BrokenAsyncBarrierException.class, () -> await(barrier.arrive()));
                    return await(barrier.arrive());
                  })));
    }
    settle();
    barrier.reset();
    settle();
    assertEquals(N - 1, barrier.waiting());
    tasks.add(arriving(barrier));
    settle();
    assertIndices(tasks);
  }

  @Test
  void BAR_10_abortingBreaksTheBarrier() {
    AsyncBarrier barrier = new AsyncBarrier(N);
    barrier.abort();
    assertTrue(barrier.isBroken());
    assertEquals(0, barrier.waiting());
    assertThrows(BrokenAsyncBarrierException.class, () -> run(() -> await(barrier.arrive())));
  }

  @Test
  void BAR_11_aTaskThatFailsBetweenTwoPassagesAbortsTheBarrierForAll() {
    AsyncBarrier barrier = new AsyncBarrier(N);
    List<Task<Void>> others = new ArrayList<>();
    Task<Void> failing = null;
    for (int i = 0; i < N; i++) {
      boolean fails = i == 2;
      Task<Void> task =
          loop.createTask(
              coroVoid(
                  () -> {
                    await(barrier.arrive());
                    if (fails) {
                      await(sleep(ms(10)));
                      barrier.abort();
                      throw new IllegalArgumentException("failed");
                    }
                    await(barrier.arrive());
                  }));
      if (fails) {
        failing = task;
      } else {
        others.add(task);
      }
    }
    Task<Void> expected = failing;
    assertThrows(IllegalArgumentException.class, () -> loop.runUntilComplete(expected));
    settle();
    assertBroken(others);
    assertTrue(barrier.isBroken());
    assertEquals(0, barrier.waiting());
    assertEquals(
        "the barrier was aborted: not all of its parties will arrive.",
        others.get(0).exception().getMessage());
  }

  @Test
  void BAR_12_afterAnAbortAResetMakesTheBarrierUsableForAll() {
    AsyncBarrier first = new AsyncBarrier(N);
    AsyncBarrier second = new AsyncBarrier(N);
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      tasks.add(
          loop.createTask(
              coro(
                  () -> {
                    await(first.arrive());
                    if (currentTask().getName().endsWith("aborts")) {
                      first.abort();
                    } else {
                      assertThrows(BrokenAsyncBarrierException.class, () -> await(first.arrive()));
                    }
                    log.add(first.isBroken());
                    if (await(second.arrive()) == N - 1) {
                      first.reset();
                    }
                    await(second.arrive());
                    return await(first.arrive());
                  }),
              i == 3 ? "aborts" : "waits " + i));
    }
    for (int i = 0; i < 10; i++) {
      settle();
    }
    assertEquals(List.of(0, 1, 2, 3, 4), tasks.stream().map(Task::result).sorted().toList());
    assertEquals(List.of(true, true, true, true, true), log);
    assertFalse(first.isBroken());
  }

  @Test
  void BAR_13_toStringTellsTheStateAndHowManyWait() {
    AsyncBarrier barrier = new AsyncBarrier(3);
    assertState("filling, 0/3", barrier);
    arriving(barrier, 2);
    settle();
    assertState("filling, 2/3", barrier);
    arriving(barrier);
    pass();
    assertState("draining, 0/3", barrier);
    settle();
    assertState("filling, 0/3", barrier);
    arriving(barrier, 2);
    settle();
    barrier.reset();
    assertState("resetting, 0/3", barrier);
    settle();
    assertState("filling, 0/3", barrier);
    barrier.abort();
    assertState("broken", barrier);
    settle();
    assertState("broken", barrier);
    barrier.reset();
    assertState("filling, 0/3", barrier);
  }

  @Test
  void aTaskThatIsFasterThanTheOthersBelongsToTheNextRound() {
    AsyncBarrier barrier = new AsyncBarrier(2);
    for (String name : List.of("a", "b")) {
      loop.createTask(
          coroVoid(
              () -> {
                for (int round = 0; round < 3; round++) {
                  await(barrier.arrive());
                  log.add(round + name);
                  await(sleep(name.equals("a") ? Duration.ZERO : ms(10)));
                }
              }));
    }
    loop.runUntilComplete(sleep(ms(100)));
    for (int i = 0; i < 6; i++) {
      assertTrue(log.get(i).toString().startsWith(String.valueOf(i / 2)), log::toString);
    }
  }

  @Test
  void whoWaitsWhenTheBarrierIsAbortedAndIsCancelledTooEndsCancelled() {
    AsyncBarrier barrier = new AsyncBarrier(2);
    Task<Integer> task = arriving(barrier);
    settle();
    barrier.abort();
    task.cancel();
    settle();
    assertTrue(task.isCancelled());
  }
}
