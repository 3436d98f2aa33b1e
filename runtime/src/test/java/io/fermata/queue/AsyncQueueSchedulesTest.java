package io.fermata.queue;

import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.sync.Schedules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds in whatever order tasks run, and whenever they are cancelled. */
@Timeout(120)
class AsyncQueueSchedulesTest {

  /** Three producers, three consumers; what was put is taken, once. */
  private static Schedules.Scenario exchange(Supplier<AsyncQueue<Integer>> queues) {
    return schedule -> {
      AsyncQueue<Integer> queue = queues.get();
      Set<Integer> put = new TreeSet<>();
      List<Integer> taken = new ArrayList<>();
      for (int p = 0; p < 3; p++) {
        int first = 10 * p;
        schedule.start(
            "producer " + p,
            () -> {
              for (int item = first; item < first + 3; item++) {
                schedule.pause();
                await(queue.put(item));
                put.add(item);
              }
            });
      }
      for (int c = 0; c < 3; c++) {
        schedule.start("consumer " + c, () -> consume(queue, taken, schedule));
      }
      schedule.othersAreSafe();
      // Outlives the others, so that no producer is stuck when all consumers are cancelled.
      schedule.start("reader", () -> consume(queue, taken, schedule));
      schedule.start(
          "end",
          () -> {
            await(sleep(Duration.ofMillis(1))); // when nothing moves any more
            await(queue.join());
            queue.shutdown();
          });
      return () -> {
        assertEquals(new ArrayList<>(put), taken.stream().sorted().toList());
        assertEquals(
            "[maxSize=" + queue.maxSize() + ", shutdown]",
            queue.toString().replaceFirst("^[A-Za-z]+", ""));
      };
    };
  }

  private static void consume(AsyncQueue<Integer> queue, List<Integer> taken, Schedules schedule) {
    try {
      for (; ; ) {
        taken.add(await(queue.get()));
        queue.taskDone();
        schedule.pause();
      }
    } catch (QueueShutDown e) {
      assertTrue(queue.isEmpty());
    }
  }

  private static final Schedules.Scenario NARROW = exchange(() -> new AsyncQueue<>(1));
  private static final Schedules.Scenario STACK = exchange(() -> new AsyncLifoQueue<>(2));
  private static final Schedules.Scenario HEAP = exchange(() -> new AsyncPriorityQueue<>(0));

  @Test
  void nothingIsLostOrDoubledAndNobodyIsForgottenInAnyOrder() {
    Schedules.shuffledAndCancelled(NARROW);
    Schedules.shuffledAndCancelled(STACK);
    Schedules.shuffledAndCancelled(HEAP);
  }

  @Test
  void nothingIsLostOrDoubledWheneverATaskIsCancelled() {
    Schedules.cancelledAtEachMoment(NARROW);
  }
}
