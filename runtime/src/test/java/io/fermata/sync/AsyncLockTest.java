package io.fermata.sync;

import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;
import static io.fermata.Async.waitFor;
import static io.fermata.Co.await;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.AsyncTimeoutException;
import io.fermata.LoopTests;
import io.fermata.Task;
import io.fermata.testing.VirtualTimeLoop;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncLockTest extends LoopTests {
  private final AsyncLock lock = new AsyncLock();

  /** A task that notes when it has the lock, and keeps it. */
  private Task<Void> acquiring(String name) {
    return loop.createTask(
        coroVoid(
            () -> {
              assertTrue(await(lock.acquire()));
              log.add(name);
            }),
        name);
  }

  private void acquire() {
    assertTrue(run(() -> await(lock.acquire())));
  }

  @Test
  void LOCK_01_aFreeLockIsTakenWithoutSuspending() {
    Task<Void> task = acquiring("a");
    pass();
    assertTrue(task.isDone());
    assertTrue(lock.locked());
  }

  @Test
  void LOCK_01_releaseHandsTheLockToTheWaitersInOrderOneForEachRelease() {
    acquire();
    acquiring("b");
    acquiring("c");
    acquiring("d");
    settle();
    assertEquals(List.of(), log);
    for (List<String> expected : List.of(List.of("b"), List.of("b", "c"), List.of("b", "c", "d"))) {
      lock.release();
      settle();
      assertEquals(expected, log);
      assertTrue(lock.locked());
    }
  }

  @Test
  void LOCK_01_aNewcomerDoesNotGoAheadOfATaskThatIsAboutToGetTheLock() {
    acquire();
    Task<Void> waiting = acquiring("waiting");
    settle();
    Task<Void> newcomer = acquiring("newcomer");
    lock.release();
    settle();
    assertEquals(List.of("waiting"), log);
    assertTrue(waiting.isDone());
    assertFalse(newcomer.isDone());
    lock.release();
    settle();
    assertEquals(List.of("waiting", "newcomer"), log);
  }

  @Test
  void LOCK_01_acquiringBeginsWhenItIsAwaited() {
    lock.acquire().close();
    assertFalse(lock.locked());
  }

  @Test
  void LOCK_02_toStringTellsTheStateAndTheWaiters() {
    assertEquals("AsyncLock[unlocked]", lock.toString());
    acquire();
    assertEquals("AsyncLock[locked]", lock.toString());
    Task<Void> waiting = acquiring("b");
    acquiring("c");
    settle();
    assertEquals("AsyncLock[locked, waiters=2]", lock.toString());
    waiting.cancel();
    settle();
    assertEquals("AsyncLock[locked, waiters=1]", lock.toString());
    lock.release();
    assertEquals("AsyncLock[unlocked, waiters=1]", lock.toString());
    settle();
    assertEquals("AsyncLock[locked]", lock.toString());
  }

  @Test
  void LOCK_03_aWaiterThatIsCancelledLeavesNothingBehind() {
    acquire();
    Task<Void> waiting = acquiring("b");
    settle();
    waiting.cancel();
    settle();
    assertTrue(waiting.isCancelled());
    assertEquals("AsyncLock[locked]", lock.toString());
    lock.release();
    acquire();
  }

  @Test
  void LOCK_04_whenTheFirstWaiterIsCancelledInThePassOfTheReleaseTheSecondGetsTheLock() {
    for (boolean cancelFirst : List.of(true, false)) {
      acquire();
      Task<Void> b = acquiring("b");
      Task<Void> c = acquiring("c");
      settle();
      if (cancelFirst) {
        b.cancel();
        lock.release();
      } else {
        lock.release();
        b.cancel(); // the wake-up is on its way to b, and is passed on
      }
      settle();
      settle();
      assertTrue(b.isCancelled());
      assertTrue(c.isDone() && !c.isCancelled());
      assertTrue(lock.locked());
      lock.release();
      assertEquals("AsyncLock[unlocked]", lock.toString());
    }
    assertEquals(List.of("c", "c"), log);
  }

  @Test
  void aWaiterThatIsCancelledAfterItsWakeUpDoesNotDisturbWhoTookTheLockBefore() {
    acquire();
    Task<Void> b = acquiring("b");
    settle();
    lock.release();
    b.cancel();
    settle();
    acquire();
    Task<Void> c = acquiring("c");
    settle();
    assertFalse(c.isDone());
    lock.release();
    settle();
    assertTrue(c.isDone());
  }

  @Test
  void whenAllWaitersAreCancelledAFreeLockIsTakenAtOnce() {
    acquire();
    Task<Void> b = acquiring("b");
    settle();
    lock.release();
    acquiring("c");
    b.cancel();
    settle();
    settle();
    assertEquals(List.of("c"), log);
  }

  @Test
  void LOCK_04_aCancelledWaiterDoesNotWakeASecondTaskWhileTheLockIsOnItsWayToAnother() {
    acquire();
    Task<Void> b = acquiring("b");
    Task<Void> c = acquiring("c");
    Task<Void> d = acquiring("d");
    settle();
    b.cancel();
    lock.release();
    settle();
    settle();
    assertTrue(b.isCancelled());
    assertTrue(c.isDone());
    assertFalse(d.isDone(), "c holds the lock");
    lock.release();
    settle();
    assertTrue(d.isDone());
  }

  @Test
  void LOCK_05_releasingAFreeLockIsAnError() {
    String message = assertThrows(IllegalStateException.class, lock::release).getMessage();
    assertEquals("AsyncLock[unlocked] can't be released: nobody has acquired it.", message);
    acquire();
    lock.release();
    assertFalse(lock.locked());
    assertThrows(IllegalStateException.class, lock::release);
  }

  @Test
  void LOCK_06_theBlockHoldsTheLockAcrossAnAwait() {
    runVoid(
        () -> {
          with(
              lock,
              () -> {
                assertTrue(lock.locked());
                await(sleep(ms(10)));
                assertTrue(lock.locked());
              });
          assertFalse(lock.locked());
          IllegalArgumentException thrown = new IllegalArgumentException("body");
          assertSame(
              thrown,
              assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      with(
                          lock,
                          () -> {
                            throw thrown;
                          })));
          assertFalse(lock.locked());
        });
  }

  @Test
  void LOCK_06_theBlocksOfTasksExcludeEachOther() {
    runVoid(
        () -> {
          for (String name : List.of("a", "b", "c")) {
            createTask(
                coroVoid(
                    () ->
                        with(
                            lock,
                            () -> {
                              log.add(name + " in");
                              await(sleep(ms(10)));
                              log.add(name + " out");
                            })));
          }
          await(sleep(ms(100)));
        });
    assertEquals(List.of("a in", "a out", "b in", "b out", "c in", "c out"), log);
  }

  @Test
  void leavingABlockWhoseLockWasReleasedInsideIsAnErrorThatKeepsTheBlocksOwn() {
    IllegalArgumentException thrown = new IllegalArgumentException("body");
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class,
            () ->
                runVoid(
                    () ->
                        with(
                            lock,
                            () -> {
                              lock.release();
                              throw thrown;
                            })));
    assertSame(thrown, failure.getSuppressed()[0]);
  }

  @Test
  void theScopeOutsideOfACoroutineSaysWhatIsWrong() {
    assertThrows(IllegalStateException.class, lock::close);
    assertFalse(lock.locked());
  }

  @Test
  void aTimeoutInAcquireLeavesTheLockToItsHolder() {
    runVoid(
        () -> {
          await(lock.acquire());
          assertThrows(AsyncTimeoutException.class, () -> await(waitFor(lock.acquire(), ms(10))));
          assertEquals("AsyncLock[locked]", lock.toString());
        });
  }

  @Test
  void aTaskWaitsWithItsLineInAcquire() {
    acquire();
    Task<Void> waiting = acquiring("b");
    settle();
    StackTraceElement innermost = waiting.getStack().get(waiting.getStack().size() - 1);
    assertEquals("io.fermata.sync.AsyncLock", innermost.getClassName());
    assertEquals("acquire", innermost.getMethodName());
  }

  @Test
  void aMisuseShowsTheUsersFramesAndNoneOfTheMachinery() {
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class,
            () -> runVoid(() -> await(new AsyncCondition(lock).whenSignalled())));
    for (StackTraceElement frame : failure.getStackTrace()) {
      assertFalse(frame.getClassName().contains("$WhenSignalled"), frame.toString());
    }
    assertNull(failure.getCause());
  }

  @Test
  void theLockMayBeUsedOnAnotherLoopAsLongAsNobodyHasToWait() {
    acquire();
    lock.release();
    VirtualTimeLoop other = new VirtualTimeLoop();
    assertTrue(other.runUntilComplete(lock.acquire()));
    other.close();
  }

  @Test
  void callGraphsTellWhatIsWaitedFor() {
    acquire();
    runVoid(
        () -> {
          AsyncEvent event = new AsyncEvent();
          Task<Void> locking = acquiring("b");
          Task<Boolean> watching = createTask(event.whenSet());
          await(sleep(ms(0)));
          assertEquals("AsyncLock[locked, waiters=1]", Async.captureCallGraph(locking).waitsFor());
          assertEquals("AsyncEvent[unset, waiters=1]", Async.captureCallGraph(watching).waitsFor());
          lock.release();
          event.set();
          await(locking);
          assertTrue(await(watching));
        });
  }
}
