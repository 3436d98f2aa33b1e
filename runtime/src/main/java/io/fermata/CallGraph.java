package io.fermata;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who awaits whom, from a task or promise outwards: through awaits, gathers, groups and shields.
 * Given by {@link Async#captureCallGraph}; its text is that of {@link Async#formatCallGraph}.
 *
 * <pre>{@code
 * for (CallGraph waiting : captureCallGraph(task).awaitedBy()) {
 *   System.out.println(waiting.name() + " waits at " + waiting.stack().get(0));
 * }
 * }</pre>
 *
 * <p>A graph is a picture of one moment, taken on the loop's thread; it is immutable, and for any.
 *
 * <p>asyncio: {@code FutureCallGraph}.
 *
 * @param name the task's name; the text of what is only a promise
 * @param waitsFor what a task waits for that is no task: {@code data from 127.0.0.1:5432}; null if
 *     nothing that can be told
 * @param stack the task's frames in the user's own source, innermost first; empty for a promise
 * @param awaitedBy the tasks that wait for it
 */
public record CallGraph(
    String name,
    @Nullable String waitsFor,
    List<StackTraceElement> stack,
    List<CallGraph> awaitedBy) {

  static CallGraph of(Promise<?> promise) {
    return new Walk().graph(Objects.requireNonNull(promise, "promise"));
  }

  /** The tasks that wait for a promise, straight or through gathers, groups and shields. */
  static List<Task<?>> awaiters(Promise<?> promise) {
    Set<Task<?>> tasks = new LinkedHashSet<>();
    collectAwaiters(promise, tasks, Collections.newSetFromMap(new IdentityHashMap<>()));
    return List.copyOf(tasks);
  }

  private static void collectAwaiters(
      Promise<?> promise, Set<Task<?>> tasks, Set<Promise<?>> seen) {
    for (Object waiting : promise.waiting()) {
      Promise<?> waiter = null;
      if (waiting instanceof Task<?> task) {
        waiter = task;
      } else if (waiting instanceof PromiseCallback callback) {
        waiter = callback.waiter();
      }
      if (waiter instanceof Task<?> task) {
        tasks.add(task);
      } else if (waiter != null && seen.add(waiter)) {
        collectAwaiters(waiter, tasks, seen);
      }
    }
  }

  /** What a task waits for that tells its purpose. */
  static @Nullable String waitsFor(Task<?> task) {
    return task.waitingFor() instanceof Suspension suspension ? suspension.toString() : null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text, "");
    return text.toString();
  }

  private void append(StringBuilder text, String indent) {
    text.append(indent).append("* ").append(name).append('\n');
    if (waitsFor != null) {
      text.append(indent).append("  + Waits for ").append(waitsFor).append('\n');
    }
    if (!stack.isEmpty()) {
      text.append(indent).append("  + Call stack:\n");
      for (StackTraceElement frame : stack) {
        text.append(indent).append("  |   at ").append(frame).append('\n');
      }
    }
    if (!awaitedBy.isEmpty()) {
      text.append(indent).append("  + Awaited by:\n");
      awaitedBy.forEach(awaiter -> awaiter.append(text, indent + "    "));
    }
  }

  /** One walk, which meets each task once: a cycle of awaits ends where it began. */
  private static final class Walk {
    private final Set<Promise<?>> met = Collections.newSetFromMap(new IdentityHashMap<>());

    CallGraph graph(Promise<?> promise) {
      if (!(promise instanceof Task<?> task)) {
        return new CallGraph(promise.toString(), null, List.of(), awaitersOf(promise));
      }
      String name = "Task " + task.getName();
      if (!met.add(task)) {
        return new CallGraph(name + " (see above)", null, List.of(), List.of());
      }
      return new CallGraph(name, waitsFor(task), TaskStacks.innermostFirst(task), awaitersOf(task));
    }

    /** The tasks that wait; the promises in between are seen through. */
    private List<CallGraph> awaitersOf(Promise<?> promise) {
      List<CallGraph> graphs = new ArrayList<>();
      awaiters(promise).forEach(task -> graphs.add(graph(task)));
      return graphs;
    }
  }
}
