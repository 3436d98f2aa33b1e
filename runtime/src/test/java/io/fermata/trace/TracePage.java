package io.fermata.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the page of a trace holds, in the terms of the tests. */
final class TracePage {
  private static final String DATA = "<script type=\"application/json\" id=\"data\">";

  /** A moment is the index of an event; -1 for none. */
  record Cycle(
      String task,
      int waits,
      int ready,
      int begins,
      int ends,
      String place,
      String called,
      String awaited,
      String by) {}

  record TaskRow(
      int number,
      String name,
      String coroutine,
      String by,
      String site,
      int ended,
      int outcome,
      String failure) {}

  record Moment(long at, long until, String by, String text) {}

  final String html;
  final Map<String, Object> data;
  final List<TaskRow> tasks = new ArrayList<>();
  final List<Cycle> cycles = new ArrayList<>();
  final List<Double> times = new ArrayList<>();

  private TracePage(String html) {
    this.html = html;
    int from = html.indexOf(DATA) + DATA.length();
    data = Json.object(Json.parse(html.substring(from, html.indexOf("</script>", from)).strip()));
    double time = 0;
    for (Object delta : Json.list(data.get("times"))) {
      time += (double) delta;
      times.add(time);
    }
    readTasks(Json.object(data.get("tasks")));
    readCycles(Json.object(data.get("cycles")));
  }

  static TracePage of(Path file) throws IOException {
    return new TracePage(Files.readString(file));
  }

  private void readTasks(Map<String, Object> columns) {
    int count = Json.list(columns.get("number")).size();
    columns.forEach((name, column) -> assertEquals(count, Json.list(column).size(), name));
    for (int i = 0; i < count; i++) {
      tasks.add(
          new TaskRow(
              number(columns, "number", i),
              text(columns, "name", i),
              text(columns, "coroutine", i),
              null,
              place(number(columns, "site", i)),
              number(columns, "ended", i),
              number(columns, "outcome", i),
              text(columns, "failure", i)));
    }
    for (int i = 0; i < count; i++) {
      TaskRow row = tasks.get(i);
      tasks.set(
          i,
          new TaskRow(
              row.number,
              row.name,
              row.coroutine,
              who(number(columns, "by", i)),
              row.site,
              row.ended,
              row.outcome,
              row.failure));
    }
  }

  private void readCycles(Map<String, Object> columns) {
    int count = Json.list(columns.get("task")).size();
    columns.forEach((name, column) -> assertEquals(count, Json.list(column).size(), name));
    for (int i = 0; i < count; i++) {
      int called = number(columns, "called", i);
      int awaited = number(columns, "awaited", i);
      Cycle cycle =
          new Cycle(
              who(number(columns, "task", i)),
              number(columns, "waits", i),
              number(columns, "ready", i),
              number(columns, "begins", i),
              number(columns, "ends", i),
              place(number(columns, "place", i)),
              called < 0 ? null : (String) Json.list(data.get("functions")).get(called),
              awaited == 0 ? null : who(awaited),
              who(number(columns, "by", i)));
      assertInOrder(cycle);
      cycles.add(cycle);
    }
  }

  private static void assertInOrder(Cycle cycle) {
    int before = -1;
    for (int moment : new int[] {cycle.waits, cycle.ready, cycle.begins, cycle.ends}) {
      if (moment >= 0) {
        assertTrue(moment >= before, cycle::toString);
        before = moment;
      }
    }
  }

  private static int number(Map<String, Object> columns, String name, int row) {
    return (int) (double) Json.list(columns.get(name)).get(row);
  }

  private static String text(Map<String, Object> columns, String name, int row) {
    return (String) Json.list(columns.get(name)).get(row);
  }

  private String place(int index) {
    if (index < 0) {
      return null;
    }
    List<Object> place = Json.list(Json.list(data.get("places")).get(index));
    return place.get(1) + ":" + (int) (double) place.get(2);
  }

  private String who(int number) {
    return switch (number) {
      case 0 -> "outside";
      case -1 -> "timer";
      case -2 -> "channel";
      case -3 -> "thread";
      case -4 -> "callback";
      default ->
          tasks.stream()
              .filter(task -> task.number == number)
              .findFirst()
              .map(TaskRow::name)
              .orElse("Task-" + number);
    };
  }

  TaskRow task(String name) {
    return tasks.stream().filter(task -> task.name.equals(name)).findFirst().orElseThrow();
  }

  List<Cycle> cycles(String task) {
    return cycles.stream().filter(cycle -> cycle.task.equals(task)).toList();
  }

  /** What a task has waited for, in order, and who has woken it. */
  List<String> waits(String task) {
    return cycles(task).stream()
        .filter(cycle -> cycle.waits >= 0)
        .map(
            cycle ->
                (cycle.awaited != null ? cycle.awaited : cycle.called)
                    + (cycle.ready < 0 ? ", still" : ", by " + cycle.by))
        .toList();
  }

  List<Moment> moments(String name) {
    Map<String, Object> columns = Json.object(data.get(name));
    List<Moment> moments = new ArrayList<>();
    List<Object> texts = Json.list(columns.get("text"));
    for (int i = 0; i < Json.list(columns.get("at")).size(); i++) {
      moments.add(
          new Moment(
              number(columns, "at", i),
              number(columns, "until", i),
              who(number(columns, "value", i)),
              texts.isEmpty() ? "" : (String) texts.get(i)));
    }
    return moments;
  }

  long value(String name, int row) {
    return number(Json.object(data.get(name)), "value", row);
  }

  double millis(int moment) {
    return times.get(moment) / 1e6;
  }
}
