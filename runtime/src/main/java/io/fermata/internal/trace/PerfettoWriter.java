package io.fermata.internal.trace;

import io.fermata.internal.JsonWriter;
import io.fermata.internal.observing.LoopObserver;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a timeline as the trace events of Chrome, which Perfetto opens: a track for the loop, with
 * what its thread runs, one for each task, and an arrow for each wake-up by a task.
 */
final class PerfettoWriter {
  private static final int LOOP = 1;
  private static final int TASKS = 2;
  private static final int MAIN_TRACK = 0;

  private final Timeline timeline;
  private final String title;
  private final JsonWriter json;
  private final Map<Integer, String> names = new HashMap<>();

  PerfettoWriter(Timeline timeline, String title, Writer out) {
    this.timeline = timeline;
    this.title = title;
    this.json = new JsonWriter(out);
  }

  void write() throws IOException {
    json.open('{').name("displayTimeUnit").text("ns").name("otherData").open('{');
    json.name("title").text(title);
    json.name("clock").text(timeline.virtual ? "virtual" : "real");
    json.name("lost events").number(timeline.lost).close('}');
    json.name("traceEvents").open('[');
    nameTracks();
    for (Cycle cycle : timeline.cycles) {
      write(cycle);
    }
    for (Timeline.Moment callback : timeline.callbacks) {
      slice(LOOP, MAIN_TRACK, kind((int) callback.value()), "callback", callback);
    }
    for (Timeline.Moment sleep : timeline.sleeps) {
      slice(LOOP, MAIN_TRACK, "idle", "idle", sleep);
    }
    for (Timeline.Moment pass : timeline.passes) {
      counter("ready queue", "entries", pass.at(), pass.value());
    }
    for (Timeline.Moment lag : timeline.lags) {
      counter("timer lag", "nanoseconds", lag.at(), lag.value());
    }
    for (Timeline.Moment mark : timeline.marks) {
      begin("i", track((int) mark.value()), Math.max(0, (int) mark.value()), mark.text(), "mark");
      json.name("ts").micros(time(mark.at())).name("s").text("t").close('}');
    }
    for (int i = 0; i < timeline.spans.size(); i++) {
      span(timeline.spans.get(i), i + 1);
    }
    json.close(']').close('}');
  }

  private long time(int moment) {
    return timeline.times[moment];
  }

  private static int track(int by) {
    return by > 0 ? TASKS : LOOP;
  }

  private static String kind(int number) {
    return switch (number) {
      case LoopObserver.TIMER -> "timer";
      case LoopObserver.CHANNEL -> "channel";
      case LoopObserver.THREAD -> "another thread";
      default -> "callback";
    };
  }

  private void nameTracks() throws IOException {
    metadata("process_name", LOOP, MAIN_TRACK, "Loop");
    metadata("thread_name", LOOP, MAIN_TRACK, "what runs");
    metadata("process_name", TASKS, MAIN_TRACK, "Tasks");
    for (TaskRow task : timeline.tasks) {
      metadata("thread_name", TASKS, task.number, task.name);
      names.put(task.number, task.name);
    }
  }

  private void metadata(String what, int process, int thread, String name) throws IOException {
    begin("M", process, thread, what, "__metadata");
    json.name("args").open('{').name("name").text(name).close('}').close('}');
  }

  /** Begins an event, which the caller closes. */
  private void begin(String phase, int process, int thread, String name, String category)
      throws IOException {
    json.open('{').name("ph").text(phase).name("pid").number(process).name("tid").number(thread);
    json.name("name").text(name).name("cat").text(category);
  }

  private void slice(int process, int thread, String name, String category, Timeline.Moment moment)
      throws IOException {
    slice(process, thread, name, category, moment.at(), moment.until());
    json.close('}');
  }

  private void slice(int process, int thread, String name, String category, int from, int until)
      throws IOException {
    begin("X", process, thread, name, category);
    json.name("ts").micros(time(from)).name("dur").micros(time(until) - time(from));
  }

  private void counter(String name, String unit, int at, long value) throws IOException {
    begin("C", LOOP, MAIN_TRACK, name, "loop");
    json.name("ts").micros(time(at)).name("args").open('{').name(unit).number(value);
    json.close('}').close('}');
  }

  private void span(Timeline.Moment span, int id) throws IOException {
    for (String phase : new String[] {"b", "e"}) {
      begin(phase, track((int) span.value()), Math.max(0, (int) span.value()), span.text(), "span");
      json.name("id").number(id);
      json.name("ts").micros(time(phase.equals("b") ? span.at() : span.until())).close('}');
    }
  }

  private void write(Cycle cycle) throws IOException {
    int waitEnds = cycle.ready >= 0 ? cycle.ready : timeline.end();
    if (cycle.waits >= 0) {
      slice(TASKS, cycle.task, "waits: " + waitName(cycle), "wait", cycle.waits, waitEnds);
      json.name("args").open('{').name("at").text(place(cycle.place));
      if (cycle.ready >= 0) {
        json.name("woken by").text(cycle.by > 0 ? names.get(cycle.by) : kindOfWaker(cycle.by));
      }
      json.close('}').close('}');
    }
    if (cycle.ready >= 0) {
      int begins = cycle.begins >= 0 ? cycle.begins : timeline.end();
      slice(TASKS, cycle.task, "ready", "ready", cycle.ready, begins);
      json.close('}');
    }
    if (cycle.begins >= 0) {
      int ends = cycle.ends >= 0 ? cycle.ends : timeline.end();
      step(TASKS, cycle.task, cycle, ends);
      step(LOOP, MAIN_TRACK, cycle, ends);
      arrow(cycle);
    }
  }

  private void step(int process, int thread, Cycle cycle, int ends) throws IOException {
    String name = process == LOOP ? "step of " + names.get(cycle.task) : "step";
    slice(process, thread, name, "step", cycle.begins, ends);
    json.name("args").open('{').name("from").text(place(cycle.place)).close('}').close('}');
  }

  private void arrow(Cycle cycle) throws IOException {
    if (cycle.by <= 0 || cycle.by == cycle.task || cycle.woken < 0) {
      return;
    }
    String id = cycle.task + "." + cycle.begins;
    begin("s", TASKS, cycle.by, "wake-up", "wake-up");
    json.name("id").text(id).name("ts").micros(Math.max(0, time(cycle.woken) - 1)).close('}');
    begin("f", TASKS, cycle.task, "wake-up", "wake-up");
    json.name("id").text(id).name("bp").text("e").name("ts").micros(time(cycle.begins)).close('}');
  }

  private static String kindOfWaker(int by) {
    return by == LoopObserver.OUTSIDE ? "code outside of tasks" : "a " + kind(by);
  }

  private String waitName(Cycle cycle) {
    if (cycle.awaited > 0) {
      return names.getOrDefault(cycle.awaited, "Task-" + cycle.awaited);
    }
    return cycle.called >= 0 ? timeline.functions.get(cycle.called) : "a promise";
  }

  private @Nullable String place(int index) {
    return index < 0 ? null : timeline.places.get(index).toString();
  }
}
