package io.fermata.benchmarks.floor;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A ring of ready tasks and a binary heap of sleeping ones. */
public final class FloorLoop {
  private @Nullable FloorTask[] ready = new FloorTask[16];
  private int head;
  private int size;

  private long[] deadlines = new long[16];
  private @Nullable FloorTask[] sleeping = new FloorTask[16];
  private int sleepers;

  private final FloorDeadlines expiring = new FloorDeadlines();

  /** Runs the frame, and what it creates, until it ends. */
  public @Nullable Object run(Frame main) {
    FloorTask task = create(main);
    while (!task.isDone()) {
      if (size == 0) {
        wakeSleepers();
      }
      for (int turns = size; turns > 0; turns--) {
        take().step();
      }
    }
    return task.result();
  }

  /** Creates a task that starts when the loop comes to it. */
  public FloorTask create(Frame frame) {
    FloorTask task = new FloorTask(this, frame);
    ready(task);
    return task;
  }

  /** Creates a task and runs it at once until it is suspended. */
  public FloorTask createEagerly(Frame frame) {
    FloorTask task = new FloorTask(this, frame);
    task.step();
    return task;
  }

  /** Puts the task at the end of the ready queue. */
  public void ready(FloorTask task) {
    if (size == ready.length) {
      grow();
    }
    ready[(head + size++) & (ready.length - 1)] = task;
  }

  /** Makes the task ready at the given time of {@link System#nanoTime}. */
  public void readyAt(FloorTask task, long deadline) {
    if (sleepers == sleeping.length) {
      deadlines = Arrays.copyOf(deadlines, 2 * sleepers);
      sleeping = Arrays.copyOf(sleeping, 2 * sleepers);
    }
    int hole = sleepers++;
    while (hole > 0 && deadlines[(hole - 1) / 2] > deadline) {
      move((hole - 1) / 2, hole);
      hole = (hole - 1) / 2;
    }
    deadlines[hole] = deadline;
    sleeping[hole] = task;
  }

  /** Has the task be sent {@link FloorDeadline#EXPIRED} then, unless it is taken back. */
  public FloorDeadline expireAt(FloorTask task, long deadline) {
    FloorDeadline expiry = new FloorDeadline(task, deadline);
    expiring.add(expiry);
    return expiry;
  }

  public void takeBack(FloorDeadline expiry) {
    expiring.remove(expiry);
  }

  @SuppressWarnings("NullAway") // within the size nothing is null
  private FloorTask take() {
    FloorTask task = ready[head];
    ready[head] = null;
    head = (head + 1) & (ready.length - 1);
    size--;
    return task;
  }

  private void grow() {
    FloorTask[] larger = new FloorTask[2 * size];
    for (int i = 0; i < size; i++) {
      larger[i] = ready[(head + i) & (size - 1)];
    }
    ready = larger;
    head = 0;
  }

  private void wakeSleepers() {
    FloorDeadline expiry = expiring.first();
    long next = sleepers > 0 ? deadlines[0] : Long.MAX_VALUE;
    if (expiry != null) {
      next = Math.min(next, expiry.time);
    }
    LockSupport.parkNanos(next - System.nanoTime());
    long now = System.nanoTime();
    while (sleepers > 0 && deadlines[0] <= now) {
      ready(takeFirstSleeper());
    }
    for (; expiry != null && expiry.time <= now; expiry = expiring.first()) {
      expiring.remove(expiry);
      expiry.expire();
    }
  }

  @SuppressWarnings("NullAway") // within the size nothing is null
  private FloorTask takeFirstSleeper() {
    FloorTask first = sleeping[0];
    long deadline = deadlines[--sleepers];
    FloorTask last = sleeping[sleepers];
    sleeping[sleepers] = null;
    if (sleepers == 0) {
      return first;
    }
    int hole = 0;
    for (int child = 1; child < sleepers; child = 2 * hole + 1) {
      if (child + 1 < sleepers && deadlines[child + 1] < deadlines[child]) {
        child++;
      }
      if (deadlines[child] >= deadline) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    deadlines[hole] = deadline;
    sleeping[hole] = last;
    return first;
  }

  private void move(int from, int to) {
    deadlines[to] = deadlines[from];
    sleeping[to] = sleeping[from];
  }
}
