package io.fermata.internal.outside;

import io.fermata.internal.outside.LoopView.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What {@code ps} prints: a task in a line. */
final class TaskTable {
  private static final int MAX_FRAMES = 8;
  private static final int MAX_TASKS = 4;

  private TaskTable() {}

  static List<String> of(List<LoopView> loops) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("LOOP", "THREAD", "TASK", "NAME", "STATE", "WAITS FOR", "AWAITED BY", "STACK"));
    for (LoopView loop : loops) {
      Map<Long, List<Long>> awaits = loop.awaits();
      loop.tasks().values().forEach(task -> rows.add(row(loop, awaits, task)));
    }
    List<String> lines = new ArrayList<>(Plain.table(rows));
    for (LoopView loop : loops) {
      lines.addAll(notes(loop));
    }
    return lines;
  }

  private static List<String> row(LoopView loop, Map<Long, List<Long>> awaits, TaskView task) {
    return List.of(
        loop.number(),
        loop.thread(),
        Long.toString(task.number()),
        task.name(),
        task.state(),
        waitsFor(loop, task, awaits.getOrDefault(task.number(), List.of())),
        names(loop, task.awaitedBy()),
        cut(task.stack(), MAX_FRAMES, " < "));
  }

  private static String waitsFor(LoopView loop, TaskView task, List<Long> awaited) {
    String waitsFor = task.waitsFor();
    if (waitsFor != null || awaited.isEmpty()) {
      return Objects.requireNonNullElse(waitsFor, "");
    }
    return (awaited.size() == 1 ? "task " : "tasks ") + names(loop, awaited);
  }

  private static String names(LoopView loop, List<Long> tasks) {
    return cut(tasks.stream().map(loop::nameOf).toList(), MAX_TASKS, ", ");
  }

  private static String cut(List<String> parts, int most, String between) {
    return parts.size() <= most
        ? String.join(between, parts)
        : String.join(between, parts.subList(0, most)) + between + (parts.size() - most) + " more";
  }

  /** What concerns a loop, not a task. */
  private static List<String> notes(LoopView loop) {
    List<String> notes = new ArrayList<>();
    List<String> heldUp = loop.heldUp();
    if (heldUp != null) {
      notes.add(loop.title() + " is held up:");
      heldUp.forEach(frame -> notes.add("    at " + frame));
    }
    if (loop.leftOut() > 0) {
      notes.add(loop.title() + " has " + loop.leftOut() + " more tasks");
    }
    loop.cycleTexts().forEach(cycle -> notes.add(loop.title() + " has " + cycle));
    return notes;
  }
}
