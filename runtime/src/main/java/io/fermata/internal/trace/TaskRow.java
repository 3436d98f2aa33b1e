package io.fermata.internal.trace;

import org.jspecify.annotations.Nullable;

/** A task of a timeline. Moments as there; -1 is outside of it. */
final class TaskRow {
  final int number;
  String name;

  /** Class and method of its coroutine; null if its creation was not recorded. */
  @Nullable String coroutine;

  /** The number of the task that made it, or a constant of {@code LoopObserver}. */
  int by;

  /** Where it was made: an index into the places, or -1. */
  int site = -1;

  /** Whether that was seen for this task, and not for others of its coroutine. */
  boolean siteSeen;

  int created = -1;
  int ended = -1;

  /** As in {@link Recorder}; -1 while it is alive. */
  int outcome = -1;

  @Nullable String failure;

  TaskRow(int number) {
    this.number = number;
    this.name = "Task-" + number;
  }
}
