package io.fermata.queue;

import static io.fermata.Async.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.LoopTests;
import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.codegen.LineTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WaitingLineTest extends LoopTests {
  private final WaitingLine line = new WaitingLine();
  private final Task<Void> task = loop.createTask(sleep(ms(1)));

  private static final class Place extends WaitingLine.Place<Void> {
    @Override
    protected Object resume(Task<?> runs, Object sent, int depth) {
      throw new AssertionError();
    }

    @Override
    protected LineTable lines() {
      throw new AssertionError();
    }
  }

  private final Place one = new Place();
  private final Place two = new Place();
  private final Place three = new Place();

  @Test
  void onlyAsManyAreWokenAsThereArePlaces() {
    Promise<Boolean> first = line.join(task, one);
    Promise<Boolean> second = line.join(task, two);
    Promise<Boolean> third = line.join(task, three);
    line.wakeUpTo(0);
    assertFalse(first.isDone());
    line.wakeUpTo(2);
    assertTrue(first.isDone() && second.isDone());
    assertFalse(third.isDone());
    line.wakeUpTo(2);
    assertFalse(third.isDone(), "two are on their way to two places");
    line.leave(one);
    line.wakeUpTo(2);
    assertTrue(third.isDone());
  }

  @Test
  void whoWaitsAgainStandsWhereItStood() {
    line.join(task, one);
    Promise<Boolean> second = line.join(task, two);
    line.wakeUpTo(1);
    line.leave(one);
    Promise<Boolean> firstAgain = line.join(task, one);
    line.wakeUpTo(1);
    assertTrue(firstAgain.isDone());
    assertFalse(second.isDone());
  }

  @Test
  void whoIsCancelledIsNotWokenAndDoesNotCount() {
    Promise<Boolean> cancelled = line.join(task, one);
    Promise<Boolean> second = line.join(task, two);
    cancelled.cancel();
    line.wakeUpTo(1);
    assertTrue(second.isDone());
    line.leave(one);
    assertEquals(1, line.size());
    assertFalse(line.isEmpty());
    line.leave(two);
    assertTrue(line.isEmpty());
    assertEquals(0, line.size());
  }

  @Test
  void aLineOfCancelledTasksIsEmpty() {
    line.join(task, one).cancel();
    assertEquals(1, line.size());
    assertTrue(line.isEmpty());
  }

  /** Whatever happens in whatever order, those with the lowest numbers are woken. */
  @Test
  void theOrderIsThatOfArrivalHoweverOftenTheyComeBack() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      WaitingLine shuffled = new WaitingLine();
      TreeMap<Integer, Place> pending = new TreeMap<>(); // by arrival: the oracle
      TreeMap<Integer, Place> woken = new TreeMap<>();
      List<Place> arrived = new ArrayList<>();
      for (int step = 0; step < 100; step++) {
        switch (random.nextInt(4)) {
          case 0 -> {
            Place place = new Place();
            shuffled.join(task, place);
            pending.put(arrived.size(), place);
            arrived.add(place);
          }
          case 1 -> {
            int places = random.nextInt(6);
            shuffled.wakeUpTo(places);
            while (woken.size() < places && !pending.isEmpty()) {
              int number = pending.firstKey();
              woken.put(number, pending.remove(number));
            }
          }
          case 2 -> {
            if (!woken.isEmpty()) {
              int number = any(woken, random);
              Place place = woken.remove(number);
              shuffled.leave(place);
              if (random.nextBoolean()) {
                shuffled.join(task, place);
                pending.put(number, place);
              }
            }
          }
          default -> {
            if (!pending.isEmpty()) {
              Place place = pending.remove(any(pending, random));
              place.turn().cancel();
              shuffled.leave(place);
            }
          }
        }
        assertEquals(pending.size() + woken.size(), shuffled.size());
        assertEquals(pending.isEmpty() && woken.isEmpty(), shuffled.isEmpty());
        assertTrue(woken.values().stream().allMatch(place -> place.turn().isDone()));
        assertFalse(pending.values().stream().anyMatch(place -> place.turn().isDone()));
      }
    }
  }

  private static int any(Map<Integer, Place> places, Random random) {
    return List.copyOf(places.keySet()).get(random.nextInt(places.size()));
  }
}
