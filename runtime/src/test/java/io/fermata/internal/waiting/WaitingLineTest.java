package io.fermata.internal.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.LoopTests;
import io.fermata.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingLineTest extends LoopTests {
  private final WaitingLine line = new WaitingLine("a turn");

  private static final class Place {
    /** 0 until it has drawn one. */
    private long number;

    /** Null unless it stands in line. */
    private @Nullable Waiter waiter;

    /** The last that has waited there. */
    private @Nullable Task<Void> task;

    /** Whether it had a turn when it last left. */
    private boolean hadTurn;

    boolean hasTurn() {
      return Objects.requireNonNull(task).isDone();
    }
  }

  private final Place one = new Place();
  private final Place two = new Place();
  private final Place three = new Place();

  /** A task waits there. */
  private void join(WaitingLine where, Place place) {
    Waiter waiter = place.number == 0 ? where.join() : where.joinAgain(place.number);
    place.number = waiter.number();
    place.waiter = waiter;
    place.task = loop.createTask(waiter.turn());
    settle();
  }

  /** It has run, and gives its place up. */
  private void leave(WaitingLine where, Place place) {
    place.hadTurn = where.leave(Objects.requireNonNull(place.waiter));
    place.waiter = null;
  }

  private void wakeUpTo(WaitingLine where, int places) {
    where.wakeUpTo(places);
    settle();
  }

  private void cancel(Place place) {
    Objects.requireNonNull(place.task).cancel();
    settle();
  }

  @Test
  void onlyAsManyAreWokenAsThereArePlaces() {
    join(line, one);
    join(line, two);
    join(line, three);
    wakeUpTo(line, 0);
    assertFalse(one.hasTurn());
    wakeUpTo(line, 2);
    assertTrue(one.hasTurn() && two.hasTurn());
    assertFalse(three.hasTurn());
    wakeUpTo(line, 2);
    assertFalse(three.hasTurn(), "two are on their way to two places");
    leave(line, one);
    wakeUpTo(line, 2);
    assertTrue(three.hasTurn());
  }

  @Test
  void whoWaitsAgainStandsWhereItStood() {
    join(line, one);
    join(line, two);
    wakeUpTo(line, 1);
    leave(line, one);
    join(line, one);
    wakeUpTo(line, 1);
    assertTrue(one.hasTurn());
    assertFalse(two.hasTurn());
  }

  @Test
  void whoIsCancelledIsNotWokenAndDoesNotCount() {
    join(line, one);
    join(line, two);
    cancel(one);
    wakeUpTo(line, 1);
    assertTrue(two.hasTurn());
    leave(line, one);
    assertEquals(1, line.size());
    assertFalse(line.isEmpty());
    leave(line, two);
    assertTrue(line.isEmpty());
    assertEquals(0, line.size());
  }

  @Test
  void whoIsCancelledOnceItWasWokenHasHadItsTurn() {
    join(line, one);
    join(line, two);
    line.wakeUpTo(1);
    cancel(one);
    wakeUpTo(line, 1);
    assertFalse(two.hasTurn(), "the first has not left");
    leave(line, one);
    wakeUpTo(line, 1);
    assertTrue(two.hasTurn());
  }

  @Test
  void aLineOfCancelledTasksIsEmpty() {
    join(line, one);
    cancel(one);
    assertEquals(1, line.size());
    assertTrue(line.isEmpty());
  }

  /** Whatever happens in whatever order, those with the lowest numbers are woken. */
  @Test
  void theOrderIsThatOfArrivalHoweverOftenTheyComeBack() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      WaitingLine shuffled = new WaitingLine("a turn");
      TreeMap<Integer, Place> pending = new TreeMap<>(); // by arrival: the oracle
      TreeMap<Integer, Place> woken = new TreeMap<>();
      List<Place> arrived = new ArrayList<>();
      for (int step = 0; step < 100; step++) {
        switch (random.nextInt(4)) {
          case 0 -> {
            Place place = new Place();
            join(shuffled, place);
            pending.put(arrived.size(), place);
            arrived.add(place);
          }
          case 1 -> {
            int places = random.nextInt(6);
            wakeUpTo(shuffled, places);
            while (woken.size() < places && !pending.isEmpty()) {
              int number = pending.firstKey();
              woken.put(number, pending.remove(number));
            }
          }
          case 2 -> {
            if (!woken.isEmpty()) {
              int number = any(woken, random);
              Place place = woken.remove(number);
              leave(shuffled, place);
              assertTrue(place.hadTurn);
              if (random.nextBoolean()) {
                join(shuffled, place);
                pending.put(number, place);
              }
            }
          }
          default -> {
            if (!pending.isEmpty()) {
              Place place = pending.remove(any(pending, random));
              cancel(place);
              leave(shuffled, place);
              assertFalse(place.hadTurn);
            }
          }
        }
        assertEquals(pending.size() + woken.size(), shuffled.size());
        assertEquals(pending.isEmpty() && woken.isEmpty(), shuffled.isEmpty());
        assertTrue(woken.values().stream().allMatch(Place::hasTurn));
        assertFalse(pending.values().stream().anyMatch(Place::hasTurn));
      }
    }
  }

  private static int any(Map<Integer, Place> places, Random random) {
    return List.copyOf(places.keySet()).get(random.nextInt(places.size()));
  }
}
