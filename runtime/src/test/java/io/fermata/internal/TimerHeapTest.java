package io.fermata.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TimerHeapTest {

  private static final class Entry implements TimerHeap.Entry {
    final long deadline;
    final int number;
    private int index = NOWHERE;

    Entry(long deadline, int number) {
      this.deadline = deadline;
      this.number = number;
    }

    @Override
    public int heapIndex() {
      return index;
    }

    @Override
    public void heapIndex(int newIndex) {
      index = newIndex;
    }
  }

  @Test
  void givesTimersInOrderOfDeadlineThenRegistrationWhateverIsRemoved() {
    Random random = new Random(2);
    TimerHeap heap = new TimerHeap();
    TreeSet<Entry> model =
        new TreeSet<>(
            Comparator.<Entry>comparingLong(e -> e.deadline).thenComparingInt(e -> e.number));
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      int choice = random.nextInt(10);
      if (choice < 5) {
        Entry entry = new Entry(random.nextInt(500), i);
        heap.add(entry.deadline, entry);
        model.add(entry);
        all.add(entry);
      } else if (choice < 8 && !all.isEmpty()) {
        Entry removed = all.get(random.nextInt(all.size()));
        heap.remove(removed);
        model.remove(removed);
        assertEquals(TimerHeap.Entry.NOWHERE, removed.index);
      } else if (!model.isEmpty()) {
        assertEquals(model.first().deadline, heap.firstDeadline());
        assertEquals(model.pollFirst(), heap.takeFirst());
      }
      assertEquals(model.size(), heap.size());
    }
    while (!model.isEmpty()) {
      assertEquals(model.pollFirst(), heap.takeFirst());
    }
    assertTrue(heap.isEmpty());
    assertThrows(NoSuchElementException.class, heap::takeFirst);
  }

  @Test
  void clearForgetsAllTimers() {
    TimerHeap heap = new TimerHeap();
    Entry entry = new Entry(1, 1);
    heap.add(1, entry);
    heap.clear();
    assertTrue(heap.isEmpty());
    heap.remove(entry);
    assertEquals(TimerHeap.Entry.NOWHERE, entry.index);
  }
}
