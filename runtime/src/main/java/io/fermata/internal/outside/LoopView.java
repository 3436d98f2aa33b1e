package io.fermata.internal.outside;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A loop of another JVM, as its bean tells of it.
 *
 * @param number its number, and the class loader of its runtime if there are several
 * @param title its text and its thread
 * @param thread the name of its thread
 * @param tasks its tasks by number, in order of creation
 * @param leftOut how many more there are
 * @param cycles the numbers of tasks that wait for each other in circles
 * @param heldUp the stack of its thread if that is held up, else null
 */
record LoopView(
    String number,
    String title,
    String thread,
    Map<Long, TaskView> tasks,
    long leftOut,
    List<List<Long>> cycles,
    @Nullable List<String> heldUp) {

  /**
   * A task.
   *
   * @param number its number
   * @param name its name
   * @param state whether it runs
   * @param waitsFor what it waits for, or null
   * @param stack its frames, innermost first
   * @param awaitedBy the numbers of those that await it
   */
  record TaskView(
      long number,
      String name,
      String state,
      @Nullable String waitsFor,
      List<String> stack,
      List<Long> awaitedBy) {

    private static TaskView of(Fields task) {
      return new TaskView(
          task.number("task"),
          Plain.text(task.text("name")),
          task.text("state"),
          Plain.textOrNull(task.textOrNull("waitsFor")),
          task.texts("stack").stream().map(Plain::text).toList(),
          task.numbers("awaitedBy"));
    }
  }

  static LoopView of(Fields loop) {
    Map<Long, TaskView> tasks = new LinkedHashMap<>();
    for (Fields task : loop.objects("tasks")) {
      tasks.put(task.number("task"), TaskView.of(task));
    }
    return new LoopView(
        number(loop),
        title(loop),
        Plain.text(loop.text("thread")),
        tasks,
        loop.number("leftOut"),
        loop.lists("cycles"),
        loop.has("heldUp") ? loop.texts("heldUp").stream().map(Plain::text).toList() : null);
  }

  private static String number(Fields loop) {
    String loader = Plain.textOrNull(loop.textOrNull("loader"));
    return loop.number("loop") + (loader == null ? "" : " of " + loader);
  }

  /** What stands above all that is told of a loop. */
  static String title(Fields loop) {
    return "loop "
        + number(loop)
        + ": "
        + Plain.text(loop.text("name"))
        + " in thread "
        + Plain.text(loop.text("thread"));
  }

  /** Whom each task awaits. */
  Map<Long, List<Long>> awaits() {
    Map<Long, List<Long>> awaits = new LinkedHashMap<>();
    for (TaskView task : tasks.values()) {
      for (Long awaiter : task.awaitedBy) {
        awaits.computeIfAbsent(awaiter, key -> new ArrayList<>()).add(task.number);
      }
    }
    return awaits;
  }

  /** The name of a task, which may be one of those left out. */
  String nameOf(Long task) {
    TaskView known = tasks.get(task);
    return known == null ? "task " + task : known.name;
  }

  /** Tasks that wait for each other, as texts. */
  List<String> cycleTexts() {
    return cycles.stream().map(this::text).toList();
  }

  private String text(List<Long> cycle) {
    StringBuilder text = new StringBuilder("tasks that wait for each other: ");
    cycle.forEach(task -> text.append(nameOf(task)).append(" -> "));
    return text.append(nameOf(cycle.get(0))).toString();
  }
}
