package io.fermata;

import static io.fermata.Async.gather;
import static io.fermata.Async.gatherOutcomes;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.testing.VirtualTimeLoop;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GatherTest extends LoopTests {

  private List<Promise<Integer>> promises(int count) {
    return Stream.generate(() -> loop.<Integer>createPromise()).limit(count).toList();
  }

  @Test
  void GATHER_01_resultsStandInTheOrderOfTheArguments() {
    List<Promise<Integer>> p = promises(3);
    Promise<List<Integer>> all = gather(p);
    all.addDoneCallback(log::add);
    p.get(1).complete(1);
    p.get(0).complete(2);
    settle();
    assertFalse(all.isDone());
    p.get(2).complete(3);
    settle();
    assertEquals(List.of(2, 1, 3), all.result());
    settle();
    assertEquals(List.of(all), log);
  }

  @Test
  void GATHER_01_outcomesStandInTheOrderOfTheArguments() {
    List<Promise<Integer>> p = promises(3);
    Promise<List<Outcome<Integer>>> all = gatherOutcomes(p);
    p.get(1).complete(1);
    p.get(0).complete(2);
    p.get(2).complete(3);
    settle();
    assertEquals(List.of(2, 1, 3), all.result().stream().map(Outcome::get).toList());
  }

  @Test
  void GATHER_02_theFirstFailureEndsItAndLaterOutcomesChangeNothing() {
    List<Promise<Integer>> p = promises(5);
    Promise<List<Integer>> all = gather(p);
    ArithmeticException failure = new ArithmeticException("first");
    p.get(0).complete(1);
    p.get(1).fail(failure);
    settle();
    assertTrue(all.isDone());
    assertSame(failure, all.exception());
    assertFalse(p.get(2).isDone());
    p.get(2).complete(3);
    p.get(3).cancel();
    p.get(4).fail(new RuntimeException("late"));
    settle();
    assertSame(failure, all.exception());
  }

  @Test
  void GATHER_03_outcomesHoldTheFailuresAtTheirPlaces() {
    List<Promise<Integer>> p = promises(4);
    Promise<List<Outcome<Integer>>> all = gatherOutcomes(p);
    ArithmeticException failure = new ArithmeticException();
    p.get(0).complete(1);
    p.get(1).fail(failure);
    p.get(2).cancel("why");
    settle();
    assertFalse(all.isDone());
    p.get(3).complete(4);
    settle();
    List<Outcome<Integer>> outcomes = all.result();
    assertEquals(new Outcome.Success<>(1), outcomes.get(0));
    assertEquals(new Outcome.Failure<Integer>(failure), outcomes.get(1));
    CancelledError cancelled = assertThrows(CancelledError.class, () -> outcomes.get(2).get());
    assertEquals("why", cancelled.reason());
    assertEquals(new Outcome.Success<>(4), outcomes.get(3));
  }

  @Test
  void GATHER_04_nothingGivesAnEmptyListAndNeedsALoop() {
    assertThrows(IllegalStateException.class, () -> gather(List.<Coro<Integer>>of()));
    runVoid(
        () -> {
          Promise<List<Integer>> none = gather(List.<Coro<Integer>>of());
          assertSame(loop, none.loop());
          assertEquals(List.of(), await(none));
        });
  }

  @Test
  void GATHER_05_promisesOfDifferentLoopsAreRefused() {
    Promise<Integer> foreign = new VirtualTimeLoop().createPromise();
    Promise<Integer> own = loop.createPromise();
    assertThrows(IllegalArgumentException.class, () -> gather(own, foreign));
    Promise<List<Integer>> first = gather(own);
    assertSame(loop, first.loop());
    Promise<List<Integer>> second = gather(own);
    assertNotSame(first, second);
    assertFalse(second.isDone());
  }

  @Test
  void GATHER_06_coroutinesNeedARunningLoop() {
    Coro<String> coro = coro(() -> "a");
    assertThrows(IllegalStateException.class, () -> gather(coro));
    assertEquals(List.of("a"), run(() -> await(gather(coro))));
  }

  @Test
  void GATHER_07_theSameCoroutineRunsOnceAndStandsAtEachPlace() {
    Coro<String> c =
        coro(
            () -> {
              log.add("run");
              return "abc";
            });
    assertEquals(
        List.of("abc", "abc", "def", "abc"), run(() -> await(gather(c, c, coro(() -> "def"), c))));
    assertEquals(List.of("run"), log);
  }

  @Test
  void GATHER_08_cancellingTheWaitingTaskCancelsTheChildren() {
    Promise<Void> waiter = loop.createPromise();
    Task<Void> child1 = loop.createTask(childOf(waiter));
    Task<Void> child2 = loop.createTask(childOf(waiter));
    Promise<?>[] gathered = new Promise<?>[1];
    Task<Void> outer =
        loop.createTask(
            coroVoid(
                () -> {
                  gathered[0] = gather(child1, child2);
                  await(gathered[0]);
                  log.add("not reached");
                }));
    settle();
    assertTrue(outer.cancel());
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(outer));
    assertTrue(waiter.isCancelled());
    assertTrue(child1.isCancelled());
    assertTrue(child2.isCancelled());
    settle();
    assertFalse(gathered[0].cancel());
    assertEquals(List.of(), log);
  }

  private Coro<Void> childOf(Promise<Void> waiter) {
    return coroVoid(
        () -> {
          await(waiter);
          log.add("not reached");
        });
  }

  @Test
  void GATHER_09_aSecondFailureCountsAsSeen() {
    Promise<Void> a = loop.createPromise();
    Promise<Void> b = loop.createPromise();
    ArithmeticException first = new ArithmeticException();
    Task<Void> failing1 = loop.createTask(failingAfter(a, first));
    Task<Void> failing2 = loop.createTask(failingAfter(b, new RuntimeException("second")));
    a.complete(null);
    assertSame(
        first,
        assertThrows(
            ArithmeticException.class, () -> run(() -> await(gather(failing1, failing2)))));
    b.complete(null);
    settle();
    settle();
    loop.close();
    assertEquals(List.of(), reports);
  }

  private static Coro<Void> failingAfter(Promise<Void> promise, RuntimeException failure) {
    return coroVoid(
        () -> {
          await(promise);
          throw failure;
        });
  }

  @Test
  void GATHER_10_anInvalidArgumentLeavesTheTasksBeforeItRunning() {
    runVoid(
        () -> {
          Coro<Integer> valid =
              coro(
                  () -> {
                    log.add("ran");
                    return 1;
                  });
          assertThrows(NullPointerException.class, () -> gather(Arrays.asList(valid, null)));
          await(Async.sleep(ms(0)));
        });
    assertEquals(List.of("ran"), log);
    assertEquals(List.of(), reports);
  }

  @Test
  void resultsOfDifferentTypesAreCombined() {
    String text =
        run(() -> await(gather(after(2, 42), after(1, "x"), (Integer n, String s) -> s + n)));
    assertEquals("x42", text);
    assertEquals(
        15,
        (int)
            run(
                () ->
                    await(
                        gather(
                            coro(() -> 1),
                            coro(() -> 2),
                            coro(() -> 3),
                            coro(() -> 4),
                            coro(() -> 5),
                            (a, b, c, d, e) -> a + b + c + d + e))));
    assertEquals(
        "12.0x",
        run(
            () ->
                await(
                    gather(
                        coro(() -> 1),
                        coro(() -> 2.0),
                        coro(() -> "x"),
                        (a, b, c) -> a + "" + b + c))));
    assertEquals(
        10,
        (int)
            run(
                () ->
                    await(
                        gather(
                            coro(() -> 1),
                            coro(() -> 2),
                            coro(() -> 3),
                            coro(() -> 4),
                            (a, b, c, d) -> a + b + c + d))));
  }

  @Test
  void cancellingOutcomesEndsCancelledWhenTheChildrenHave() {
    Task<Integer> child = loop.createTask(after(100, 1));
    Promise<List<Outcome<Integer>>> all = gatherOutcomes(child);
    settle();
    assertTrue(all.cancel("stop"));
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(all));
    assertTrue(child.isCancelled());
  }

  @Test
  void aGatherThatHasFailedLeavesNoCallbackOfItsOwn() {
    Promise<String> goesOn = loop.createPromise();
    for (int i = 0; i < 1_000; i++) {
      Promise<String> fails = loop.createPromise();
      Promise<List<String>> all = gather(List.of(goesOn, fails, goesOn));
      fails.fail(new ArithmeticException());
      assertThrows(ArithmeticException.class, () -> loop.runUntilComplete(all));
    }
    assertEquals("Promise[pending]", goesOn.toString());
    goesOn.fail(new IllegalStateException("counts as seen"));
    settle();
    loop.close();
    assertEquals(List.of(), reports);
  }

  @Test
  void aGatherThatIsDoneHoldsNoneOfItsChildren() {
    for (boolean fails : List.of(false, true)) {
      List<WeakReference<Promise<String>>> children = new ArrayList<>();
      Promise<Integer> all = gatherAndEnd(fails, children);
      System.gc();
      children.forEach(child -> assertNull(child.get()));
      assertEquals(fails, all.exception() != null);
    }
  }

  private Promise<Integer> gatherAndEnd(
      boolean fails, List<WeakReference<Promise<String>>> children) {
    Promise<String> one = loop.createPromise();
    Promise<String> other = loop.createPromise();
    Promise<Integer> all = gather(one, other, (a, b) -> 1);
    children.add(new WeakReference<>(one));
    children.add(new WeakReference<>(other));
    if (fails) {
      one.fail(new ArithmeticException());
    } else {
      one.complete("a");
      other.complete("b");
    }
    settle();
    return all;
  }
}
