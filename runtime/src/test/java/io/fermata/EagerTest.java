package io.fermata;

import static io.fermata.Async.allTasks;
import static io.fermata.Async.createTask;
import static io.fermata.Async.currentTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.internal.reports.RuntimeLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EagerTest extends LoopTests {
  private final TaskOptions eager = TaskOptions.DEFAULT.eager();

  private void useEagerFactory() {
    loop.setTaskFactory(EventLoop.eagerTaskFactory());
  }

  @Test
  void EAGER_01_theFactoryIsGivenBack() {
    useEagerFactory();
    assertSame(EventLoop.eagerTaskFactory(), loop.getTaskFactory());
    runVoid(() -> assertTrue(createTask(coro(() -> 1)).isDone()));
  }

  @Test
  void EAGER_02_aCoroutineThatDoesNotSuspendEndsInsideCreateTask() {
    for (boolean byFactory : List.of(true, false)) {
      TaskOptions options = (byFactory ? TaskOptions.DEFAULT : eager).withName("eager");
      loop.setTaskFactory(byFactory ? EventLoop.eagerTaskFactory() : null);
      log.clear();
      runVoid(
          () -> {
            Promise<String> effect = loop.createPromise();
            Task<?> creator = currentTask();
            Task<Integer> task =
                createTask(
                    coro(
                        () -> {
                          effect.complete("seen");
                          log.add(currentTask().getName());
                          return 42;
                        }),
                    options);
            assertSame(creator, currentTask());
            assertTrue(task.isDone());
            assertEquals("seen", effect.result());
            assertEquals(42, await(task));
          });
      assertEquals(List.of("eager"), log);
    }
  }

  @Test
  void EAGER_03_aCoroutineThatSuspendsGoesOnInTheLoop() {
    useEagerFactory();
    runVoid(
        () -> {
          Promise<Integer> promise = loop.createPromise();
          Task<Integer> task =
              createTask(
                  coro(
                      () -> {
                        log.add("eager step");
                        return await(promise);
                      }));
          assertEquals(List.of("eager step"), log);
          assertFalse(task.isDone());
          promise.complete(42);
          assertEquals(42, await(task));
        });
  }

  @Test
  void EAGER_04_aTaskThatSuspendedCanBeCancelled() {
    useEagerFactory();
    CancelledError thrown =
        assertThrows(
            CancelledError.class,
            () ->
                run(
                    () -> {
                      Task<Void> task = createTask(coro(() -> await(sleep(ms(1000)))));
                      task.cancel("test message");
                      assertTrue(task.cancelling() > 0);
                      return await(task);
                    }));
    assertEquals("test message", thrown.getMessage());
  }

  @Test
  void EAGER_05_allTasksHoldsItDuringTheEagerStepAndWhilePending() {
    useEagerFactory();
    runVoid(
        () -> {
          Task<?>[] inside = new Task<?>[1];
          Task<Void> done =
              createTask(
                  coroVoid(
                      () -> {
                        inside[0] = currentTask();
                        assertTrue(allTasks().contains(inside[0]));
                      }));
          assertSame(done, inside[0]);
          assertFalse(allTasks().contains(done));
          Promise<Void> promise = loop.createPromise();
          Task<Void> pending = createTask(coro(() -> await(promise)));
          assertEquals(Set.of(currentTask(), pending), allTasks());
          promise.complete(null);
          await(pending);
          assertEquals(Set.of(currentTask()), allTasks());
        });
  }

  @Test
  void EAGER_06_lazyOverridesTheFactory() {
    for (boolean byFactory : List.of(true, false)) {
      loop.setTaskFactory(byFactory ? EventLoop.eagerTaskFactory() : null);
      log.clear();
      runVoid(
          () -> {
            Task<Void> task =
                createTask(
                    coroVoid(() -> log.add("ran")),
                    byFactory ? TaskOptions.DEFAULT.lazy() : TaskOptions.DEFAULT);
            assertEquals(List.of(), log);
            assertFalse(task.isDone());
            await(task);
            assertEquals(List.of("ran"), log);
          });
    }
  }

  /** Counts the creations that do not ask for an eager start. */
  private int countLazyTasks(boolean eagerly, Coro<?> main) {
    int[] count = new int[1];
    loop.setTaskFactory(
        new TaskFactory() {
          @Override
          public <T> Task<T> newTask(EventLoop on, Coro<T> coro, TaskOptions options) {
            TaskOptions asked = eagerly ? options.eager() : options;
            count[0] += Boolean.TRUE.equals(asked.eagerStart()) ? 0 : 1;
            return Task.create(on, coro, asked);
          }
        });
    loop.runUntilComplete(main);
    return count[0];
  }

  private static Coro<Integer> chain(int depth) {
    return coro(() -> depth == 0 ? 0 : 1 + await(chain(depth - 1)));
  }

  private static Coro<Integer> gathering(int width, int depth) {
    return coro(
        () -> {
          if (depth == 0) {
            return 1;
          }
          List<Coro<Integer>> children = new ArrayList<>();
          for (int i = 0; i < width; i++) {
            children.add(gathering(width, depth - 1));
          }
          return await(gather(children)).stream().mapToInt(n -> n).sum();
        });
  }

  private static Coro<Void> grouping(int width, int depth) {
    return coroVoid(
        () -> {
          if (depth == 0) {
            return;
          }
          TaskGroup group = TaskGroup.open();
          with(
              group,
              () -> {
                for (int i = 0; i < width; i++) {
                  group.createTask(grouping(width, depth - 1));
                }
              });
        });
  }

  @Test
  void EAGER_07_tasksAreCountedByTheFactory() {
    assertEquals(1, countLazyTasks(false, chain(100)));
    assertEquals(781, countLazyTasks(false, gathering(5, 4)));
    assertEquals(781, countLazyTasks(false, grouping(5, 4)));
    assertEquals(0, countLazyTasks(true, chain(100)));
    assertEquals(0, countLazyTasks(true, gathering(5, 4)));
    assertEquals(0, countLazyTasks(true, grouping(5, 4)));
  }

  @Test
  void EAGER_08_aTaskThatEndedInItsEagerStepHoldsNoCoroutine() {
    useEagerFactory();
    runVoid(() -> assertNull(createTask(coro(() -> 1)).getCoro()));
  }

  @Test
  void eagerTasksThatStartEagerTasksDoNotOverflowTheStack() {
    useEagerFactory();
    assertEquals(10_000, loop.runUntilComplete(new Nest(10_000)));
  }

  /** {@code n == 0 ? 0 : 1 + await(createTask(nest(n - 1)))}, without a thread of its own. */
  private static final class Nest extends RuntimeCoro<Integer> {
    private final int n;

    Nest(int n) {
      super(RuntimeLines.of(Nest.class, "nest"));
      this.n = n;
    }

    @Override
    protected Object resume(Task<?> task, Object sent, int depth) throws Throwable {
      Object value = sent;
      if (state == START) {
        value =
            n == 0 ? (Object) Integer.valueOf(-1) : await(task, createTask(new Nest(n - 1)), depth);
        if (value == SUSPENDED) {
          state = 2;
          return SUSPENDED;
        }
      }
      return (Integer) value + 1;
    }
  }
}
