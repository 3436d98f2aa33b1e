package io.fermata.internal.trace;

import io.fermata.internal.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Writes a timeline as a page that shows it: style, script and data in one file, which opens
 * without a server and asks for nothing else.
 */
final class PageWriter {
  private static final String RESOURCES = "/io/fermata/internal/trace/";

  private final Timeline timeline;
  private final String title;

  PageWriter(Timeline timeline, String title) {
    this.timeline = timeline;
    this.title = title;
  }

  void write(Writer out) throws IOException {
    for (String line : resource("timeline.html").lines().toList()) {
      switch (line.strip()) {
        case "/* style */" -> out.write(resource("timeline.css"));
        case "/* data */" -> writeData(new JsonWriter(out));
        case "/* script */" -> {
          for (String part : List.of("data.js", "drawing.js", "panel.js", "page.js")) {
            out.write(resource(part));
          }
        }
        default -> out.write(line);
      }
      out.write('\n');
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = PageWriter.class.getResourceAsStream(RESOURCES + name)) {
      if (in == null) {
        throw new IOException(name + " is missing in the runtime's jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Columns, which are smaller than rows and read by index. */
  private void writeData(JsonWriter json) throws IOException {
    json.open('{').name("title").text(title);
    json.name("virtual").bool(timeline.virtual);
    json.name("lost").number(timeline.lost);
    writeTimes(json);
    writePlaces(json);
    json.name("functions").open('[');
    for (String function : timeline.functions) {
      json.text(function);
    }
    json.close(']');
    writeTasks(json);
    writeCycles(json);
    writeMoments(json, "passes", timeline.passes);
    writeMoments(json, "sleeps", timeline.sleeps);
    writeMoments(json, "lags", timeline.lags);
    writeMoments(json, "callbacks", timeline.callbacks);
    writeMoments(json, "marks", timeline.marks);
    writeMoments(json, "spans", timeline.spans);
    json.close('}');
  }

  /** As the time that passed since the event before. */
  private void writeTimes(JsonWriter json) throws IOException {
    json.name("times").open('[');
    long before = 0;
    for (long time : timeline.times) {
      json.number(time - before);
      before = time;
    }
    json.close(']');
  }

  private void writePlaces(JsonWriter json) throws IOException {
    json.name("places").open('[');
    for (StackTraceElement place : timeline.places) {
      json.open('[').text(place.getClassName() + "." + place.getMethodName());
      json.text(place.getFileName()).number(place.getLineNumber()).close(']');
    }
    json.close(']');
  }

  private void writeTasks(JsonWriter json) throws IOException {
    List<TaskRow> tasks = timeline.tasks;
    json.name("tasks").open('{');
    column(json, "number", tasks, task -> task.number);
    column(json, "by", tasks, task -> task.by);
    column(json, "site", tasks, task -> task.site);
    column(json, "siteSeen", tasks, task -> task.siteSeen ? 1 : 0);
    column(json, "created", tasks, task -> task.created);
    column(json, "ended", tasks, task -> task.ended);
    column(json, "outcome", tasks, task -> task.outcome);
    json.name("name").open('[');
    for (TaskRow task : tasks) {
      json.text(task.name);
    }
    json.close(']').name("coroutine").open('[');
    for (TaskRow task : tasks) {
      json.text(task.coroutine);
    }
    json.close(']').name("failure").open('[');
    for (TaskRow task : tasks) {
      json.text(task.failure);
    }
    json.close(']').close('}');
  }

  private void writeCycles(JsonWriter json) throws IOException {
    List<Cycle> cycles = timeline.cycles;
    json.name("cycles").open('{');
    column(json, "task", cycles, cycle -> cycle.task);
    column(json, "waits", cycles, cycle -> cycle.waits);
    column(json, "ready", cycles, cycle -> cycle.ready);
    column(json, "begins", cycles, cycle -> cycle.begins);
    column(json, "ends", cycles, cycle -> cycle.ends);
    column(json, "place", cycles, cycle -> cycle.place);
    column(json, "called", cycles, cycle -> cycle.called);
    column(json, "awaited", cycles, cycle -> cycle.awaited);
    column(json, "by", cycles, cycle -> cycle.by);
    column(json, "woken", cycles, cycle -> cycle.woken);
    if (timeline.virtual) {
      column(json, "real", cycles, cycle -> cycle.realTime);
    }
    json.close('}');
  }

  private static void writeMoments(JsonWriter json, String name, List<Timeline.Moment> moments)
      throws IOException {
    json.name(name).open('{');
    column(json, "at", moments, Timeline.Moment::at);
    column(json, "until", moments, Timeline.Moment::until);
    column(json, "value", moments, Timeline.Moment::value);
    json.name("text").open('[');
    if (name.equals("marks") || name.equals("spans")) {
      for (Timeline.Moment moment : moments) {
        json.text(moment.text());
      }
    }
    json.close(']').close('}');
  }

  private static <T> void column(
      JsonWriter json, String name, List<T> rows, ToLongFunction<? super T> value)
      throws IOException {
    json.name(name).open('[');
    for (T row : rows) {
      json.number(value.applyAsLong(row));
    }
    json.close(']');
  }
}
