package io.fermata;

import static io.fermata.Async.asCompleted;
import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
