package io.fermata.sync;

import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.LoopTests;
import io.fermata.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncSemaphoreTest extends LoopTests {

  private Task<Void> acquiring(AsyncSemaphore semaphore, String name) {
    return loop.createTask(
        coroVoid(
            () -> {
              assertTrue(await(semaphore.acquire()));
              log.add(name);
            }));
  }

  private void acquire(AsyncSemaphore semaphore) {
    assertTrue(run(() -> await(semaphore.acquire())));
  }

  @Test
  void SEM_01_theInitialValueIsOneByDefaultAndNeverNegative() {
    assertEquals("AsyncSemaphore[unlocked, value=1]", new AsyncSemaphore().toString());
    assertEquals(
        "AsyncBoundedSemaphore[unlocked, value=1]", new AsyncBoundedSemaphore().toString());
    assertTrue(new AsyncSemaphore(0).locked());
    assertTrue(new AsyncBoundedSemaphore(0).locked());
    assertThrows(IllegalArgumentException.class, () -> new AsyncSemaphore(-1));
    assertThrows(IllegalArgumentException.class, () -> new AsyncBoundedSemaphore(-1));
  }

  @Test
  void SEM_01_aSemaphoreThatBeginsWithNothingWaitsForARelease() {
    AsyncSemaphore semaphore = new AsyncSemaphore(0);
    Task<Void> task = acquiring(semaphore, "a");
    settle();
    assertFalse(task.isDone());
    semaphore.release();
    settle();
    assertTrue(task.isDone());
  }

  @Test
  void SEM_02_threeGoThroughAndOthersWaitInOrder() {
    AsyncSemaphore semaphore = new AsyncSemaphore(3);
    for (int i = 0; i < 3; i++) {
      assertFalse(semaphore.locked());
      Task<Void> task = acquiring(semaphore, "free");
      pass();
      assertTrue(task.isDone());
    }
    assertTrue(semaphore.locked());
    log.clear();
    Task<Void> a = acquiring(semaphore, "a");
    Task<Void> b = acquiring(semaphore, "b");
    Task<Void> c = acquiring(semaphore, "c");
    settle();
    assertEquals(List.of(), log);
    semaphore.release();
    semaphore.release();
    assertTrue(semaphore.locked(), "a permit that goes to a waiter is not free in between");
    settle();
    assertEquals(List.of("a", "b"), log);
    assertTrue(a.isDone() && b.isDone());
    assertFalse(c.isDone());
    assertTrue(semaphore.locked());
    semaphore.release();
    settle();
    assertTrue(c.isDone());
  }

  @Test
  void SEM_02_aNewcomerWaitsBehindTasksThatAreAboutToGoOn() {
    AsyncSemaphore semaphore = new AsyncSemaphore(1);
    acquire(semaphore);
    acquiring(semaphore, "waiting");
    settle();
    acquiring(semaphore, "newcomer");
    semaphore.release();
    semaphore.release(); // enough for both
    settle();
    settle();
    assertEquals(List.of("waiting", "newcomer"), log);
    assertTrue(semaphore.locked());
  }

  @Test
  void SEM_03_aWaiterThatIsCancelledLeavesNothingBehind() {
    AsyncSemaphore semaphore = new AsyncSemaphore(1);
    acquire(semaphore);
    Task<Void> task = acquiring(semaphore, "a");
    settle();
    task.cancel();
    settle();
    assertTrue(task.isCancelled());
    assertEquals("AsyncSemaphore[locked]", semaphore.toString());
    semaphore.release();
    assertEquals("AsyncSemaphore[unlocked, value=1]", semaphore.toString());
  }

  @Test
  void SEM_03_aWaiterThatIsCancelledAfterItsWakeUpPassesThePermitOn() {
    AsyncSemaphore semaphore = new AsyncSemaphore(1);
    acquire(semaphore);
    Task<Void> a = acquiring(semaphore, "a");
    Task<Void> b = acquiring(semaphore, "b");
    settle();
    semaphore.release();
    a.cancel();
    settle();
    settle();
    assertTrue(a.isCancelled());
    assertTrue(b.isDone() && !b.isCancelled());
    assertEquals("AsyncSemaphore[locked]", semaphore.toString());
  }

  @Test
  void SEM_03_aWaiterThatIsCancelledAfterItsWakeUpGivesThePermitBack() {
    AsyncSemaphore semaphore = new AsyncSemaphore(1);
    acquire(semaphore);
    Task<Void> a = acquiring(semaphore, "a");
    settle();
    semaphore.release();
    a.cancel();
    settle();
    assertEquals("AsyncSemaphore[unlocked, value=1]", semaphore.toString());
  }

  @Test
  void SEM_04_aReleaseTooManyIsAnErrorOfTheBoundedOneOnly() {
    AsyncBoundedSemaphore bounded = new AsyncBoundedSemaphore(2);
    IllegalStateException failure = assertThrows(IllegalStateException.class, bounded::release);
    assertEquals(
        "AsyncBoundedSemaphore[unlocked, value=2] was released too often: all of its 2 permits"
            + " are there.",
        failure.getMessage());
    acquire(bounded);
    bounded.release();
    assertThrows(IllegalStateException.class, bounded::release);

    AsyncSemaphore semaphore = new AsyncSemaphore(0);
    semaphore.release();
    assertFalse(semaphore.locked());
    semaphore.release();
    assertEquals("AsyncSemaphore[unlocked, value=2]", semaphore.toString());
  }

  @Test
  void SEM_04_theNumberOfPermitsDoesNotOverflow() {
    AsyncSemaphore semaphore = new AsyncSemaphore(Integer.MAX_VALUE);
    assertThrows(IllegalStateException.class, semaphore::release);
  }

  @Test
  void SEM_05_threeTasksTakeTurns() {
    AsyncSemaphore semaphore = new AsyncSemaphore(1);
    List<Task<Void>> tasks = new ArrayList<>();
    for (int tag : List.of(1, 2, 3)) {
      tasks.add(
          loop.createTask(
              coroVoid(
                  () -> {
                    for (int i = 0; i < 2; i++) {
                      await(semaphore.acquire());
                      await(sleep(ms(10)));
                      log.add(tag);
                      semaphore.release();
                    }
                  })));
    }
    tasks.forEach(loop::runUntilComplete);
    assertEquals(List.of(1, 2, 3, 1, 2, 3), log);
  }

  @Test
  void SEM_06_whoReleasesAndAcquiresAgainComesLast() {
    AsyncSemaphore semaphore = new AsyncSemaphore(1);
    Task<Void> c1 =
        loop.createTask(
            coroVoid(
                () -> {
                  await(semaphore.acquire());
                  log.add(1);
                }));
    Task<Void> c2 =
        loop.createTask(
            coroVoid(
                () -> {
                  await(semaphore.acquire());
                  log.add(2);
                  semaphore.release();
                  await(semaphore.acquire());
                  log.add(4);
                }));
    Task<Void> c3 =
        loop.createTask(
            coroVoid(
                () -> {
                  await(semaphore.acquire());
                  log.add(3);
                  semaphore.release();
                }));
    loop.runUntilComplete(c1);
    settle();
    semaphore.release();
    loop.runUntilComplete(c2);
    loop.runUntilComplete(c3);
    assertEquals(List.of(1, 2, 3, 4), log);
  }

  @Test
  void SEM_07_theFirstWaiterIsCancelledAndTheOthersGoOnInOrder() {
    AsyncSemaphore semaphore = new AsyncSemaphore(0);
    Task<Void> c1 = acquiring(semaphore, "c1");
    Task<Void> c2 = acquiring(semaphore, "c2");
    Task<Void> c3 = acquiring(semaphore, "c3");
    settle();
    c1.cancel();
    pass();
    semaphore.release();
    semaphore.release();
    settle();
    assertTrue(c1.isCancelled());
    assertTrue(c2.isDone() && c3.isDone());
    assertEquals(List.of("c2", "c3"), log);
  }

  @Test
  void SEM_08_toStringTellsTheValueAndTheWaiters() {
    AsyncSemaphore semaphore = new AsyncSemaphore(2);
    assertEquals("AsyncSemaphore[unlocked, value=2]", semaphore.toString());
    acquire(semaphore);
    assertEquals("AsyncSemaphore[unlocked, value=1]", semaphore.toString());
    acquire(semaphore);
    assertEquals("AsyncSemaphore[locked]", semaphore.toString());
    acquiring(semaphore, "a");
    acquiring(semaphore, "b");
    settle();
    assertEquals("AsyncSemaphore[locked, waiters=2]", semaphore.toString());
  }

  @Test
  void LOCK_06_theBlockHoldsAPermit() {
    for (AsyncSemaphore semaphore : List.of(new AsyncSemaphore(2), new AsyncBoundedSemaphore(2))) {
      runVoid(
          () -> {
            with(
                semaphore,
                () -> {
                  assertFalse(semaphore.locked());
                  await(sleep(Duration.ZERO));
                  with(semaphore, () -> assertTrue(semaphore.locked()));
                });
            assertTrue(semaphore.toString().endsWith("[unlocked, value=2]"));
          });
    }
  }

  @Test
  void manyReleasesInOnePassLetAsManyThrough() {
    AsyncSemaphore semaphore = new AsyncSemaphore(0);
    List<Task<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      tasks.add(acquiring(semaphore, "t" + i));
    }
    settle();
    for (int i = 0; i < 200; i++) {
      semaphore.release();
      if (i % 3 == 0) {
        tasks.get(i).cancel();
      }
    }
    for (int i = 0; i < 5; i++) {
      settle();
    }
    assertTrue(tasks.stream().allMatch(Task::isDone));
    long cancelled = tasks.stream().filter(Task::isCancelled).count();
    assertEquals(67, cancelled);
    assertEquals("AsyncSemaphore[unlocked, value=67]", semaphore.toString());
  }
}
