package io.fermata.sync;

import static io.fermata.Async.sleep;
import static io.fermata.Co.await;
import static io.fermata.Co.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.AsyncScope;
import io.fermata.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds in whatever order tasks run, and whenever they are cancelled. */
@Timeout(120)
class SchedulesTest {

  /** Five tasks enter a block three times each. */
  private static <S extends AsyncScope> Schedules.Scenario blocks(
      Supplier<S> scopes, int atATime, String atTheEnd) {
    return schedule -> {
      S scope = scopes.get();
      int[] inside = {0};
      for (int i = 0; i < 5; i++) {
        schedule.start(
            "block " + i,
            () -> {
              for (int round = 0; round < 3; round++) {
                with(
                    scope,
                    () -> {
                      inside[0]++;
                      try {
                        assertTrue(inside[0] <= atATime, () -> inside[0] + " at a time");
                        schedule.pause();
                      } finally {
                        inside[0]--;
                      }
                    });
                schedule.pause();
              }
            });
      }
      return () -> {
        assertEquals(0, inside[0]);
        assertEquals(atTheEnd, scope.toString());
      };
    };
  }

  private static final Schedules.Scenario LOCK = blocks(AsyncLock::new, 1, "AsyncLock[unlocked]");

  private static final Schedules.Scenario SEMAPHORE =
      blocks(() -> new AsyncSemaphore(2), 2, "AsyncSemaphore[unlocked, value=2]");

  private static final Schedules.Scenario BOUNDED_SEMAPHORE =
      blocks(() -> new AsyncBoundedSemaphore(3), 3, "AsyncBoundedSemaphore[unlocked, value=3]");

  @Test
  void aLockIsHeldByOneAtATime() {
    Schedules.shuffled(LOCK);
    Schedules.shuffledAndCancelled(LOCK);
  }

  @Test
  void aLockIsPassedOnWheneverATaskIsCancelled() {
    Schedules.cancelledAtEachMoment(LOCK);
  }

  @Test
  void aSemaphoreLetsNoMoreInThanItHasPermits() {
    Schedules.shuffled(SEMAPHORE);
    Schedules.shuffledAndCancelled(SEMAPHORE);
    Schedules.shuffledAndCancelled(BOUNDED_SEMAPHORE);
  }

  @Test
  void aPermitIsPassedOnWheneverATaskIsCancelled() {
    Schedules.cancelledAtEachMoment(SEMAPHORE);
    Schedules.cancelledAtEachMoment(BOUNDED_SEMAPHORE);
  }

  /** As many signals as takers: none of them may be lost with a taker that is cancelled. */
  private static Schedules.Scenario tokens(Function<AsyncCondition, Runnable> signalling) {
    return schedule -> {
      AsyncCondition condition = new AsyncCondition();
      Runnable signal = signalling.apply(condition);
      int[] tokens = {0};
      List<Task<Void>> takers = new ArrayList<>();
      int[] taken = {0};
      for (int i = 0; i < 5; i++) {
        takers.add(
            schedule.start(
                "taker " + i,
                () ->
                    with(
                        condition,
                        () -> {
                          try {
                            await(condition.whenTrue(() -> tokens[0] > 0));
                          } finally {
                            assertTrue(condition.locked());
                          }
                          tokens[0]--;
                          taken[0]++;
                        })));
      }
      schedule.othersAreSafe();
      schedule.start(
          "giver",
          () -> {
            for (int i = 0; i < 5; i++) {
              schedule.pause();
              with(
                  condition,
                  () -> {
                    tokens[0]++;
                    signal.run();
                    schedule.pause();
                  });
            }
          });
      return () -> {
        assertEquals(5, tokens[0] + taken[0]);
        assertEquals(takers.stream().filter(taker -> !taker.isCancelled()).count(), taken[0]);
        assertEquals("AsyncCondition[unlocked]", condition.toString());
      };
    };
  }

  private static final Schedules.Scenario SIGNAL = tokens(condition -> condition::signal);
  private static final Schedules.Scenario SIGNAL_ALL = tokens(condition -> condition::signalAll);

  @Test
  void everyTakerGetsItsTokenInAnyOrder() {
    Schedules.shuffled(SIGNAL);
    Schedules.shuffled(SIGNAL_ALL);
  }

  @Test
  void aSignalIsPassedOnWheneverATaskIsCancelled() {
    Schedules.cancelledAtEachMoment(SIGNAL);
    Schedules.shuffledAndCancelled(SIGNAL);
    Schedules.shuffledAndCancelled(SIGNAL_ALL);
  }

  /** Three tasks go through four rounds together. */
  private static final Schedules.Scenario ROUNDS =
      schedule -> {
        AsyncBarrier barrier = new AsyncBarrier(3);
        List<Set<Integer>> rounds = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
          rounds.add(new TreeSet<>());
        }
        int[] arrived = new int[4];
        for (int i = 0; i < 3; i++) {
          schedule.start(
              "party " + i,
              () -> {
                for (int round = 0; round < 4; round++) {
                  schedule.pause();
                  arrived[round]++;
                  assertTrue(rounds.get(round).add(await(barrier.arrive())));
                  assertEquals(3, arrived[round]);
                }
              });
        }
        return () -> {
          rounds.forEach(round -> assertEquals(Set.of(0, 1, 2), round));
          assertEquals("AsyncBarrier[filling, 0/3]", barrier.toString());
        };
      };

  @Test
  void theRoundsOfABarrierNeverMix() {
    Schedules.shuffled(ROUNDS);
  }

  /** Five arrive where three are enough; two of them may be cancelled. */
  private static final Schedules.Scenario BARRIER =
      schedule -> {
        AsyncBarrier barrier = new AsyncBarrier(3);
        Set<Integer> passed = new TreeSet<>();
        int[] completed = {0};
        for (int i = 0; i < 5; i++) {
          if (i == 2) {
            schedule.othersAreSafe();
          }
          schedule.start(
              "party " + i,
              () -> {
                schedule.pause();
                try {
                  int index = await(barrier.arrive());
                  completed[0] += index == 2 ? 1 : 0;
                  assertTrue(passed.add(index), "an index is given once");
                } catch (BrokenAsyncBarrierException e) {
                  assertEquals(1, completed[0], "only who is left over is thrown out");
                }
              });
        }
        schedule.start(
            "end",
            () -> {
              await(sleep(Duration.ofMillis(1)));
              barrier.abort();
            });
        return () -> {
          assertEquals(1, completed[0]);
          assertTrue(Set.of(0, 1, 2).containsAll(passed));
          assertEquals(0, barrier.waiting());
          assertEquals("AsyncBarrier[broken]", barrier.toString());
        };
      };

  @Test
  void aBarrierIsCompletedByThoseWhoAreNotCancelled() {
    Schedules.cancelledAtEachMoment(BARRIER);
    Schedules.shuffledAndCancelled(BARRIER);
  }

  private static final Schedules.Scenario EVENT =
      schedule -> {
        AsyncEvent event = new AsyncEvent();
        int[] released = {0};
        List<Task<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          waiting.add(
              schedule.start(
                  "waiting " + i,
                  () -> {
                    schedule.pause();
                    await(event.whenSet());
                    released[0]++;
                  }));
        }
        schedule.othersAreSafe();
        schedule.start(
            "setting",
            () -> {
              schedule.pause();
              event.set();
              event.clear();
              schedule.pause();
              schedule.pause();
              event.set();
            });
        return () -> {
          assertEquals(waiting.stream().filter(task -> !task.isCancelled()).count(), released[0]);
          assertEquals("AsyncEvent[set]", event.toString());
        };
      };

  @Test
  void anEventReleasesAllThatAreNotCancelled() {
    Schedules.cancelledAtEachMoment(EVENT);
    Schedules.shuffledAndCancelled(EVENT);
  }
}
