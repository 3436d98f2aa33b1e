package io.fermata.internal.reports;

import io.fermata.Coro;
import io.fermata.Task;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stack of a task, in the user's own source. */
public final class TaskStacks {
  private TaskStacks() {}

  /** The outermost {@code limit} frames, outermost first. */
  public static List<StackTraceElement> of(Task<?> task, int limit) {
    List<StackTraceElement> frames = new ArrayList<>(innermostFirst(task));
    Collections.reverse(frames);
    return List.copyOf(frames.subList(0, Math.min(limit, frames.size())));
  }

  /** All frames, innermost first. */
  public static List<StackTraceElement> innermostFirst(Task<?> task) {
    Throwable failure = LoopAccess.get().failure(task);
    if (failure != null) {
      return Arrays.asList(ThrowableAccess.traceOf(failure));
    }
    Coro<?> frame = LoopAccess.get().frame(task);
    if (frame == null) {
      return List.of();
    }
    return LoopAccess.taskInHand() == task
        ? StackTraces.ofRunningCode(task)
        : StackTraces.ofSuspended(frame);
  }

  /**
   * Where the innermost of the user's coroutines stands, though it awaits one of the runtime's;
   * null at the task's end.
   */
  public static @Nullable StackTraceElement place(Task<?> task) {
    LoopAccess loops = LoopAccess.get();
    Coro<?> innermost = loops.frame(task);
    Coro<?> at = innermost;
    while (at != null && UserFrames.isOurs(at)) {
      at = loops.awaiter(at);
    }
    Coro<?> told = at == null ? innermost : at;
    return told == null ? null : loops.place(told);
  }

  public static void print(Task<?> task, int limit, PrintStream out) {
    List<StackTraceElement> frames = of(task, limit);
    boolean running = LoopAccess.get().running(task.loop()) == task;
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
