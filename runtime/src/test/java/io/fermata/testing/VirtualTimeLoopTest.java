package io.fermata.testing;

import static io.fermata.Async.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Awaitable;
import io.fermata.CancelledError;
import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class VirtualTimeLoopTest {

  /** {@code await(awaitable)}. */
  private static final class Waits extends Continuation<Object, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Stuck", "waits", "Stuck.java", "2:12", "1:11");

    Awaitable<?> awaitable;

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      if (state == 2) {
        return sent;
      }
      Object result = await(task, awaitable, depth);
      if (result == SUSPENDED) {
        state = 2;
      }
      return result;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  @Test
  void timeJumpsToTheNextTimer() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    loop.runUntilComplete(sleep(Duration.ofDays(365)));
    assertEquals(Duration.ofDays(365).toNanos(), loop.time());
  }

  @Test
  void whenNoTaskCanEverRunAgainItTellsWhoWaitsForWhat() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    Waits a = new Waits();
    Waits b = new Waits();
    Task<Object> first = loop.createTask(a, "first");
    Task<Object> second = loop.createTask(b, "second");
    a.awaitable = second;
    b.awaitable = first;
    DeadlockException e = assertThrows(DeadlockException.class, () -> loop.runUntilComplete(first));
    String text = e.getMessage();
    assertTrue(text.startsWith("no task can ever run again"), text);
    assertTrue(text.contains("Task[first pending, coroutine Stuck.waits, waiting for "), text);
    assertTrue(text.contains("at app.Stuck.waits(Stuck.java:12)"), text);
    String circle =
        "\nthese tasks wait for each other:"
            + "\n    first awaits second, at app.Stuck.waits(Stuck.java:12)"
            + "\n    second awaits first, at app.Stuck.waits(Stuck.java:12)";
    assertTrue(text.endsWith(circle), text);
  }

  private static List<Integer> order(VirtualTimeLoop loop) {
    List<Integer> order = new ArrayList<>();
    IntStream.range(0, 50).forEach(i -> loop.callSoon(() -> order.add(i)));
    Promise<Object> done = loop.createPromise();
    loop.callLater(Duration.ofSeconds(1), () -> done.complete(1));
    loop.runUntilComplete(done);
    return order;
  }

  @Test
  void aSeedShufflesWhatIsReadyAndReplaysIt() {
    List<Integer> inOrder = IntStream.range(0, 50).boxed().toList();
    assertEquals(inOrder, order(new VirtualTimeLoop()));
    List<Integer> shuffled = order(new VirtualTimeLoop(7));
    assertNotEquals(inOrder, shuffled);
    assertEquals(inOrder, shuffled.stream().sorted().toList());
    assertEquals(shuffled, order(new VirtualTimeLoop(7)));
    assertNotEquals(shuffled, order(new VirtualTimeLoop(8)));
  }

  @Test
  void theCallersOrdersAreFollowed() {
    List<Integer> bounds = new ArrayList<>();
    RandomGenerator first =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            throw new AssertionError("only bounded numbers are asked for");
          }

          @Override
          public int nextInt(int bound) {
            bounds.add(bound);
            return 0;
          }
        };
    List<Integer> order = order(new VirtualTimeLoop(first));
    assertEquals(IntStream.concat(IntStream.range(1, 50), IntStream.of(0)).boxed().toList(), order);
    assertEquals(IntStream.rangeClosed(2, 50).map(i -> 52 - i).boxed().toList(), bounds);
  }

  @Test
  void aTimeLimitEndsARunThatWouldSleepLonger() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    loop.limitTime(Duration.ofSeconds(3));
    loop.runUntilComplete(sleep(Duration.ofSeconds(3)));
    loop.limitTime(Duration.ofMillis(2500));
    TimeLimitException e =
        assertThrows(TimeLimitException.class, () -> loop.runUntilComplete(new SleepsTwice()));
    String text = e.getMessage();
    assertTrue(text.startsWith("the limit of 2.5s of virtual time has passed\nTask[Task-"), text);
    assertTrue(text.contains("at app.Twice.sleeps(Twice.java:12)"), text);
    assertEquals(Duration.ofSeconds(4).toNanos(), loop.time());
    loop.limitTime(null);
    assertEquals("done", loop.runUntilComplete(new SleepsTwice()));
  }

  @Test
  void aTimeLimitHidesNoDeadlock() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    loop.limitTime(Duration.ofSeconds(3));
    Promise<Object> never = loop.createPromise();
    Waits waits = new Waits();
    waits.awaitable = never;
    assertThrows(DeadlockException.class, () -> loop.runUntilComplete(waits));
  }

  @Test
  void aResultFromAnotherThreadIsWaitedForInsteadOfADeadlock() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    assertEquals(42, loop.runUntilComplete(loop.runInExecutor(null, () -> 42)));
    loop.close();
  }

  /** {@code await(sleep(1s)); await(sleep(2s)); return "done";}. */
  private static final class SleepsTwice extends Continuation<String, RuntimeException> {
    private static final LineTable LINES =
        LineTable.of(CONTRACT, "app.Twice", "sleeps", "Twice.java", "2:11,3:12", "1:10");

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      if (state == 3) {
        return "done";
      }
      int next = state + 1;
      Object slept = await(task, sleep(Duration.ofSeconds(next - 1)), depth);
      state = next;
      return slept;
    }

    @Override
    protected LineTable lines() {
      return LINES;
    }
  }

  /** The innermost line of the user's at which a task stands. */
  private static int line(Task<?> task) {
    List<StackTraceElement> stack = task.getStack();
    return stack.stream()
        .filter(frame -> frame.getClassName().startsWith("app."))
        .findFirst()
        .orElseThrow()
        .getLineNumber();
  }

  @Test
  void aFaultInjectorSeesEachResumePoint() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    List<Integer> lines = new ArrayList<>();
    loop.injectFaults(
        task -> {
          lines.add(line(task));
          return null;
        });
    assertEquals("done", loop.runUntilComplete(new SleepsTwice()));
    assertEquals(List.of(11, 12), lines);
    loop.injectFaults(null);
    loop.runUntilComplete(new SleepsTwice());
    assertEquals(List.of(11, 12), lines);
  }

  @Test
  void aFaultInjectorHasAResumePointThrow() {
    for (int line : new int[] {11, 12}) {
      VirtualTimeLoop loop = new VirtualTimeLoop();
      ArithmeticException fault = new ArithmeticException("injected");
      loop.injectFaults(task -> line(task) == line ? fault : null);
      ArithmeticException thrown =
          assertThrows(ArithmeticException.class, () -> loop.runUntilComplete(new SleepsTwice()));
      assertSame(fault, thrown);
      assertEquals(line == 11 ? 1 : 3, Duration.ofNanos(loop.time()).toSeconds());
      loop.close();
    }
  }

  @Test
  void aFaultInjectorHasATaskCancelledAtAResumePoint() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    loop.injectFaults(
        task -> {
          if (line(task) == 12) {
            task.cancel("injected");
          }
          return null;
        });
    CancelledError thrown =
        assertThrows(CancelledError.class, () -> loop.runUntilComplete(new SleepsTwice()));
    assertEquals("injected", thrown.reason());
  }

  @Test
  void aFaultInjectorHasDeadlinesPassBeforeATaskGoesOn() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    int[] asked = {0};
    loop.injectFaults(
        task -> {
          if (asked[0]++ == 0) {
            loop.advance(Duration.ofHours(1));
          }
          return asked[0] < 3 ? FaultInjector.LATER : null;
        });
    Task<String> task = loop.createTask(new SleepsTwice());
    loop.callLater(Duration.ofMinutes(1), () -> task.cancel("too late"));
    CancelledError thrown = assertThrows(CancelledError.class, () -> loop.runUntilComplete(task));
    assertEquals("too late", thrown.reason());
    assertEquals(3, asked[0]);
  }

  @Test
  void timeCantMoveBack() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new VirtualTimeLoop().advance(Duration.ofSeconds(-1)));
  }

  @Test
  void aDeadlockOfManyTasksIsToldInPart() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    Waits first = new Waits();
    Task<Object> last = loop.createTask(first);
    for (int i = 1; i < 300; i++) {
      Waits waits = new Waits();
      waits.awaitable = last;
      last = loop.createTask(waits);
    }
    first.awaitable = last;
    Task<Object> any = last;
    DeadlockException e = assertThrows(DeadlockException.class, () -> loop.runUntilComplete(any));
    assertTrue(e.getMessage().contains("\n... and 200 more tasks"), e::getMessage);
    String end =
        "\n    Task-282 awaits Task-281, at app.Stuck.waits(Stuck.java:12)\n    ... and 280 more";
    assertTrue(e.getMessage().endsWith(end), e::getMessage);
  }
}
