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
    List<String> frames = new ArrayList<>();
    of(task, limit).forEach(frame -> frames.add("\tat " + frame));
    print(task, frames, out);
  }

  /** All frames, those that are suspended with their variables. */
  public static void printWithLocals(Task<?> task, PrintStream out) {
    LoopAccess loops = LoopAccess.get();
    Coro<?> innermost = loops.frame(task);
    if (innermost == null || loops.running(task.loop()) == task) {
      print(task, Integer.MAX_VALUE, out);
      return;
    }
    List<String> frames = new ArrayList<>();
    for (Coro<?> at = innermost; at != null; at = loops.awaiter(at)) {
      if (frames.size() == Awaiters.MOST) {
        frames.add("\tat " + Awaiters.LEFT_OUT);
        break;
      }
      StringBuilder text = new StringBuilder("\tat " + loops.place(at));
      FrameLocals.of(at).forEach(local -> text.append("\n\t\t").append(local));
      frames.add(text.toString());
    }
    Collections.reverse(frames);
    print(task, frames, out);
  }

  private static void print(Task<?> task, List<String> frames, PrintStream out) {
    boolean running = LoopAccess.get().running(task.loop()) == task;
    String state = running ? "running" : task.isDone() ? "done" : "suspended";
    if (frames.isEmpty()) {
      out.println("No stack for " + task + " (" + state + ")");
      return;
    }
    out.println("Stack of " + task + " (" + state + "), innermost call last:");
    frames.forEach(out::println);
  }
}
