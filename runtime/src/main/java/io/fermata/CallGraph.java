package io.fermata;

import io.fermata.internal.reports.CallGraphText;
import io.fermata.internal.reports.TaskStacks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * It is as deep as tasks wait for each other. Its text is bounded, and says what it leaves out.
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
    return List.copyOf(waiters(promise).keySet());
  }

  /** The same, each with whether it may go on before the promise is done. */
  static Map<Task<?>, Boolean> waiters(Promise<?> promise) {
    Map<Task<?>, Boolean> tasks = new LinkedHashMap<>();
    Set<Promise<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Waiting> open = new ArrayDeque<>();
    open.push(new Waiting(promise, false));
    while (!open.isEmpty()) {
      Waiting current = open.element();
      if (!current.left.hasNext()) {
        open.remove();
        continue;
      }
      Object next = current.left.next();
      PromiseCallback callback = next instanceof PromiseCallback each ? each : null;
      boolean forAny = current.forAny || (callback != null && callback.waitsForAny());
      Promise<?> waiter = callback == null ? (Task<?>) next : callback.waiter();
      if (waiter instanceof Task<?> task) {
        tasks.merge(task, forAny, Boolean::logicalAnd);
      } else if (waiter != null && seen.add(waiter)) {
        open.push(new Waiting(waiter, forAny));
      }
    }
    return tasks;
  }

  /** Those that wait for a promise, and were not looked at yet. */
  private static final class Waiting {
    final Iterator<Object> left;
    final boolean forAny;

    Waiting(Promise<?> promise, boolean forAny) {
      this.left = promise.waiting().iterator();
      this.forAny = forAny;
    }
  }

  /** What a task waits for that tells its purpose. */
  static @Nullable String waitsFor(Task<?> task) {
    return task.waitingFor() instanceof Suspension suspension ? suspension.toString() : null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    Deque<CallGraph> ours = new ArrayDeque<>(List.of(this));
    Deque<CallGraph> theirs = new ArrayDeque<>();
    if (other instanceof CallGraph that) {
      theirs.push(that);
    }
    while (!ours.isEmpty() && ours.size() == theirs.size()) {
      CallGraph one = ours.pop();
      CallGraph another = theirs.pop();
      if (!one.name.equals(another.name)
          || !Objects.equals(one.waitsFor, another.waitsFor)
          || !one.stack.equals(another.stack)
          || one.awaitedBy.size() != another.awaitedBy.size()) {
        return false;
      }
      one.awaitedBy.forEach(ours::push);
      another.awaitedBy.forEach(theirs::push);
    }
    return ours.size() == theirs.size();
  }

  @Override
  public int hashCode() {
    int hash = 0;
    Deque<CallGraph> left = new ArrayDeque<>(List.of(this));
    while (!left.isEmpty()) {
      CallGraph graph = left.pop();
      hash =
          31 * hash + Objects.hash(graph.name, graph.waitsFor, graph.stack, graph.awaitedBy.size());
      graph.awaitedBy.forEach(left::push);
    }
    return hash;
  }

  /** The text of {@link Async#formatCallGraph}: a thousand lines at most, and what was left out. */
  @Override
  public String toString() {
    return new CallGraphText().of(this);
  }

  /** One walk, which meets each task once: a cycle of awaits ends where it began. */
  private static final class Walk {
    private final Set<Promise<?>> met = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Open> open = new ArrayDeque<>();

    /** By hand instead of by recursion, since a chain of tasks may be long. */
    CallGraph graph(Promise<?> root) {
      met.add(root);
      open.push(new Open(root));
      for (; ; ) {
        Open current = open.element();
        if (current.awaiters.hasNext()) {
          visit(current.awaiters.next(), current);
          continue;
        }
        open.remove();
        CallGraph graph = current.graph();
        if (open.isEmpty()) {
          return graph;
        }
        open.element().awaitedBy.add(graph);
      }
    }

    private void visit(Task<?> task, Open awaited) {
      if (met.add(task)) {
        open.push(new Open(task));
      } else {
        awaited.awaitedBy.add(
            new CallGraph(name(task) + " (see above)", null, List.of(), List.of()));
      }
    }
  }

  private static String name(Promise<?> promise) {
    return promise instanceof Task<?> task ? "Task " + task.getName() : promise.toString();
  }

  /**
   * A task or promise whose awaiters are being visited; the promises in between are seen through.
   */
  private static final class Open {
    final Iterator<Task<?>> awaiters;
    final List<CallGraph> awaitedBy = new ArrayList<>();
    private final Promise<?> promise;

    Open(Promise<?> promise) {
      this.promise = promise;
      this.awaiters = awaiters(promise).iterator();
    }

    CallGraph graph() {
      if (!(promise instanceof Task<?> task)) {
        return new CallGraph(name(promise), null, List.of(), List.copyOf(awaitedBy));
      }
      List<StackTraceElement> stack = List.copyOf(TaskStacks.innermostFirst(task));
      return new CallGraph(name(task), waitsFor(task), stack, List.copyOf(awaitedBy));
    }
  }
}
