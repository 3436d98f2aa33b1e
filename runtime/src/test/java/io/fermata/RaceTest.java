package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.formatCallGraph;
import static io.fermata.Async.race;
import static io.fermata.Async.shield;
import static io.fermata.Async.sleep;
import static io.fermata.Async.waitFor;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.testing.DeadlockException;
import io.fermata.testing.VirtualTimeLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest extends LoopTests {
  private final ArithmeticException failure = new ArithmeticException("failure");
  private final IllegalArgumentException another = new IllegalArgumentException("another");

  /** Takes so long to end when it is cancelled, and then throws this, if anything. */
  private Coro<String> cleansUp(String name, long millis, Throwable thrown) {
    return coro(
        name,
        () -> {
          try {
            await(sleep(ms(10_000)));
            return name;
          } catch (CancelledError e) {
            await(sleep(ms(millis)));
            log.add(name + " cleaned up");
            if (thrown == null) {
              throw e;
            }
            throw thrown;
          }
        });
  }

  private static List<Throwable> exceptionsOf(List<ExceptionContext> reports) {
    return reports.stream().<Throwable>map(ExceptionContext::exception).toList();
  }

  @Test
  void theFirstSuccessWinsAndTheOthersAreDoneWhenItComes() {
    runVoid(
        () -> {
          assertEquals(
              "b", await(race(cleansUp("a", 5, null), after(10, "b"), cleansUp("c", 7, null))));
          assertEquals(List.of("a cleaned up", "c cleaned up"), log);
          assertEquals(1, Async.allTasks().size());
        });
    assertTime(17);
    assertEquals(List.of(), reports);
  }

  @Test
  void whoFailsBeforeIsOutOfTheRaceAndNobodyIsTold() {
    runVoid(() -> assertEquals("b", await(race(List.of(failAfter(1, failure), after(10, "b"))))));
    assertTime(10);
    loop.close();
    assertEquals(List.of(), reports);
  }

  @Test
  void ifNoneSucceedsTheirFailuresComeOutInTheOrderOfTheArguments() {
    ExceptionGroup thrown =
        assertThrows(
            ExceptionGroup.class,
            () -> run(() -> await(race(failAfter(10, failure), failAfter(1, another)))));
    assertEquals(List.of(failure, another), thrown.exceptions());
    assertTrue(thrown.getMessage().startsWith("none of 2 in a race"), thrown::getMessage);
    assertEquals("race", thrown.getStackTrace()[0].getMethodName());
    assertEquals(RaceTest.class.getName(), thrown.getStackTrace()[1].getClassName());
    ExceptionGroup ofOne =
        assertThrows(ExceptionGroup.class, () -> run(() -> await(race(failAfter(1, failure)))));
    assertEquals(List.of(failure), ofOne.exceptions());
    loop.close();
    assertEquals(List.of(), reports);
  }

  @Test
  void ifAllAreCancelledSoIsTheRace() {
    runVoid(
        () -> {
          Promise<String> one = loop.createPromise();
          Promise<String> two = loop.createPromise();
          loop.callLater(ms(1), () -> one.cancel("one"));
          loop.callLater(ms(2), () -> two.cancel("two"));
          CancelledError thrown = assertThrows(CancelledError.class, () -> await(race(one, two)));
          assertEquals("one", thrown.reason());
          assertEquals(0, currentTask().cancelling());
        });
    assertTime(2);
  }

  @Test
  void cancellationsAreNoneOfTheFailures() {
    ExceptionGroup thrown =
        assertThrows(
            ExceptionGroup.class,
            () ->
                run(
                    () -> {
                      Promise<String> cancelled = loop.createPromise();
                      cancelled.cancel();
                      return await(race(cancelled, failAfter(1, failure)));
                    }));
    assertEquals(List.of(failure), thrown.exceptions());
  }

  @Test
  void nothingToRaceIsAnError() {
    assertThrows(IllegalArgumentException.class, Async::race);
    assertThrows(IllegalArgumentException.class, () -> race(List.of()));
    assertThrows(NullPointerException.class, () -> race(Arrays.asList(after(1, 1), null)));
  }

  @Test
  void aFailureInALosersCleanupIsReported() {
    runVoid(() -> assertEquals("b", await(race(cleansUp("a", 5, failure), after(10, "b")))));
    assertEquals(List.of(failure), exceptionsOf(reports));
    assertTrue(reports.get(0).message().contains("lost a race"));
    assertTime(15);
  }

  @Test
  void aLoserThatRefusesIsWaitedForAndItsValueIsDropped() {
    runVoid(
        () -> {
          Coro<String> refuses =
              coro(
                  () -> {
                    assertThrows(CancelledError.class, () -> await(sleep(ms(100))));
                    await(sleep(ms(20)));
                    return "refuses";
                  });
          assertEquals("b", await(race(refuses, after(10, "b"))));
        });
    assertTime(30);
  }

  @Test
  void whoCancelsTheRaceCancelsAllAndTheirFailuresAreSuppressed() {
    Task<String> racing =
        loop.createTask(
            race(failAfter(1, failure), cleansUp("b", 5, another), cleansUp("c", 7, null)));
    loop.callLater(ms(3), () -> racing.cancel("enough"));
    loop.callLater(ms(4), () -> racing.cancel("really"));
    CancelledError thrown = assertThrows(CancelledError.class, () -> loop.runUntilComplete(racing));
    assertEquals("enough", thrown.reason());
    assertEquals(List.of(failure, another), List.of(thrown.getSuppressed()));
    assertEquals(List.of("b cleaned up", "c cleaned up"), log);
    assertTime(10);
    loop.close();
    assertEquals(List.of(), reports);
  }

  @Test
  void aTimeoutAroundTheRaceTellsWhatHasFailedSoFar() {
    AsyncTimeoutException thrown =
        assertThrows(
            AsyncTimeoutException.class,
            () ->
                run(
                    () ->
                        await(
                            waitFor(race(failAfter(1, failure), cleansUp("b", 5, null)), ms(10)))));
    assertEquals(List.of(failure), List.of(thrown.getCause().getSuppressed()));
    assertTime(15);
  }

  @Test
  void aCancellationWhileTheLosersEndComesOut() {
    Task<String> racing = loop.createTask(race(after(10, "a"), cleansUp("b", 20, failure)));
    loop.callLater(ms(15), () -> racing.cancel("late"));
    CancelledError thrown = assertThrows(CancelledError.class, () -> loop.runUntilComplete(racing));
    assertEquals(0, thrown.getSuppressed().length);
    assertEquals(List.of("b cleaned up"), log);
    assertEquals(List.of(failure), exceptionsOf(reports));
    assertTime(30);
  }

  @Test
  void aFatalErrorEndsTheRaceAndComesOutAsItIs() {
    OutOfMemoryError fatal = new OutOfMemoryError("test");
    Task<String> racing =
        loop.createTask(
            race(failAfter(1, another), failAfter(5, fatal), cleansUp("c", 5, failure)));
    assertSame(fatal, assertThrows(OutOfMemoryError.class, () -> loop.runUntilComplete(racing)));
    assertSame(fatal, assertThrows(OutOfMemoryError.class, () -> loop.runUntilComplete(racing)));
    assertEquals(List.of("c cleaned up"), log);
    assertEquals(List.of(another, failure), exceptionsOf(reports));
    assertTime(10);
  }

  @Test
  void whatIsDoneAlreadyWinsInTheOrderOfTheArguments() {
    runVoid(
        () -> {
          Promise<String> failed = Async.failed(failure);
          assertEquals(
              "b",
              await(
                  race(
                      cleansUp("a", 5, null), failed, Async.completed("b"), Async.completed("c"))));
        });
    assertEquals(List.of(), log); // a has not begun
    assertTime(0);
    loop.close();
    assertEquals(List.of(), reports);
  }

  @Test
  void ofTwoInOnePassTheFirstWins() {
    for (boolean otherFails : List.of(true, false)) {
      runVoid(
          () -> {
            Promise<String> one = loop.createPromise();
            Promise<String> two = loop.createPromise();
            loop.callLater(
                ms(1),
                () -> {
                  two.complete("two");
                  if (otherFails) {
                    one.fail(failure);
                  } else {
                    one.complete("one");
                  }
                });
            assertEquals("two", await(race(one, two)));
          });
    }
    loop.close();
    assertEquals(List.of(), reports);
  }

  @Test
  void promisesThatAreGivenAreCancelledUnlessTheyAreShielded() {
    runVoid(
        () -> {
          Task<String> given = createTask(after(20, "given"));
          Task<String> shielded = createTask(after(20, "shielded"));
          assertEquals("a", await(race(given, shield(shielded), after(10, "a"))));
          assertTrue(given.isCancelled());
          assertFalse(shielded.isDone());
          assertEquals("shielded", await(shielded));
        });
  }

  @Test
  void whatIsGivenTwiceRunsOnce() {
    runVoid(
        () -> {
          Coro<String> twice = after(10, "twice");
          assertEquals("twice", await(race(twice, twice)));
          Promise<String> promise = loop.createPromise();
          loop.callLater(ms(1), () -> promise.fail(failure));
          ExceptionGroup thrown =
              assertThrows(ExceptionGroup.class, () -> await(race(promise, promise)));
          assertEquals(List.of(failure), thrown.exceptions());
        });
  }

  @Test
  void whatCantBeStartedEndsTheRaceAndTheOthersAreCancelled() {
    runVoid(
        () -> {
          Coro<String> closed = after(1, "closed");
          closed.close();
          Task<String> given = createTask(cleansUp("given", 5, null));
          await(sleep(ms(1)));
          assertThrows(
              IllegalStateException.class, () -> await(race(given, after(1, "x"), closed)));
          assertTrue(given.isCancelled());
          assertEquals(List.of("given cleaned up"), log);
          assertEquals(1, Async.allTasks().size());
        });
    assertTime(6);
  }

  @Test
  void aTaskCantCompeteInItsOwnRace() {
    runVoid(
        () -> {
          IllegalStateException thrown =
              assertThrows(
                  IllegalStateException.class,
                  () -> await(race(currentTask(), after(10, "other"))));
          assertTrue(thrown.getMessage().contains("awaits itself"), thrown::getMessage);
          assertEquals(0, currentTask().cancelling());
          assertEquals(1, Async.allTasks().size());
        });
    assertTime(0);
  }

  @Test
  void aPromiseOfAnotherLoopIsRefused() {
    VirtualTimeLoop other = new VirtualTimeLoop();
    Promise<String> promise = other.createPromise();
    assertThrows(
        IllegalArgumentException.class, () -> runVoid(() -> await(race(after(10, "a"), promise))));
    assertFalse(promise.isDone());
    other.close();
  }

  @Test
  void racesMayCompeteInRaces() {
    runVoid(
        () ->
            assertEquals(
                "b",
                await(
                    race(
                        race(cleansUp("a", 5, null), failAfter(1, failure)),
                        race(after(10, "b"), cleansUp("c", 3, null))))));
    assertEquals(List.of("c cleaned up", "a cleaned up"), log);
    assertTime(18);
  }

  @Test
  void eagerTasksMayEndAtOnce() {
    loop.setTaskFactory(EventLoop.eagerTaskFactory());
    runVoid(
        () -> {
          assertEquals("a", await(race(coro(() -> "a"), cleansUp("b", 0, null))));
          ExceptionGroup thrown =
              assertThrows(ExceptionGroup.class, () -> await(race(failAfter(0, failure))));
          assertEquals(List.of(failure), thrown.exceptions());
        });
    assertTime(0);
  }

  @Test
  void theRaceIsToldInTheCallGraphAndInADeadlock() {
    Coro<Void> main =
        coroVoid(
            "main",
            () -> {
              Task<String> one = createTask(after(1, "one"), "one");
              loop.callLater(ms(0), () -> log.add(formatCallGraph(one)));
              await(race(one));
              await(race(loop.createPromise(), loop.createPromise()));
            });
    DeadlockException deadlock =
        assertThrows(DeadlockException.class, () -> loop.runUntilComplete(main));
    String told = deadlock.getMessage();
    assertTrue(told.contains("waiting for the first success of 2"), told);
    String graph = (String) log.get(0);
    assertTrue(graph.contains("Waits for the first success of 1"), graph);
    assertTrue(graph.contains("RaceTest.main"), graph);
  }

  // All combinations of three, against what a race is in a few lines.

  private enum End {
    SUCCEEDS,
    FAILS,
    THROWS_CANCELLED
  }

  private enum OnCancel {
    LEAVES,
    FAILS_SLOWLY,
    SUCCEEDS_SLOWLY
  }

  private record Script(String name, int sleep, End end, OnCancel onCancel, int cleanup) {}

  private record Seen(long time, String out, List<String> reports) {}

  @Test
  void allCombinations() {
    for (int outside : new int[] {-1, 5, 15, 25, 33, 40}) {
      for (int ends = 0; ends < 27; ends++) {
        for (int onCancels = 0; onCancels < 27; onCancels++) {
          List<Script> scripts = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            int shift = new int[] {1, 3, 9}[i];
            scripts.add(
                new Script(
                    "abc".substring(i, i + 1),
                    new int[] {20, 10, 30}[i],
                    End.values()[ends / shift % 3],
                    OnCancel.values()[onCancels / shift % 3],
                    new int[] {8, 6, 7}[i]));
          }
          assertEquals(expected(scripts, outside), seen(scripts, outside), () -> "" + scripts);
        }
      }
    }
  }

  private static Seen expected(List<Script> scripts, int outside) {
    int last = scripts.stream().mapToInt(Script::sleep).max().orElseThrow();
    Script winner =
        scripts.stream()
            .filter(script -> script.end() == End.SUCCEEDS)
            .min((a, b) -> a.sleep() - b.sleep())
            .orElse(null);
    int decided = winner == null ? last : winner.sleep();
    if (outside >= 0 && outside < decided) {
      decided = outside;
      winner = null;
    }
    boolean cancelled = outside >= 0 && outside <= decided;
    int end = decided;
    List<String> early = new ArrayList<>();
    List<String> late = new ArrayList<>();
    List<String> inOrder = new ArrayList<>();
    for (Script script : scripts) {
      if (script.sleep() <= decided) {
        if (script.end() == End.FAILS) {
          early.add(script.name());
          inOrder.add(script.name());
        }
      } else if (script.onCancel() != OnCancel.LEAVES) {
        end = Math.max(end, decided + script.cleanup());
        if (script.onCancel() == OnCancel.FAILS_SLOWLY) {
          late.add(script.name() + "'s cleanup");
          inOrder.add(script.name() + "'s cleanup");
        }
      }
    }
    if (cancelled) {
      return new Seen(end, "cancelled" + inOrder, List.of());
    }
    if (winner != null) {
      boolean cancelledLate = outside >= 0 && outside < end;
      return new Seen(
          end, cancelledLate ? "cancelled[]" : winner.name(), late.stream().sorted().toList());
    }
    return new Seen(end, early.isEmpty() ? "cancelled[]" : "group" + early, List.of());
  }

  private static Seen seen(List<Script> scripts, int outside) {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    List<String> reports = new ArrayList<>();
    loop.setExceptionHandler((own, context) -> reports.add(context.exception().getMessage()));
    Task<String> racing = loop.createTask(race(scripts.stream().map(RaceTest::play).toList()));
    if (outside >= 0) {
      loop.callAt(ms(outside).toNanos(), racing::cancel);
    }
    String out;
    try {
      out = loop.runUntilComplete(racing);
    } catch (CancelledError e) {
      out = "cancelled" + messages(List.of(e.getSuppressed()));
    } catch (ExceptionGroup e) {
      out = "group" + messages(e.exceptions());
    }
    long time = loop.time() / 1_000_000;
    assertEquals(0, Async.allTasks(loop).size());
    loop.close();
    return new Seen(time, out, reports.stream().sorted().toList());
  }

  private static List<String> messages(List<Throwable> all) {
    return all.stream().map(Throwable::getMessage).toList();
  }

  private static Coro<String> play(Script script) {
    return coro(
        () -> {
          try {
            await(sleep(ms(script.sleep())));
          } catch (CancelledError e) {
            if (script.onCancel() == OnCancel.LEAVES) {
              throw e;
            }
            await(sleep(ms(script.cleanup())));
            if (script.onCancel() == OnCancel.FAILS_SLOWLY) {
              throw new IllegalArgumentException(script.name() + "'s cleanup");
            }
            return script.name();
          }
          return switch (script.end()) {
            case SUCCEEDS -> script.name();
            case FAILS -> throw new IllegalArgumentException(script.name());
            case THROWS_CANCELLED -> throw new CancelledError();
          };
        });
  }
}
