package io.fermata.internal.reports;

import io.fermata.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a task to other JVMs: taken on the loop's thread, and for any.
 *
 * @param number which of its loop's tasks it is
 * @param name its name
 * @param state {@code running}, {@code ready} or {@code suspended}
 * @param waitsFor what it waits for that is no task, or null
 * @param stack its frames, innermost first
 * @param awaitedBy the numbers of the tasks that await it
 */
record TaskFacts(
    int number,
    String name,
    String state,
    @Nullable String waitsFor,
    List<StackTraceElement> stack,
    List<Integer> awaitedBy) {

  /**
   * Those of a task that does not run. For the loop's thread.
   *
   * @param whole whether all frames are told, and who awaits it
   */
  static TaskFacts of(Task<?> task, boolean ready, boolean whole) {
    LoopAccess loops = LoopAccess.get();
    List<StackTraceElement> stack = whole ? TaskStacks.innermostFirst(task) : place(task);
    String purpose = loops.waitsFor(task);
    return new TaskFacts(
        loops.number(task),
        task.getName(),
        ready ? "ready" : "suspended",
        purpose == null && !ready ? functionOf(stack) : purpose,
        stack,
        whole ? numbers(loops.awaiters(task)) : List.of());
  }

  /** The function of the runtime's that the user has called, {@code Async.sleep}, or null. */
  private static @Nullable String functionOf(List<StackTraceElement> stack) {
    String function = null;
    for (StackTraceElement frame : stack) {
      if (!UserFrames.isOurs(frame)) {
        break;
      }
      String type = frame.getClassName();
      function = type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }
    return function;
  }

  private static List<StackTraceElement> place(Task<?> task) {
    StackTraceElement place = TaskStacks.place(task);
    return place == null ? List.of() : List.of(place);
  }

  private static List<Integer> numbers(List<Task<?>> tasks) {
    return tasks.stream().map(LoopAccess.get()::number).toList();
  }

  /**
   * Those of the task that runs, seen from another thread.
   *
   * @param raw the stack of the loop's thread
   */
  static TaskFacts ofRunning(Task<?> task, StackTraceElement[] raw) {
    List<StackTraceElement> stack =
        UserFrames.near((ClassLoader) null)
            .translate(raw, 0, Math.max(0, UserFrames.lastOfLoop(raw)));
    return new TaskFacts(
        LoopAccess.get().number(task), task.getName(), "running", null, stack, List.of());
  }

  /** As an object of JSON. */
  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("task", number);
    fields.put("name", name);
    fields.put("state", state);
    fields.put("waitsFor", waitsFor);
    fields.put("stack", texts(stack));
    fields.put("awaitedBy", awaitedBy);
    return fields;
  }

  /** Frames as texts. */
  static List<String> texts(List<StackTraceElement> frames) {
    return frames.stream().map(TaskFacts::text).toList();
  }

  static String text(StackTraceElement frame) {
    return UserFrames.plain(frame).toString();
  }
}
