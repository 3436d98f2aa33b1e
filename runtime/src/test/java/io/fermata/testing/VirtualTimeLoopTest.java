package io.fermata.testing;

import static io.fermata.Async.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Awaitable;
import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    assertTrue(text.contains("first -> second -> first"), text);
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
  void aResultFromAnotherThreadIsWaitedForInsteadOfADeadlock() {
    VirtualTimeLoop loop = new VirtualTimeLoop();
    assertEquals(42, loop.runUntilComplete(loop.runInExecutor(null, () -> 42)));
    loop.close();
  }

  @Test
  void timeCantMoveBack() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new VirtualTimeLoop().advance(Duration.ofSeconds(-1)));
  }
}
