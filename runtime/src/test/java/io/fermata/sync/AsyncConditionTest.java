package io.fermata.sync;

import static io.fermata.Async.sleep;
import static io.fermata.Async.waitFor;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.AsyncTimeoutException;
import io.fermata.CancelledError;
import io.fermata.LoopTests;
import io.fermata.Task;
import io.fermata.testing.VirtualTimeLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AsyncConditionTest extends LoopTests {
  private final AsyncCondition condition = new AsyncCondition();

  /** A task that acquires, waits, and keeps the lock. */
  private Task<Void> waiting(String name) {
    return loop.createTask(
        coroVoid(
            () -> {
              await(condition.acquire());
              assertTrue(await(condition.whenSignalled()));
              assertTrue(condition.locked());
              log.add(name);
            }),
        name);
  }

  private void acquire() {
    run(() -> await(condition.acquire()));
  }

  private void withLock(Runnable action) {
    acquire();
    action.run();
    condition.release();
  }

  @Test
  void COND_01_signalledTasksGoOnOneForEachReleaseInOrder() {
    List<Task<Void>> tasks = List.of(waiting("a"), waiting("b"), waiting("c"));
    settle();
    assertFalse(condition.locked());

    acquire();
    condition.signal();
    settle();
    assertEquals(List.of(), log, "it goes on only when the lock is free");
    condition.release();
    settle();
    assertEquals(List.of("a"), log);
    assertTrue(condition.locked());

    condition.signal(2);
    settle();
    assertEquals(List.of("a"), log);
    condition.release();
    settle();
    assertEquals(List.of("a", "b"), log);
    assertTrue(condition.locked());
    condition.release();
    settle();
    assertEquals(List.of("a", "b", "c"), log);
    assertTrue(condition.locked());
    assertTrue(tasks.stream().allMatch(Task::isDone));
    condition.release();
  }

  private void assertAllGoOn(Consumer<AsyncCondition> signals) {
    List<Task<Void>> tasks = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      tasks.add(
          loop.createTask(
              coroVoid(
                  () ->
                      with(
                          condition,
                          () -> {
                            await(condition.whenSignalled());
                            log.add(name);
                          }))));
    }
    settle();
    withLock(() -> signals.accept(condition));
    tasks.forEach(loop::runUntilComplete);
    assertEquals(List.of("a", "b", "c"), log);
    assertEquals("AsyncCondition[unlocked]", condition.toString());
  }

  @Test
  void COND_02_signallingMoreThanWaitWakesAll() {
    assertAllGoOn(c -> c.signal(2048));
  }

  @Test
  void COND_02_signallingOneAndThenManyWakesAll() {
    assertAllGoOn(
        c -> {
          c.signal(1);
          c.signal(2048);
        });
  }

  @Test
  void COND_02_signalAllWakesAll() {
    assertAllGoOn(AsyncCondition::signalAll);
  }

  @Test
  void COND_02_signallingNobodyWakesNobody() {
    Task<Void> task = waiting("a");
    settle();
    withLock(() -> condition.signal(0));
    settle();
    assertFalse(task.isDone());
    assertThrows(IllegalArgumentException.class, () -> condition.signal(-1));
    task.cancel();
  }

  @Test
  void COND_02_aSignalWithoutAWaiterIsNotKept() {
    withLock(condition::signal);
    Task<Void> task = waiting("a");
    settle();
    assertFalse(task.isDone());
    task.cancel();
  }

  @Test
  void COND_03_withoutTheLockWaitingAndSignallingAreErrors() {
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class, () -> run(() -> await(condition.whenSignalled())));
    assertEquals(
        "can't wait on AsyncCondition[unlocked]: acquire it first, with try (condition).",
        failure.getMessage());
    assertThrows(IllegalStateException.class, condition::signal);
    assertThrows(IllegalStateException.class, () -> condition.signal(2));
    assertThrows(IllegalStateException.class, condition::signalAll);
    assertThrows(IllegalStateException.class, condition::release);
  }

  @Test
  void COND_04_whenTrueWaitsUntilThePredicateHolds() {
    int[] state = {0};
    Task<Boolean> task =
        loop.createTask(
            io.fermata.Co.coro(
                () -> {
                  await(condition.acquire());
                  Boolean result = await(condition.whenTrue(() -> state[0] == 2));
                  assertTrue(condition.locked());
                  condition.release();
                  return result;
                }));
    settle();
    for (int value : List.of(1, 2)) {
      assertFalse(task.isDone());
      withLock(
          () -> {
            state[0] = value;
            condition.signal();
          });
      settle();
      settle();
    }
    assertEquals(true, task.result());
    assertFalse(condition.locked());
  }

  @Test
  void COND_04_whatThePredicateThrowsComesOutWithTheLockHeld() {
    IllegalArgumentException thrown = new IllegalArgumentException("predicate");
    boolean[] fails = {false};
    Task<Void> task =
        loop.createTask(
            coroVoid(
                () ->
                    with(
                        condition,
                        () ->
                            await(
                                condition.whenTrue(
                                    () -> {
                                      if (fails[0]) {
                                        throw thrown;
                                      }
                                      return false;
                                    })))));
    settle();
    fails[0] = true;
    withLock(condition::signal);
    assertSame(
        thrown, assertThrows(IllegalArgumentException.class, () -> loop.runUntilComplete(task)));
    assertEquals("AsyncCondition[unlocked]", condition.toString());
  }

  @Test
  void COND_05_whenTrueWithoutTheLockGivesWhatHoldsAtOnceElseFails() {
    assertTrue(run(() -> await(condition.whenTrue(() -> true))));
    assertThrows(
        IllegalStateException.class, () -> run(() -> await(condition.whenTrue(() -> false))));
    assertThrows(NullPointerException.class, () -> condition.whenTrue(null));
  }

  @Test
  void COND_06_aWaiterThatIsCancelledComesOutHoldingTheLock() {
    Task<Void> task =
        loop.createTask(
            coroVoid(
                () -> {
                  await(condition.acquire());
                  try {
                    await(condition.whenSignalled());
                  } catch (CancelledError e) {
                    log.add(condition.toString());
                    condition.release();
                    throw e;
                  }
                }));
    settle();
    assertEquals("AsyncCondition[unlocked, waiters=1]", condition.toString());
    task.cancel();
    settle();
    assertTrue(task.isCancelled());
    assertEquals(List.of("AsyncCondition[locked]"), log);
    assertEquals("AsyncCondition[unlocked]", condition.toString());
  }

  @Test
  void COND_06_aWaiterThatIsCancelledWaitsForTheLockHoweverOftenItIsCancelled() {
    Task<Void> task =
        loop.createTask(
            coroVoid(
                () ->
                    with(
                        condition,
                        () -> {
                          try {
                            await(condition.whenSignalled());
                          } catch (CancelledError e) {
                            log.add(e.reason());
                            throw e;
                          }
                        })));
    settle();
    acquire();
    for (String reason : List.of("first", "second", "third")) {
      task.cancel(reason);
      settle();
      assertFalse(task.isDone());
    }
    condition.release();
    settle();
    assertTrue(task.isCancelled());
    assertEquals(List.of("third"), log);
    assertEquals(3, task.cancelling());
    assertEquals("AsyncCondition[unlocked]", condition.toString());
  }

  /** The first of two waiters is signalled, and cancelled before it can go on. */
  private void assertSignalIsPassedOn(Consumer<Task<Void>> cancelling) {
    Task<Void> first = waitingInBlock("first");
    Task<Void> second = waitingInBlock("second");
    settle();
    acquire();
    condition.signal();
    cancelling.accept(first);
    condition.release();
    loop.runUntilComplete(second);
    assertTrue(first.isCancelled());
    assertEquals(List.of("second"), log);
    assertEquals("AsyncCondition[unlocked]", condition.toString());
  }

  private Task<Void> waitingInBlock(String name) {
    return loop.createTask(
        coroVoid(
            () ->
                with(
                    condition,
                    () -> {
                      await(condition.whenSignalled());
                      log.add(name);
                    })));
  }

  @Test
  void COND_06_aSignalToATaskCancelledBeforeItRunsIsPassedOn() {
    assertSignalIsPassedOn(Task::cancel);
  }

  @Test
  void COND_06_aSignalToATaskCancelledWhileItTakesTheLockIsPassedOn() {
    assertSignalIsPassedOn(
        task -> {
          settle();
          task.cancel();
          settle();
        });
  }

  @Test
  void COND_06_aSignalToATaskCancelledInThePassInWhichItGetsTheLockIsPassedOn() {
    assertSignalIsPassedOn(
        task -> {
          settle();
          condition.release(); // the lock is on its way to the task
          task.cancel();
          settle();
          acquire();
        });
  }

  @Test
  void COND_06_aCancellationWithoutASignalWakesNobodyElse() {
    Task<Void> first = waitingInBlock("first");
    Task<Void> second = waitingInBlock("second");
    settle();
    first.cancel();
    settle();
    settle();
    assertTrue(first.isCancelled());
    assertFalse(second.isDone());
    assertEquals("AsyncCondition[unlocked, waiters=1]", condition.toString());
    second.cancel();
  }

  @Test
  void COND_06_whateverIsThrownAtAResumePointTheLockIsHeldWhenItComesOut() {
    int[] resumed = {0};
    for (int unlucky = 1; resumed[0] >= unlucky - 1; unlucky++) {
      int chosen = unlucky;
      resumed[0] = 0;
      IllegalArgumentException fault = new IllegalArgumentException("injected");
      loop.injectFaults(
          task -> task.getName().startsWith("waiting") && ++resumed[0] == chosen ? fault : null);
      List<Task<Void>> tasks = List.of(faultyBlock("waiting 1"), faultyBlock("waiting 2"));
      runVoid(
          () -> {
            await(sleep(ms(1)));
            with(
                condition,
                () -> {
                  condition.signalAll();
                  await(sleep(ms(1)));
                });
            await(sleep(ms(1)));
          });
      for (Task<Void> task : tasks) {
        Throwable failure = task.exception();
        assertTrue(failure == null || failure == fault, () -> "failed with " + failure);
      }
      assertEquals("AsyncCondition[unlocked]", condition.toString());
    }
    assertTrue(resumed[0] >= 4, "each waiter is resumed with its signal and with the lock");
  }

  private Task<Void> faultyBlock(String name) {
    return loop.createTask(
        coroVoid(
            () ->
                with(
                    condition,
                    () -> {
                      try {
                        await(condition.whenSignalled());
                      } finally {
                        assertTrue(condition.locked());
                      }
                    })),
        name);
  }

  @Test
  void COND_07_toStringTellsTheStateAndTheWaiters() {
    assertEquals("AsyncCondition[unlocked]", condition.toString());
    acquire();
    assertEquals("AsyncCondition[locked]", condition.toString());
    condition.release();
    waiting("a");
    waiting("b");
    settle();
    assertEquals("AsyncCondition[unlocked, waiters=2]", condition.toString());
    withLock(condition::signal);
    settle();
    assertEquals("AsyncCondition[locked, waiters=1]", condition.toString());
  }

  @Test
  void COND_08_theBlockHoldsTheLock() {
    runVoid(
        () -> {
          with(
              condition,
              () -> {
                assertTrue(condition.locked());
                await(sleep(ms(1)));
                assertTrue(condition.locked());
              });
          assertFalse(condition.locked());
        });
  }

  @Test
  void COND_08_aGivenLockIsShared() {
    AsyncLock lock = new AsyncLock();
    AsyncCondition one = new AsyncCondition(lock);
    AsyncCondition other = new AsyncCondition(lock);
    runVoid(
        () -> {
          with(lock, () -> assertTrue(one.locked() && other.locked()));
          with(one, () -> assertTrue(lock.locked() && other.locked()));
          assertFalse(lock.locked() || one.locked() || other.locked());
        });
    assertThrows(NullPointerException.class, () -> new AsyncCondition(null));
  }

  @Test
  void COND_09_whoHasToWaitOnAnotherLoopIsRefused() {
    AsyncLock lock = new AsyncLock();
    AsyncEvent event = new AsyncEvent();
    AsyncSemaphore semaphore = new AsyncSemaphore(0);
    AsyncBarrier barrier = new AsyncBarrier(2);
    AsyncCondition waitedFor = new AsyncCondition();
    runVoid(
        () -> {
          await(lock.acquire());
          await(waitedFor.acquire());
          assertThrows(AsyncTimeoutException.class, () -> await(waitFor(lock.acquire(), ms(1))));
          assertThrows(AsyncTimeoutException.class, () -> await(waitFor(event.whenSet(), ms(1))));
          assertThrows(
              AsyncTimeoutException.class, () -> await(waitFor(semaphore.acquire(), ms(1))));
          assertThrows(AsyncTimeoutException.class, () -> await(waitFor(barrier.arrive(), ms(1))));
          assertThrows(
              AsyncTimeoutException.class, () -> await(waitFor(waitedFor.whenSignalled(), ms(1))));
        });
    VirtualTimeLoop other = new VirtualTimeLoop();
    for (io.fermata.Coro<?> waiting :
        List.of(
            lock.acquire(),
            new AsyncCondition(lock).acquire(),
            event.whenSet(),
            semaphore.acquire(),
            barrier.arrive(),
            waitedFor.whenSignalled())) {
      IllegalStateException failure =
          assertThrows(IllegalStateException.class, () -> other.runUntilComplete(waiting));
      assertTrue(
          failure.getMessage().contains("is bound to a different event loop"), failure::getMessage);
    }
    assertTrue(waitedFor.locked());
    lock.release();
    assertTrue(other.runUntilComplete(lock.acquire()), "who need not wait does not notice");
    other.close();
  }

  @Test
  void COND_10_aTimeoutInTheBlockLeavesTheLockHeld() {
    runVoid(
        () -> {
          assertThrows(
              AsyncTimeoutException.class,
              () ->
                  with(
                      condition,
                      () -> {
                        try {
                          await(waitFor(condition.whenSignalled(), ms(500)));
                        } finally {
                          log.add(condition.toString());
                        }
                      }));
          assertFalse(condition.locked());
        });
    assertEquals(List.of("AsyncCondition[locked]"), log);
    assertTime(500);
  }
}
