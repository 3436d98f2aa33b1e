package io.fermata.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StableHeapTest {
  private record Item(int priority, int number) {}

  /** Compares by priority, and fails after so many comparisons. */
  private static final class Failing implements Comparator<Item> {
    private int comparisonsLeft;

    @Override
    public int compare(Item a, Item b) {
      if (comparisonsLeft-- == 0) {
        throw new IllegalStateException("can't compare");
      }
      return Integer.compare(a.priority(), b.priority());
    }
  }

  /** A list that is kept sorted; equal items stand in the order in which they came. */
  private static void insert(List<Item> model, Item item) {
    int at = 0;
    while (at < model.size() && model.get(at).priority() <= item.priority()) {
      at++;
    }
    model.add(at, item);
  }

  @Test
  void aComparatorThatThrowsTakesNothingAndAddsNothing() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Failing comparator = new Failing();
      StableHeap<Item> heap = new StableHeap<>(comparator);
      List<Item> model = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        boolean fails = random.nextInt(3) == 0;
        comparator.comparisonsLeft = fails ? random.nextInt(6) : Integer.MAX_VALUE;
        try {
          if (random.nextInt(5) < 3) {
            Item item = new Item(random.nextInt(10), i);
            heap.offer(item);
            insert(model, item);
          } else {
            Item first = heap.poll();
            assertEquals(model.isEmpty() ? null : model.remove(0), first);
          }
        } catch (IllegalStateException e) {
          assertEquals("can't compare", e.getMessage());
        }
        assertEquals(model.size(), heap.size());
        assertEquals(model.isEmpty() ? null : model.get(0), heap.peek());
      }
      comparator.comparisonsLeft = Integer.MAX_VALUE;
      List<Item> left = new ArrayList<>();
      while (!heap.isEmpty()) {
        left.add(heap.remove());
      }
      assertEquals(model, left, "seed " + seed);
    }
  }

  @Test
  void aFirstItemThatCantBeComparedIsRefused() {
    Failing comparator = new Failing();
    StableHeap<Item> heap = new StableHeap<>(comparator);
    assertThrows(IllegalStateException.class, () -> heap.offer(new Item(1, 1)));
    assertEquals(0, heap.size());
  }
}
