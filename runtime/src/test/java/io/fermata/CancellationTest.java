package io.fermata;

import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.waitFor;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.internal.reports.RuntimeLines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where a request to cancel goes, along what tasks wait for. */
class CancellationTest extends LoopTests {

  /**
   * Random tasks, gathers and promises that wait for each other, and who is asked, by recursion.
   */
  private final class Model {
    private final Random random;
    private final List<Promise<?>> all = new ArrayList<>();
    private final Map<Promise<?>, List<Promise<?>>> waitsFor = new LinkedHashMap<>();
    final Map<Promise<?>, Integer> requests = new LinkedHashMap<>();
    final List<Promise<?>> told = new ArrayList<>();

    Model(long seed) {
      random = new Random(seed);
    }

    Promise<?> node(int depth) {
      if (!all.isEmpty() && random.nextInt(5) == 0) {
        return all.get(random.nextInt(all.size()));
      }
      Promise<?> made =
          switch (depth == 0 ? 0 : random.nextInt(3)) {
            case 0 -> made(loop.createPromise(), List.of());
            case 1 -> task(node(depth - 1));
            default -> {
              List<Promise<?>> children = new ArrayList<>();
              for (int i = random.nextInt(3); i >= 0; i--) {
                children.add(node(depth - 1));
              }
              yield made(gather(children), children);
            }
          };
      all.add(made);
      return made;
    }

    Task<?> task(Promise<?> awaited) {
      return made(loop.createTask(new AwaitingCoro(awaited)), List.of(awaited));
    }

    private <P extends Promise<?>> P made(P promise, List<Promise<?>> awaited) {
      waitsFor.put(promise, awaited);
      if (awaited.isEmpty()) {
        promise.addDoneCallback(done -> log.add(promise));
      }
      return promise;
    }

    boolean ask(Promise<?> promise) {
      if (promise instanceof Task<?>) {
        requests.merge(promise, 1, Integer::sum);
        waitsFor.get(promise).forEach(this::ask);
        return true;
      }
      if (!waitsFor.get(promise).isEmpty()) {
        boolean any = false;
        for (Promise<?> child : waitsFor.get(promise)) {
          any |= ask(child);
        }
        return any;
      }
      return !told.contains(promise) && told.add(promise);
    }
  }

  /** Awaits one thing. */
  private static final class AwaitingCoro extends Continuation<Object, Error> {
    private final Awaitable<?> awaited;

    AwaitingCoro(Awaitable<?> awaited) {
      this.awaited = awaited;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      if (state == 2) {
        return sent;
      }
      Object result = await(task, awaited, depth);
      state = 2;
      return result;
    }

    @Override
    protected LineTable lines() {
      return RuntimeLines.of(getClass(), "awaiting");
    }
  }

  @Test
  void aRequestGoesToAllThatIsWaitedForInOrderAndEndsThem() {
    for (long seed = 0; seed < 500; seed++) {
      log.clear();
      Model model = new Model(seed);
      Task<?> root = model.task(model.node(6));
      settle();
      model.ask(root);
      assertTrue(root.cancel("over"));
      for (Promise<?> each : model.waitsFor.keySet()) {
        int asked = model.requests.getOrDefault(each, 0);
        assertEquals(asked, each instanceof Task<?> task ? task.cancelling() : 0, "seed " + seed);
      }
      loop.runUntilComplete(Async.waitUntil(List.of(root), ReturnWhen.ALL_COMPLETED));
      assertEquals(model.told, log, "seed " + seed);
      assertTrue(root.isCancelled(), "seed " + seed);
      model.requests.keySet().forEach(each -> assertTrue(each.isDone()));
    }
  }

  @Test
  void aChainOfAMillionTasksIsCancelled() {
    Promise<Object> last = chainOfTasks(1_000_000);
    assertTrue(last.cancel("over"));
    CancelledError e = assertThrows(CancelledError.class, () -> loop.runUntilComplete(last));
    assertEquals("over", e.getMessage());
    assertEquals(List.of(), List.copyOf(Async.allTasks(loop)));
  }

  @Test
  void aTimeoutOverALongChainOfTasksAndGathersEnds() {
    Promise<?> last = loop.createPromise();
    for (int i = 0; i < 100_000; i++) {
      last = gather(List.of(loop.createTask(new AwaitingCoro(last))));
    }
    Promise<?> outermost = last;
    assertThrows(
        AsyncTimeoutException.class, () -> loop.runUntilComplete(waitFor(outermost, ms(100))));
    assertTime(100);
    assertEquals(List.of(), List.copyOf(Async.allTasks(loop)));
  }

  @Test
  void tasksThatAwaitEachOtherAreCancelled() {
    for (int length = 2; length < 12; length++) {
      for (int outside = 0; outside < 3; outside++) {
        List<Task<Object>> circle = new ArrayList<>();
        int size = length;
        for (int i = 0; i < length; i++) {
          int next = i + 1;
          circle.add(loop.createTask(coro(() -> await(circle.get(next % size)))));
        }
        Task<Object> first = circle.get(0);
        for (int i = 0; i < outside; i++) {
          Task<Object> before = first;
          first = loop.createTask(coro(() -> await(before)));
          circle.add(first);
        }
        settle();
        Task<Object> asked = first;
        asked.cancel("over");
        circle.forEach(task -> assertEquals(1, task.cancelling()));
        assertThrows(CancelledError.class, () -> loop.runUntilComplete(asked));
        circle.forEach(task -> assertTrue(task.isCancelled()));
      }
    }
  }

  @Test
  void aTimeoutEndsADeadlock() {
    List<Task<Object>> tasks = new ArrayList<>();
    tasks.add(loop.createTask(coro(() -> await(waitFor(tasks.get(1), ms(5))))));
    tasks.add(loop.createTask(coro(() -> await(gather(List.of(tasks.get(0), after(1, "a")))))));
    assertThrows(AsyncTimeoutException.class, () -> loop.runUntilComplete(tasks.get(0)));
    assertTime(5);
  }

  @Test
  void aGatherOfTheTaskThatAwaitsItIsCancelled() {
    List<Promise<?>> promises = new ArrayList<>();
    promises.add(
        loop.createTask(
            coro(
                () -> {
                  promises.add(gather(List.of(promises.get(0), createTask(after(9, "a")))));
                  return await(promises.get(1));
                })));
    settle();
    promises.get(1).cancel();
    assertThrows(CancelledError.class, () -> loop.runUntilComplete(promises.get(0)));
    assertTrue(promises.get(1).isDone());
  }
}
