package io.fermata.benchmarks.floor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A binary heap of deadlines that know their places, since most are taken out before they come. */
final class FloorDeadlines {
  private @Nullable FloorDeadline[] heap = new FloorDeadline[16];
  private int size;

  @Nullable FloorDeadline first() {
    return heap[0];
  }

  void add(FloorDeadline deadline) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    rise(deadline, size++);
  }

  void remove(FloorDeadline deadline) {
    FloorDeadline last = at(--size);
    heap[size] = null;
    if (last != deadline) {
      sink(last, deadline.place);
      if (last.place == deadline.place) {
        rise(last, last.place);
      }
    }
  }

  private void rise(FloorDeadline deadline, int place) {
    int hole = place;
    while (hole > 0 && at((hole - 1) / 2).time > deadline.time) {
      put(at((hole - 1) / 2), hole);
      hole = (hole - 1) / 2;
    }
    put(deadline, hole);
  }

  private void sink(FloorDeadline deadline, int place) {
    int hole = place;
    for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && at(child + 1).time < at(child).time) {
        child++;
      }
      if (at(child).time >= deadline.time) {
        break;
      }
      put(at(child), hole);
      hole = child;
    }
    put(deadline, hole);
  }

  @SuppressWarnings("NullAway") // within the size nothing is null
  private FloorDeadline at(int place) {
    return heap[place];
  }

  private void put(FloorDeadline deadline, int place) {
    heap[place] = deadline;
    deadline.place = place;
  }
}
