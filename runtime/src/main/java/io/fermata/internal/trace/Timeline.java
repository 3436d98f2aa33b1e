package io.fermata.internal.trace;

import io.fermata.codegen.LineTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a recording tells, in the terms of who reads it: tasks, their waits and steps, and what the
 * loop did. Built in one walk along the events.
 *
 * <p>A moment is the index of an event: the events have an order where a clock that jumps tells
 * none, and {@link #times} tells the time of each.
 */
final class Timeline {
  /**
   * A moment, or what lasts from one to another, of the loop's or of a task's.
   *
   * @param value nanoseconds; a kind, a number of entries, or by whom
   */
  record Moment(int at, int until, long value, String text) {}

  /** What the user's frame was resumed with; it is looked up once for each resume point. */
  private record Point(LineTable lines, int state) {}

  /** Nanoseconds from the first event. */
  final long[] times;

  final List<TaskRow> tasks = new ArrayList<>();
  final List<Cycle> cycles = new ArrayList<>();
  final List<StackTraceElement> places = new ArrayList<>();
  final List<String> functions = new ArrayList<>();

  /** Passes, with the number of entries that were ready. */
  final List<Moment> passes = new ArrayList<>();

  final List<Moment> sleeps = new ArrayList<>();

  /** Where the loop was late for a timer, with the nanoseconds. */
  final List<Moment> lags = new ArrayList<>();

  /** With their kinds. */
  final List<Moment> callbacks = new ArrayList<>();

  /** With the numbers of those who set them. */
  final List<Moment> marks = new ArrayList<>();

  final List<Moment> spans = new ArrayList<>();

  final boolean virtual;
  final long lost;

  private final Map<Integer, TaskRow> rows = new LinkedHashMap<>();
  private final Map<Integer, Cycle> open = new HashMap<>();

  /** The last step of each task that is alive, or has ended. */
  private final Map<Integer, Cycle> lastSteps = new HashMap<>();

  /** Who has woken a task whose step was not over. */
  private final Map<Integer, Integer> wokenEarly = new HashMap<>();

  private final Map<Long, Moment> openSpans = new LinkedHashMap<>();
  private final Map<StackTraceElement, Integer> placeIndex = new HashMap<>();
  private final Map<Point, Integer> pointIndex = new HashMap<>();
  private final Map<String, Integer> functionIndex = new HashMap<>();
  private int sleepBegan = -1;
  private int callbackBegan = -1;
  private int callbackKind;
  private @Nullable Cycle measured;

  private Timeline(Recording recording) {
    virtual = recording.isVirtual();
    lost = recording.lost();
    times = new long[recording.size()];
  }

  static Timeline of(Recording recording) {
    Timeline timeline = new Timeline(recording);
    long origin = 0;
    for (int at = 0; recording.next(); at++) {
      if (at == 0) {
        origin = recording.time();
      }
      timeline.times[at] = recording.time() - origin;
      timeline.read(at, recording);
    }
    timeline.finish(recording.older());
    return timeline;
  }

  private void read(int at, Recording event) {
    int number = event.number();
    switch (event.kind()) {
      case RUN_BEGINS, RUN_ENDS -> {}
      case PASS -> passes.add(new Moment(at, at, number, ""));
      case IDLE_BEGINS -> sleepBegan = at;
      case IDLE_ENDS -> {
        if (sleepBegan >= 0) {
          sleeps.add(new Moment(sleepBegan, at, 0, ""));
          sleepBegan = -1;
        }
      }
      case LAG -> lags.add(new Moment(at, at, event.extra(), ""));
      case CREATED -> created(number, at, event.first());
      case READY -> ready(number, at, (int) event.extra());
      case STEP_BEGINS -> stepBegins(number, at);
      case STEP_WAITS -> stepWaits(number, at, event);
      case STEP_ENDS -> stepEnds(number, at, event);
      case REAL_TIME -> realTime(event.extra());
      case CALLBACK_BEGINS -> {
        callbackBegan = at;
        callbackKind = number;
      }
      case CALLBACK_ENDS -> {
        if (callbackBegan >= 0) {
          callbacks.add(new Moment(callbackBegan, at, callbackKind, ""));
          callbackBegan = -1;
        }
      }
      case MARK -> marks.add(new Moment(at, at, number, text(event.first())));
      case SPAN_BEGINS ->
          openSpans.put(event.extra(), new Moment(at, -1, number, text(event.first())));
      case SPAN_ENDS -> {
        Moment began = openSpans.remove(event.extra());
        if (began != null) {
          spans.add(new Moment(began.at(), at, began.value(), began.text()));
        }
      }
    }
  }

  private static String text(@Nullable Object text) {
    return text instanceof String known ? known : "";
  }

  private TaskRow row(int number) {
    return rows.computeIfAbsent(number, TaskRow::new);
  }

  private void created(int number, int at, @Nullable Object how) {
    TaskRow row = row(number);
    row.created = at;
    if (how instanceof Creation creation) {
      tell(row, creation);
    }
  }

  private void tell(TaskRow row, Creation creation) {
    if (creation.name() != null && row.ended < 0) { // else its last name is known
      row.name = creation.name();
    }
    row.coroutine = creation.coroutine().className() + "." + creation.coroutine().method();
    row.by = creation.by();
    if (creation.site().line() != null) {
      row.site = place(creation.site().line());
      row.siteSeen = creation.site().seen();
    }
  }

  private void ready(int number, int at, int by) {
    Cycle cycle = open.get(number);
    if (cycle == null) {
      cycle = begin(number);
    }
    if (cycle.begins >= 0 && cycle.ends < 0) {
      wokenEarly.put(number, by); // it yields, or what it is about to wait for is there
    } else {
      cycle.ready = at;
      cycle.by = by;
      cycle.woken = momentOf(by, at);
    }
  }

  /** What a task has brought about may come after its step, through a callback of the runtime's. */
  private int momentOf(int by, int at) {
    Cycle step = lastSteps.get(by);
    return step == null || step.ends < 0 ? at : step.ends;
  }

  private Cycle begin(int number) {
    row(number);
    Cycle cycle = new Cycle(number);
    open.put(number, cycle);
    cycles.add(cycle);
    return cycle;
  }

  private void stepBegins(int number, int at) {
    Cycle cycle = open.get(number);
    if (cycle == null || cycle.begins >= 0) {
      cycle = begin(number);
    }
    cycle.begins = at;
    lastSteps.put(number, cycle);
    if (cycle.ready < 0) {
      cycle.ready = at;
    }
    measured = cycle;
  }

  private void stepWaits(int number, int at, Recording event) {
    endStep(number, at);
    int state = (int) (event.extra() >>> 32);
    Cycle next = begin(number);
    next.waits = at;
    next.awaited = (int) event.extra();
    if (event.first() instanceof LineTable lines) {
      next.place = place(lines, state);
    }
    if (event.second() instanceof LineTable called) {
      next.called = index(functionIndex, functions, called.shortName());
    }
    Integer by = wokenEarly.remove(number);
    if (by != null) {
      next.ready = at;
      next.by = by;
      next.woken = momentOf(by, at);
    }
  }

  private void stepEnds(int number, int at, Recording event) {
    endStep(number, at);
    wokenEarly.remove(number);
    open.remove(number);
    TaskRow row = row(number);
    row.ended = at;
    row.outcome = (int) event.extra();
    row.failure = event.first() instanceof String failure ? failure : null;
    if (event.second() instanceof String name) {
      row.name = name;
    }
  }

  private void endStep(int number, int at) {
    Cycle cycle = open.get(number);
    if (cycle != null && cycle.begins >= 0) {
      cycle.ends = at;
      measured = cycle;
    }
  }

  /** Told behind the begin and behind the end of a step. */
  private void realTime(long nanos) {
    Cycle cycle = measured;
    if (cycle == null) {
      return;
    }
    if (cycle.ends < 0) {
      cycle.realBegan = nanos;
    } else if (cycle.realBegan >= 0) {
      cycle.realTime = nanos - cycle.realBegan;
    }
  }

  private int place(LineTable lines, int state) {
    Point point = new Point(lines, state);
    Integer known = pointIndex.get(point);
    if (known == null) {
      known = place(lines.atState(state));
      pointIndex.put(point, known);
    }
    return known;
  }

  private int place(StackTraceElement frame) {
    return index(placeIndex, places, frame);
  }

  private static <T> int index(Map<T, Integer> index, List<T> all, T value) {
    Integer known = index.putIfAbsent(value, all.size());
    if (known != null) {
      return known;
    }
    all.add(value);
    return all.size() - 1;
  }

  /** The last moment. */
  int end() {
    return Math.max(0, times.length - 1);
  }

  private void finish(Map<Integer, Creation> older) {
    if (sleepBegan >= 0) {
      sleeps.add(new Moment(sleepBegan, end(), 0, ""));
    }
    for (Moment began : openSpans.values()) {
      spans.add(new Moment(began.at(), end(), began.value(), began.text()));
    }
    older.forEach((number, creation) -> tell(row(number), creation));
    tasks.addAll(rows.values());
  }
}
