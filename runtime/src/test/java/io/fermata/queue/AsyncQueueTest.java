package io.fermata.queue;

import static io.fermata.Async.sleep;
import static io.fermata.Async.waitFor;
import static io.fermata.Co.await;
import static io.fermata.Co.coro;
import static io.fermata.Co.coroVoid;
import static io.fermata.Co.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.Async;
import io.fermata.AsyncIterator;
import io.fermata.AsyncTimeoutException;
import io.fermata.Coro;
import io.fermata.LoopTests;
import io.fermata.Task;
import io.fermata.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class AsyncQueueTest extends LoopTests {

  private static List<AsyncQueue<Integer>> kinds() {
    return List.of(new AsyncQueue<>(), new AsyncLifoQueue<>(), new AsyncPriorityQueue<>());
  }

  private <T> Task<T> getting(AsyncQueue<T> queue) {
    return loop.createTask(coro(() -> await(queue.get())));
  }

  private <T> Task<Void> putting(AsyncQueue<T> queue, T item) {
    return loop.createTask(coro(() -> await(queue.put(item))));
  }

  @SafeVarargs
  private static <T> AsyncQueue<T> queue(int maxSize, T... items) {
    AsyncQueue<T> queue = new AsyncQueue<>(maxSize);
    for (T item : items) {
      queue.putNow(item);
    }
    return queue;
  }

  private static <T> List<T> drain(AsyncQueue<T> queue) {
    List<T> items = new ArrayList<>();
    while (!queue.isEmpty()) {
      items.add(queue.getNow());
    }
    return items;
  }

  @Test
  void QUEUE_01_eachKindHasItsOrder() {
    List<List<Integer>> expected = List.of(List.of(1, 3, 2), List.of(2, 3, 1), List.of(1, 2, 3));
    for (int i = 0; i < 3; i++) {
      AsyncQueue<Integer> queue = kinds().get(i);
      List.of(1, 3, 2).forEach(queue::putNow);
      assertEquals(expected.get(i), drain(queue));
    }
  }

  @Test
  void QUEUE_01_emptyAndFullTellTheState() {
    AsyncQueue<Integer> queue = new AsyncQueue<>(2);
    assertTrue(queue.isEmpty());
    assertFalse(queue.isFull());
    queue.putNow(1);
    assertFalse(queue.isEmpty() || queue.isFull());
    queue.putNow(2);
    assertTrue(queue.isFull());
    assertEquals(2, queue.size());
    assertEquals(2, queue.maxSize());
    assertFalse(queue(0, 1, 2, 3).isFull());
    assertEquals(0, new AsyncQueue<>(-1).maxSize());
  }

  @Test
  void QUEUE_01_equalPrioritiesComeInTheOrderOfTheirPuts() {
    AsyncQueue<String> queue = new AsyncPriorityQueue<>(Comparator.comparing(s -> s.charAt(0)));
    for (String item : List.of("b1", "a1", "b2", "a2", "b3", "a3", "b4")) {
      queue.putNow(item);
    }
    assertEquals(List.of("a1", "a2", "a3", "b1", "b2", "b3", "b4"), drain(queue));
  }

  @Test
  void QUEUE_01_whatHasNoOrderIsRefusedWhenItIsPut() {
    AsyncQueue<Object> queue = new AsyncPriorityQueue<>(1);
    assertThrows(ClassCastException.class, () -> queue.putNow(new Object()));
    assertTrue(queue.isEmpty());
    assertEquals("AsyncPriorityQueue[maxSize=1]", queue.toString());
    assertThrows(NullPointerException.class, () -> new AsyncPriorityQueue<Integer>(null));
  }

  @Test
  void QUEUE_02_aPutIntoAFullQueueWaitsForRoom() {
    AsyncQueue<Integer> queue = new AsyncQueue<>(2);
    Task<Void> putting =
        loop.createTask(
            coroVoid(
                () -> {
                  for (int i = 1; i <= 3; i++) {
                    await(queue.put(i));
                    log.add(i);
                  }
                }));
    settle();
    assertEquals(List.of(1, 2), log);
    assertEquals(1, run(() -> await(queue.get())));
    settle();
    assertTrue(putting.isDone());
    assertEquals(List.of(2, 3), drain(queue));
  }

  @Test
  void QUEUE_03_whatDoesNotWaitActsAtOnceOrFailsAlsoWithoutALoop() {
    AsyncQueue<Integer> queue = new AsyncQueue<>(1);
    assertThrows(QueueEmpty.class, queue::getNow);
    queue.putNow(1);
    assertThrows(QueueFull.class, () -> queue.putNow(2));
    assertEquals(1, queue.getNow());
    assertThrows(QueueEmpty.class, queue::getNow);
  }

  @Test
  void QUEUE_03_nullCanNotBePut() {
    AsyncQueue<Integer> queue = new AsyncQueue<>();
    assertThrows(NullPointerException.class, () -> queue.putNow(null));
    assertThrows(NullPointerException.class, () -> queue.put(null));
    assertEquals("AsyncQueue[maxSize=0]", queue.toString());
  }

  @Test
  void QUEUE_04_aGetFromAnEmptyQueueWaitsForAnItem() {
    AsyncQueue<Integer> queue = new AsyncQueue<>();
    loop.callLater(ms(10), () -> queue.putNow(1));
    assertEquals(1, run(() -> await(queue.get())));
    assertTime(10);
    Task<Integer> getting = getting(queue);
    settle();
    assertFalse(getting.isDone());
    putting(queue, 2);
    assertEquals(2, loop.runUntilComplete(getting));
  }

  @Test
  void QUEUE_04_whatNeedNotWaitDoesNotSuspend() {
    AsyncQueue<Integer> queue = new AsyncQueue<>(1);
    Task<Void> put = putting(queue, 1);
    pass();
    assertTrue(put.isDone());
    Task<Integer> get = getting(queue);
    pass();
    assertEquals(1, get.result());
  }

  @Test
  void QUEUE_04_nothingHappensBeforeItIsAwaited() {
    AsyncQueue<Integer> queue = queue(0, 1);
    queue.get().close();
    queue.put(2).close();
    queue.join().close();
    assertEquals(List.of(1), drain(queue));
  }

  @Test
  void QUEUE_04_aCancelledGetAfterATimeoutTakesNothing() {
    AsyncQueue<Integer> queue = new AsyncQueue<>();
    runVoid(
        () -> {
          assertThrows(AsyncTimeoutException.class, () -> await(waitFor(queue.get(), ms(10))));
          await(queue.put(1));
          assertEquals(1, await(queue.get()));
        });
  }

  @Test
  void QUEUE_05_waitingPutsComeInTheirOrder() {
    AsyncQueue<Integer> queue = queue(1, 1);
    Task<Void> second = putting(queue, 2);
    Task<Void> third = putting(queue, 3);
    settle();
    assertEquals(1, queue.getNow());
    settle();
    assertTrue(second.isDone());
    assertFalse(third.isDone());
    assertEquals(2, queue.getNow());
    settle();
    assertTrue(third.isDone());
    assertEquals(List.of(3), drain(queue));
  }

  @Test
  void QUEUE_06_producerAndConsumerComeToAnEnd() {
    AsyncQueue<Integer> queue = new AsyncQueue<>(1);
    Task<Void> producer =
        loop.createTask(
            coroVoid(
                () -> {
                  for (int i = 0; i < 5; i++) {
                    await(queue.put(i));
                  }
                }));
    runVoid(
        () -> {
          for (int i = 0; i < 5; i++) {
            log.add(await(queue.get()));
          }
        });
    assertTrue(producer.isDone());
    assertEquals(List.of(0, 1, 2, 3, 4), log);
  }

  @Test
  void QUEUE_06_oneReaderDrainsWhatFourPuttersFill() {
    AsyncQueue<Integer> queue = new AsyncQueue<>(2);
    List<Task<Void>> putters = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      putters.add(putting(queue, i));
    }
    settle();
    runVoid(
        () -> {
          await(sleep(ms(10)));
          for (int i = 0; i < 4; i++) {
            log.add(queue.getNow());
            await(sleep(Duration.ZERO));
          }
        });
    assertTrue(putters.stream().allMatch(Task::isDone));
    assertEquals(List.of(0, 1, 2, 3), log);
  }

  @Test
  void QUEUE_06_aWokenGetWhoseItemWasTakenWaitsAgainWhereItStood() {
    AsyncQueue<Integer> queue = new AsyncQueue<>();
    Task<Integer> first = getting(queue);
    Task<Integer> second = getting(queue);
    settle();
    queue.putNow(1);
    assertEquals(1, queue.getNow());
    settle();
    assertFalse(first.isDone() || second.isDone());
    queue.putNow(2);
    settle();
    assertEquals(2, first.result());
    queue.putNow(3);
    settle();
    assertEquals(3, second.result());
  }

  @Test
  void QUEUE_06_aWokenPutWhosePlaceWasTakenWaitsAgainWhereItStood() {
    AsyncQueue<Integer> queue = queue(1, 1);
    Task<Void> second = putting(queue, 2);
    putting(queue, 3);
    settle();
    queue.getNow();
    queue.putNow(10);
    settle();
    assertFalse(second.isDone());
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      order.add(queue.getNow());
      settle();
    }
    assertEquals(List.of(10, 2, 3), order);
  }

  @Test
  void QUEUE_06_whoComesLaterWaitsBehindAWokenGet() {
    AsyncQueue<Integer> queue = new AsyncQueue<>();
    Task<Integer> first = getting(queue);
    settle();
    Task<Integer> newcomer = getting(queue);
    queue.putNow(1);
    settle();
    assertEquals(1, first.result());
    assertFalse(newcomer.isDone());
    queue.putNow(2);
    settle();
    assertEquals(2, newcomer.result());
  }

  @Test
  void QUEUE_06_whoStoodBehindAWokenGetIsServedWhenThereIsEnough() {
    AsyncQueue<Integer> queue = new AsyncQueue<>();
    Task<Integer> first = getting(queue);
    settle();
    Task<Integer> newcomer = getting(queue);
    queue.putNow(1);
    queue.putNow(2);
    settle();
    settle();
    assertEquals(1, first.result());
    assertEquals(2, newcomer.result());
  }

  @Test
  void QUEUE_07_anItemGoesToTheSecondGetWhenTheFirstIsCancelled() {
    for (boolean cancelBefore : List.of(true, false)) {
      AsyncQueue<Integer> queue = new AsyncQueue<>();
      Task<Integer> first = getting(queue);
      Task<Integer> second = getting(queue);
      settle();
      if (cancelBefore) {
        first.cancel();
        queue.putNow(1);
      } else {
        queue.putNow(1);
        first.cancel(); // the wake-up is on its way to it, and is passed on
      }
      settle();
      settle();
      assertTrue(first.isCancelled());
      assertEquals(1, second.result());
      assertTrue(queue.isEmpty());
    }
  }

  @Test
  void QUEUE_08_aPutThatIsCancelledInThePassInWhichThereIsRoomPutsNothing() {
    AsyncQueue<Integer> queue = queue(1, 1);
    Task<Void> putting = putting(queue, 2);
    settle();
    assertEquals(1, queue.getNow());
    putting.cancel();
    settle();
    assertTrue(putting.isCancelled());
    assertTrue(queue.isEmpty());
    queue.putNow(2);
    assertEquals(List.of(2), drain(queue));
  }

  @Test
  void QUEUE_08_aPutThatIsCancelledAfterItsWakeUpLeavesThePlaceToTheNext() {
    AsyncQueue<Integer> queue = queue(1, 1);
    Task<Void> second = putting(queue, 2);
    Task<Void> third = putting(queue, 3);
    settle();
    queue.getNow();
    second.cancel();
    settle();
    settle();
    assertTrue(second.isCancelled());
    assertTrue(third.isDone());
    assertEquals(List.of(3), drain(queue));
  }

  @Test
  void QUEUE_08_aPutWhoseItemIsRefusedLeavesThePlaceToTheNext() {
    AsyncQueue<Object> queue = new AsyncPriorityQueue<>(1);
    queue.putNow(1);
    Task<Void> refused = putting(queue, new Object());
    Task<Void> next = putting(queue, 2);
    settle();
    queue.getNow();
    settle();
    settle();
    assertInstanceOf(ClassCastException.class, refused.exception());
    assertTrue(next.isDone());
    assertEquals(List.of(2), drain(queue));
  }

  @Test
  void QUEUE_09_waitsThatEndByTimeoutOrCancellationLeaveNothingBehind() {
    AsyncQueue<Integer> empty = new AsyncQueue<>(1);
    AsyncQueue<Integer> full = queue(1, 1);
    runVoid(
        () -> {
          for (int i = 0; i < 3; i++) {
            assertThrows(AsyncTimeoutException.class, () -> await(waitFor(empty.get(), ms(10))));
            assertThrows(AsyncTimeoutException.class, () -> await(waitFor(full.put(2), ms(10))));
          }
        });
    Task<Integer> getting = getting(empty);
    Task<Void> putting = putting(full, 2);
    settle();
    assertEquals("AsyncQueue[maxSize=1, getters=1]", empty.toString());
    assertEquals("AsyncQueue[maxSize=1, items=[1], putters=1, unfinished=1]", full.toString());
    getting.cancel();
    putting.cancel();
    settle();
    assertEquals("AsyncQueue[maxSize=1]", empty.toString());
    assertEquals("AsyncQueue[maxSize=1, items=[1], unfinished=1]", full.toString());
  }

  @Test
  void QUEUE_10_moreTaskDoneThanItemsIsAnError() {
    for (AsyncQueue<Integer> queue : kinds()) {
      assertThrows(IllegalStateException.class, queue::taskDone);
      queue.putNow(1);
      queue.taskDone();
      assertThrows(IllegalStateException.class, queue::taskDone);
    }
  }

  @Test
  void QUEUE_11_joinOfAQueueWithNothingToDoReturnsAtOnce() {
    for (AsyncQueue<Integer> queue : kinds()) {
      for (int i = 0; i < 2; i++) {
        Task<Void> joining = loop.createTask(coro(() -> await(queue.join())));
        pass();
        assertTrue(joining.isDone());
      }
    }
  }

  @Test
  void QUEUE_11_joinReturnsAfterTheLastTaskDone() {
    for (AsyncQueue<Integer> queue : kinds()) {
      int[] sum = {0};
      int[] done = {0};
      for (int i = 0; i < 100; i++) {
        queue.putNow(i);
      }
      List<Task<Void>> workers = new ArrayList<>();
      for (int w = 0; w < 2; w++) {
        workers.add(
            loop.createTask(
                coroVoid(
                    () -> {
                      for (; ; ) {
                        sum[0] += await(queue.get());
                        await(sleep(ms(1)));
                        done[0]++;
                        queue.taskDone();
                      }
                    })));
      }
      loop.runUntilComplete(queue.join());
      assertEquals(100, done[0]);
      assertEquals(99 * 50, sum[0]);
      workers.forEach(Task::cancel);
      settle();
      loop.runUntilComplete(queue.join());
    }
  }

  @Test
  void QUEUE_12_toStringTellsAll() {
    assertEquals("AsyncQueue[maxSize=0]", new AsyncQueue<Integer>().toString());
    assertEquals("AsyncLifoQueue[maxSize=3]", new AsyncLifoQueue<Integer>(3).toString());
    assertEquals("AsyncPriorityQueue[maxSize=2]", new AsyncPriorityQueue<Integer>(2).toString());
    AsyncQueue<Integer> queue = queue(2, 1, 2);
    assertEquals("AsyncQueue[maxSize=2, items=[1, 2], unfinished=2]", queue.toString());
    putting(queue, 3);
    settle();
    assertEquals("AsyncQueue[maxSize=2, items=[1, 2], putters=1, unfinished=2]", queue.toString());
    queue.shutdown();
    settle();
    assertEquals("AsyncQueue[maxSize=2, items=[1, 2], unfinished=2, shutdown]", queue.toString());
    AsyncPriorityQueue<String> jobs = new AsyncPriorityQueue<>();
    jobs.putNow("b");
    jobs.putNow("a");
    assertEquals("AsyncPriorityQueue[maxSize=0, items=[a, b], unfinished=2]", jobs.toString());
  }

  @Test
  void QUEUE_13_shuttingAnEmptyQueueDownEndsAllWaiting() {
    for (AsyncQueue<Integer> queue : kinds()) {
      Task<Integer> getting = getting(queue);
      settle();
      queue.shutdown();
      queue.shutdown();
      assertTrue(queue.isShutDown());
      pass();
      assertInstanceOf(QueueShutDown.class, getting.exception());
      loop.runUntilComplete(queue.join());
      assertAllShutDown(queue);
    }
  }

  private void assertAllShutDown(AsyncQueue<Integer> queue) {
    assertThrows(QueueShutDown.class, () -> queue.putNow(1));
    assertThrows(QueueShutDown.class, queue::getNow);
    assertThrows(QueueShutDown.class, () -> loop.runUntilComplete(queue.put(1)));
    assertThrows(QueueShutDown.class, () -> loop.runUntilComplete(queue.get()));
  }

  @Test
  void QUEUE_13_whatIsInAQueueThatIsShutDownCanStillBeTaken() {
    for (AsyncQueue<Integer> queue : kinds()) {
      queue.putNow(1);
      queue.putNow(2);
      queue.shutdown();
      assertThrows(QueueShutDown.class, () -> queue.putNow(3));
      Task<Void> joining = loop.createTask(coro(() -> await(queue.join())));
      run(() -> await(queue.get()));
      queue.getNow();
      assertAllShutDown(queue);
      assertFalse(joining.isDone());
      queue.taskDone();
      queue.taskDone();
      settle();
      assertTrue(joining.isDone());
    }
  }

  @Test
  void QUEUE_13_waitingPutsFailWhenTheQueueIsShutDown() {
    for (boolean roomMade : List.of(false, true)) {
      AsyncQueue<Integer> queue = queue(1, 1);
      Task<Void> second = putting(queue, 2);
      Task<Void> third = putting(queue, 3);
      settle();
      if (roomMade) {
        queue.getNow();
      }
      queue.shutdown();
      Task<Void> later = putting(queue, 4);
      pass();
      for (Task<Void> task : List.of(second, third, later)) {
        assertInstanceOf(QueueShutDown.class, task.exception());
      }
    }
  }

  @Test
  void QUEUE_13_getsThatWaitWhenItemsComeAndTheQueueIsShutDownShareThemInOrder() {
    AsyncQueue<Integer> queue = new AsyncQueue<>();
    Task<Integer> first = getting(queue);
    Task<Integer> second = getting(queue);
    Task<Integer> third = getting(queue);
    settle();
    Task<Integer> newcomer = getting(queue);
    queue.putNow(1);
    queue.putNow(2);
    queue.shutdown();
    settle();
    settle();
    assertEquals(1, first.result());
    assertEquals(2, second.result());
    assertInstanceOf(QueueShutDown.class, third.exception());
    assertInstanceOf(QueueShutDown.class, newcomer.exception());
  }

  @Test
  void QUEUE_14_shuttingDownNowDropsWhatIsLeft() {
    for (AsyncQueue<Integer> queue : kinds()) {
      queue.putNow(1);
      Task<Void> joining = loop.createTask(coro(() -> await(queue.join())));
      settle();
      assertFalse(joining.isDone());
      queue.shutdownNow();
      assertTrue(queue.isEmpty());
      settle();
      assertTrue(joining.isDone());
      assertAllShutDown(queue);
      assertThrows(IllegalStateException.class, queue::taskDone);
    }
  }

  @Test
  void QUEUE_14_shuttingDownNowAfterShuttingDownWaitsOnlyForWhatWasTaken() {
    AsyncQueue<Integer> queue = queue(0, 1, 2, 3);
    queue.getNow();
    queue.shutdown();
    Task<Void> joining = loop.createTask(coro(() -> await(queue.join())));
    settle();
    queue.shutdownNow();
    settle();
    assertFalse(joining.isDone());
    queue.taskDone();
    settle();
    assertTrue(joining.isDone());
  }

  @Test
  void QUEUE_14_shuttingDownNowFailsWaitingPuts() {
    AsyncQueue<Integer> queue = queue(1, 1);
    Task<Void> putting = putting(queue, 2);
    settle();
    queue.shutdownNow();
    settle();
    assertInstanceOf(QueueShutDown.class, putting.exception());
    assertEquals("AsyncQueue[maxSize=1, shutdown]", queue.toString());
  }

  @Test
  void iterationsShareTheItemsOutAndEndWhenTheQueueIsShutDown() {
    AsyncQueue<Integer> queue = new AsyncQueue<>(2);
    List<Task<Void>> workers = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      workers.add(
          loop.createTask(
              coroVoid(
                  () ->
                      each(
                          queue,
                          item -> {
                            log.add(name + item);
                            await(sleep(ms(10)));
                            queue.taskDone();
                          }))));
    }
    runVoid(
        () -> {
          for (int i = 0; i < 6; i++) {
            await(queue.put(i));
          }
          await(queue.join());
          queue.shutdown();
        });
    settle();
    assertTrue(workers.stream().allMatch(Task::isDone));
    assertEquals(List.of("a0", "b1", "a2", "b3", "a4", "b5"), log);
  }

  @Test
  void anIterationWithoutACurrentItemSaysSo() {
    AsyncQueue<Integer> queue = queue(0, 1);
    AsyncIterator<Integer> iterator = queue.asyncIterator();
    assertThrows(NoSuchElementException.class, iterator::current);
    assertTrue(loop.runUntilComplete(iterator.moveNext()));
    assertEquals(1, iterator.current());
    queue.shutdown();
    assertFalse(loop.runUntilComplete(iterator.moveNext()));
    assertThrows(NoSuchElementException.class, iterator::current);
    assertThrows(IllegalStateException.class, queue::iterator);
  }

  @Test
  void whoHasToWaitOnAnotherLoopIsRefused() {
    AsyncQueue<Integer> queue = queue(1, 1);
    runVoid(
        () ->
            assertThrows(AsyncTimeoutException.class, () -> await(waitFor(queue.put(2), ms(10)))));
    VirtualTimeLoop other = new VirtualTimeLoop();
    assertEquals(1, other.runUntilComplete(queue.get()), "who need not wait does not notice");
    Coro<Integer> waiting = queue.get();
    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> other.runUntilComplete(waiting));
    assertTrue(failure.getMessage().contains("is bound to a different event loop"));
    other.close();
  }

  @Test
  void aQueueErrorShowsTheMethodThatTheUserAwaited() {
    AsyncQueue<Integer> queue = new AsyncQueue<>();
    queue.shutdown();
    QueueShutDown failure = assertThrows(QueueShutDown.class, () -> run(() -> await(queue.get())));
    List<String> methods = new ArrayList<>();
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith("io.fermata.queue.AsyncQueue")
          && !frame.getClassName().endsWith("Test")) {
        methods.add(frame.getMethodName());
      }
    }
    assertTrue(methods.contains("get"), methods::toString);
  }

  @Test
  void callGraphsTellWhatIsWaitedFor() {
    runVoid(
        () -> {
          AsyncQueue<Integer> queue = queue(1);
          Task<Integer> getting = getting(queue);
          await(sleep(Duration.ZERO));
          assertEquals(
              "an item of AsyncQueue[maxSize=1, getters=1]",
              Async.captureCallGraph(getting).waitsFor());
          queue.putNow(1);
          await(getting);
          queue.putNow(2);
          Task<Void> putting = putting(queue, 3);
          await(sleep(Duration.ZERO));
          assertEquals(
              "room in AsyncQueue[maxSize=1, items=[2], putters=1, unfinished=2]",
              Async.captureCallGraph(putting).waitsFor());
          queue.getNow();
          await(putting);
        });
  }
}
