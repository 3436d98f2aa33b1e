package io.fermata;

import static io.fermata.Async.asCompleted;
import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;
import static io.fermata.Async.waitFor;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.each;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AsCompletedTest extends LoopTests {

  @Test
  void ASCOMP_01_givesResultsInOrderOfCompletion() {
    List<String> results = new ArrayList<>();
    runVoid(
        () ->
            each(
                asCompleted(List.of(after(10, "b"), after(150, "c"), after(10, "a"))),
                done -> {
                  assertTrue(done.isDone());
                  results.add(await(done));
                }));
    assertEquals(Set.of("a", "b"), new HashSet<>(results.subList(0, 2)));
    assertEquals("c", results.get(2));
    assertTime(150);
  }

  @Test
  void ASCOMP_02_givesTheTasksPassedInAndNewTasksForCoroutines() {
    runVoid(
        () -> {
          Task<String> task = createTask(after(1, "task"));
          Promise<String> promise = loop.createPromise();
          loop.callLater(ms(2), () -> promise.complete("promise"));
          Coro<String> coro = after(3, "coro");
          List<Promise<? extends String>> out = new ArrayList<>();
          each(asCompleted(List.of(coro, promise, task)), out::add);
          assertEquals(List.of(task, promise), out.subList(0, 2));
          assertInstanceOf(Task.class, out.get(2));
          assertEquals("coro", await(out.get(2)));
        });
  }

  @Test
  void ASCOMP_03_aTimeoutThatIsNotReachedLeavesNoTimer() {
    runVoid(
        () -> each(asCompleted(List.of(after(10, "a")), ms(1000)), done -> log.add(await(done))));
    assertEquals(List.of("a"), log);
    assertTime(10);
    assertEquals(0, timers());
  }

  @Test
  void ASCOMP_03_aTimeoutThatIsReachedIsThrownByTheStep() {
    assertThrows(
        AsyncTimeoutException.class,
        () ->
            runVoid(
                () ->
                    each(
                        asCompleted(List.of(after(10, "a"), after(500, "b")), ms(120)),
                        done -> log.add(await(done)))));
    assertEquals(List.of("a"), log);
    assertTime(120);
  }

  @Test
  void ASCOMP_04_stepsMayBeAwaitedAtTheSameTime() {
    runVoid(
        () -> {
          AsyncIterator<Promise<? extends String>> iterator =
              asCompleted(List.of(after(50, "a"), after(50, "b"))).asyncIterator();
          Coro<String> one = step(iterator);
          Coro<String> two = step(iterator);
          Coro<String> three = step(iterator);
          assertEquals(Set.of("a", "b", "end"), new HashSet<>(await(gather(one, two, three))));
        });
    assertTime(50);
  }

  private static Coro<String> step(AsyncIterator<Promise<? extends String>> iterator) {
    return coro(() -> await(iterator.moveNext()) ? await(iterator.current()) : "end");
  }

  @Test
  void ASCOMP_05_theSameCoroutineTwiceIsOneResult() {
    Coro<String> coro = after(1, "ham");
    runVoid(() -> each(asCompleted(List.of(coro, coro, after(2, "spam"))), d -> log.add(await(d))));
    assertEquals(List.of("ham", "spam"), log);
  }

  @Test
  void ASCOMP_06_coroutinesNeedARunningLoop() {
    Coro<String> coro = after(1, "a");
    assertThrows(IllegalStateException.class, () -> asCompleted(List.of(coro)).asyncIterator());
    runVoid(() -> each(asCompleted(List.of(coro)), done -> log.add(await(done))));
    assertEquals(List.of("a"), log);
  }

  @Test
  void ASCOMP_07_nullIsRefused() {
    assertThrows(NullPointerException.class, () -> asCompleted(null));
  }

  @Test
  void outsideACoroutineItSaysWhatIsWrong() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> asCompleted(List.of()).iterator());
    assertTrue(e.getMessage().contains("by awaiting"), e::getMessage);
  }

  @Test
  void whatIsLeftInTheMiddleGoesOnWhereItWasLeft() {
    runVoid(
        () -> {
          AsCompleted<String> all =
              asCompleted(List.of(after(1, "a"), after(2, "b"), after(3, "c"), after(4, "d")));
          AsyncIterator<Promise<? extends String>> begun = all.asyncIterator();
          for (int i = 0; i < 2; i++) {
            assertTrue(await(begun.moveNext()));
            log.add(await(begun.current()));
          }
          each(all, done -> log.add(await(done)));
          each(all, done -> log.add("again"));
        });
    assertEquals(List.of("a", "b", "c", "d"), log);
  }

  @Test
  void whatIsEndedIsToldOfNothingMoreAndSetsNoTimer() {
    runVoid(
        () -> {
          Promise<String> pending = loop.createPromise();
          AsCompleted<String> all = asCompleted(List.of(after(1, "a"), pending), ms(1000));
          AsyncIterator<Promise<? extends String>> iterator = all.asyncIterator();
          with(all, () -> assertTrue(await(iterator.moveNext())));
          assertEquals("Promise[pending]", pending.toString());
          assertEquals(0, timers());
          assertFalse(await(iterator.moveNext()));
          pending.complete("b");
          await(sleep(ms(1)));
          assertFalse(await(iterator.moveNext()));
        });
  }

  @Test
  void whoWaitsWhenItIsEndedGetsNoElement() {
    runVoid(
        () -> {
          AsCompleted<String> all = asCompleted(List.of(loop.<String>createPromise()));
          Task<Boolean> waiting = createTask(coro(() -> await(all.asyncIterator().moveNext())));
          await(sleep(ms(1)));
          await(all.exit(null));
          assertFalse(await(waiting));
        });
  }

  @Test
  void stepsThatAreGivenUpLeaveNothingBehind() throws ReflectiveOperationException {
    Promise<String> pending = loop.createPromise();
    AsCompleted<String> all = asCompleted(List.of(pending));
    AsyncIterator<Promise<? extends String>> iterator =
        run(
            () -> {
              AsyncIterator<Promise<? extends String>> polled = all.asyncIterator();
              for (int i = 0; i < 1_000; i++) {
                Coro<Boolean> step = waitFor(polled.moveNext(), ms(1));
                assertThrows(AsyncTimeoutException.class, () -> await(step));
              }
              return polled;
            });
    Field steps = iterator.getClass().getDeclaredField("steps");
    steps.setAccessible(true);
    assertEquals(Set.of(), steps.get(iterator));
  }

  @Test
  void anElementWhoseStepIsCancelledGoesToTheNextThatWaits() {
    runVoid(
        () -> {
          Promise<String> promise = loop.createPromise();
          AsyncIterator<Promise<? extends String>> iterator =
              asCompleted(List.of(promise, loop.<String>createPromise())).asyncIterator();
          Task<String> first = createTask(step(iterator));
          Task<String> second = createTask(step(iterator));
          await(sleep(ms(1)));
          promise.complete("a");
          loop.callSoon(() -> loop.callSoon(first::cancel)); // woken, and has not run yet
          await(sleep(ms(1)));
          assertEquals("a", first.isCancelled() ? await(second) : await(first));
        });
  }
}
