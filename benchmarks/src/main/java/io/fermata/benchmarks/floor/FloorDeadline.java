package io.fermata.benchmarks.floor;

/** A moment at which a waiting task is told that it has waited long enough. */
public final class FloorDeadline {
  /** What the task is sent. */
  public static final Object EXPIRED = new Object();

  final FloorTask task;
  final long time;
  int place;

  FloorDeadline(FloorTask task, long time) {
    this.task = task;
    this.time = time;
  }

  void expire() {
    task.send(EXPIRED);
    task.loop().ready(task);
  }
}
