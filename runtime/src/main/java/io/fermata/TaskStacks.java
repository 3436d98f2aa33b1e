package io.fermata;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The stack of a task, in the user's own source. */
final class TaskStacks {
  private TaskStacks() {}

  /** The outermost {@code limit} frames, outermost first. */
  static List<StackTraceElement> of(Task<?> task, int limit) {
    List<StackTraceElement> frames = new ArrayList<>(innermostFirst(task));
    Collections.reverse(frames);
    return List.copyOf(frames.subList(0, Math.min(limit, frames.size())));
  }

  /** All frames, innermost first. */
  static List<StackTraceElement> innermostFirst(Task<?> task) {
    if (task.state() == Promise.State.FAILED) {
      return task.peekOutcome() instanceof Throwable failure
          ? Arrays.asList(ThrowableAccess.traceOf(failure))
          : List.of();
    }
    Coro<?> frame = task.frame();
    if (frame == null) {
      return List.of();
    }
    return task.loop.code.task == task && EventLoop.runningOrNull() == task.loop
        ? StackTraces.ofRunningCode(task)
        : StackTraces.ofSuspended(frame);
  }

  static void print(Task<?> task, int limit, PrintStream out) {
    List<StackTraceElement> frames = of(task, limit);
    boolean running = task.loop.code.task == task;
    String state = running ? "running" : task.isDone() ? "done" : "suspended";
    if (frames.isEmpty()) {
      out.println("No stack for " + task + " (" + state + ")");
      return;
    }
    out.println("Stack of " + task + " (" + state + "), innermost call last:");
    for (StackTraceElement frame : frames) {
      out.println("\tat " + frame);
    }
  }
}
