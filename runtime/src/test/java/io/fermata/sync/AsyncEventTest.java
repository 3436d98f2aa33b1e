package io.fermata.sync;

import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.LoopTests;
import io.fermata.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncEventTest extends LoopTests {
  private final AsyncEvent event = new AsyncEvent();

  private Task<Void> waiting(String name) {
    return loop.createTask(
        coroVoid(
            () -> {
              assertTrue(await(event.whenSet()));
              log.add(name);
            }));
  }

  @Test
  void EVENT_01_settingReleasesAllThatWaitInOrder() {
    List<Task<Void>> tasks = List.of(waiting("a"), waiting("b"), waiting("c"));
    settle();
    assertEquals(List.of(), log);
    event.set();
    assertEquals(List.of(), log);
    settle();
    assertEquals(List.of("a", "b", "c"), log);
    assertTrue(tasks.stream().allMatch(Task::isDone));
  }

  @Test
  void EVENT_01_whoWaitsForASetEventGoesOnAtOnce() {
    event.set();
    Task<Void> task = waiting("a");
    pass();
    assertTrue(task.isDone());
  }

  @Test
  void EVENT_01_aReleasedTaskGoesOnThoughTheEventIsClearedBeforeItsTurn() {
    Task<Void> released = waiting("a");
    settle();
    event.set();
    event.clear();
    Task<Void> newcomer = waiting("b");
    settle();
    assertTrue(released.isDone());
    assertFalse(newcomer.isDone());
    assertEquals("AsyncEvent[unset, waiters=1]", event.toString());
    newcomer.cancel();
  }

  @Test
  void EVENT_02_aWaiterThatIsCancelledLeavesNothingBehind() {
    for (boolean wokenBefore : List.of(false, true)) {
      Task<Void> task = waiting("a");
      Task<Void> other = waiting("b");
      settle();
      if (wokenBefore) {
        event.set();
      }
      task.cancel();
      event.set();
      settle();
      assertTrue(task.isCancelled());
      assertTrue(other.isDone() && !other.isCancelled());
      assertEquals("AsyncEvent[set]", event.toString());
      event.clear();
    }
  }

  @Test
  void EVENT_03_setAndClearChangeTheFlag() {
    assertFalse(event.isSet());
    event.set();
    assertTrue(event.isSet());
    event.set();
    assertTrue(event.isSet());
    event.clear();
    assertFalse(event.isSet());
    event.clear();
    assertFalse(event.isSet());
  }

  @Test
  void EVENT_03_whoComesAfterClearWaitsAgain() {
    event.set();
    event.clear();
    Task<Void> task = waiting("a");
    settle();
    assertFalse(task.isDone());
    event.set();
    settle();
    assertTrue(task.isDone());
  }

  @Test
  void EVENT_04_toStringTellsTheStateAndTheWaiters() {
    assertEquals("AsyncEvent[unset]", event.toString());
    waiting("a");
    settle();
    assertEquals("AsyncEvent[unset, waiters=1]", event.toString());
    event.set();
    settle();
    assertEquals("AsyncEvent[set]", event.toString());
  }
}
