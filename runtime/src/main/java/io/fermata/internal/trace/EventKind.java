package io.fermata.internal.trace;

/** What an event of a recording tells, and what stands in its numbers and objects. */
enum EventKind {
  RUN_BEGINS(0),
  RUN_ENDS(1),
  /** Number: how many entries it runs. */
  PASS(2),
  IDLE_BEGINS(3),
  IDLE_ENDS(4),
  /** Extra: by how many nanoseconds the loop was late. */
  LAG(5),
  /** Number: the task. Object: its {@link Creation}. */
  CREATED(6),
  /** Number: the task. Extra: by whom. */
  READY(7),
  /** Number: the task. */
  STEP_BEGINS(8),
  /** Number: the task. Extra: state, and the task it awaits. Objects: line tables. */
  STEP_WAITS(9),
  /** Number: the task. Extra: how it ended. Objects: what it failed with, and its name. */
  STEP_ENDS(10),
  /** Number: its kind. */
  CALLBACK_BEGINS(11),
  CALLBACK_ENDS(12),
  /** Extra: the machine's clock at the event before, where the loop has another. */
  REAL_TIME(13),
  /** Number: by whom. Object: the text. */
  MARK(14),
  /** Number: by whom. Extra: the span. Object: the text. */
  SPAN_BEGINS(15),
  /** Extra: the span. */
  SPAN_ENDS(16);

  private static final EventKind[] BY_CODE = values();

  /** What stands for it in a recording: its place in the list. */
  final int code;

  EventKind(int code) {
    this.code = code;
  }

  static EventKind of(int code) {
    return BY_CODE[code];
  }
}
