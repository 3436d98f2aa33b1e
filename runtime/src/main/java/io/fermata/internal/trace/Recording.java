package io.fermata.internal.trace;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A copy of the last events of a loop: a cursor over them, and how older tasks came to be. */
final class Recording {
  private final int slots;
  private final long[] numbers;
  private final @Nullable Object[] objects;
  private final long first;
  private final long end;
  private final Map<Integer, Creation> older;
  private final boolean virtual;
  private long at;

  Recording(
      int slots,
      long[] numbers,
      @Nullable Object[] objects,
      long first,
      long end,
      Map<Integer, Creation> older,
      boolean virtual) {
    this.slots = slots;
    this.numbers = numbers;
    this.objects = objects;
    this.first = Math.min(first, end);
    this.end = end;
    this.older = older;
    this.virtual = virtual;
    this.at = this.first - 1;
  }

  /** How many events there were before the first of these. */
  long lost() {
    return first;
  }

  int size() {
    return (int) (end - first);
  }

  /** Whether the time is a loop's own, which jumps. */
  boolean isVirtual() {
    return virtual;
  }

  Map<Integer, Creation> older() {
    return older;
  }

  /** Goes on to the next event; false if there is none. */
  boolean next() {
    at++;
    return at < end;
  }

  private int slot() {
    return (int) (at % slots);
  }

  long time() {
    return numbers[slot() * Recorder.LONGS];
  }

  EventKind kind() {
    return EventKind.of((int) (numbers[slot() * Recorder.LONGS + 1] >>> 32));
  }

  int number() {
    return (int) numbers[slot() * Recorder.LONGS + 1];
  }

  long extra() {
    return numbers[slot() * Recorder.LONGS + 2];
  }

  @Nullable Object first() {
    return objects[slot() * Recorder.OBJECTS];
  }

  @Nullable Object second() {
    return objects[slot() * Recorder.OBJECTS + 1];
  }
}
