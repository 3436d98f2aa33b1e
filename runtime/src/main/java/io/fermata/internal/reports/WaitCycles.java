package io.fermata.internal.reports;

import io.fermata.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tasks that wait for each other in a circle: by awaits, through gathers and groups, and for
 * locks. None of them goes on by itself; who waits for the first of several counts only if all of
 * them are stuck.
 *
 * <pre>
 *   A awaits B, B waits for a lock, A holds it:   [A, B]
 * </pre>
 */
public final class WaitCycles {
  private static final int MAX_LINKS_TOLD = 20;

  /** What each task waits for; who waits for nothing that is known is left out. */
  private final Map<Task<?>, Wait> waits = new HashMap<>();

  private WaitCycles() {}

  /** The circles among the tasks of a loop; each task is in one at most. On the loop's thread. */
  public static List<List<Task<?>>> among(Collection<Task<?>> tasks) {
    WaitCycles cycles = new WaitCycles();
    for (Task<?> task : tasks) {
      cycles.addWaits(task);
    }
    cycles.dropThoseThatCanGoOn();
    return cycles.find(tasks);
  }

  private void addWaits(Task<?> task) {
    LoopAccess loops = LoopAccess.get();
    loops.waiters(task).forEach((waiter, forAny) -> wait(waiter).add(task, forAny));
    Task<?> holder = loops.holder(task);
    if (holder != null && !holder.isDone()) {
      wait(task).add(holder, false);
    }
  }

  private Wait wait(Task<?> task) {
    return waits.computeIfAbsent(task, key -> new Wait());
  }

  /** What one task waits for. */
  private static final class Wait {
    /** Each with whether the task may go on before it is done. */
    final Map<Task<?>, Boolean> targets = new LinkedHashMap<>(2);

    int needed;

    void add(Task<?> target, boolean forAny) {
      if (targets.put(target, forAny) == null && !forAny) {
        needed++;
      }
    }

    /** One of the targets can go on: whether this task then can. */
    boolean isFreedBy(Task<?> target) {
      return Boolean.TRUE.equals(targets.get(target)) || --needed == 0;
    }
  }

  private void dropThoseThatCanGoOn() {
    Map<Task<?>, List<Task<?>>> waiters = new HashMap<>();
    waits.forEach(
        (task, wait) ->
            wait.targets.forEach(
                (target, forAny) ->
                    waiters.computeIfAbsent(target, key -> new ArrayList<>()).add(task)));
    Deque<Task<?>> free = new ArrayDeque<>();
    for (Task<?> target : waiters.keySet()) {
      if (!waits.containsKey(target)) {
        free.add(target);
      }
    }
    while (!free.isEmpty()) {
      Task<?> target = free.remove();
      for (Task<?> task : waiters.getOrDefault(target, List.of())) {
        Wait wait = waits.get(task);
        if (wait != null && wait.isFreedBy(target)) {
          waits.remove(task);
          free.add(task);
        }
      }
    }
  }

  /** Each task that is left waits for one that is left. */
  private List<List<Task<?>>> find(Collection<Task<?>> tasks) {
    List<List<Task<?>>> cycles = new ArrayList<>();
    Map<Task<?>, Task<?>> metFrom = new HashMap<>();
    for (Task<?> start : tasks) {
      if (!waits.containsKey(start)) {
        continue;
      }
      Task<?> at = start;
      while (metFrom.putIfAbsent(at, start) == null) {
        at = next(at);
      }
      if (metFrom.get(at) == start) {
        cycles.add(cycleOf(at));
      }
    }
    return cycles;
  }

  private List<Task<?>> cycleOf(Task<?> first) {
    List<Task<?>> cycle = new ArrayList<>();
    Task<?> at = first;
    do {
      cycle.add(at);
      at = next(at);
    } while (at != first);
    return cycle;
  }

  private Task<?> next(Task<?> task) {
    Wait wait = waits.get(task);
    if (wait != null) {
      for (Task<?> target : wait.targets.keySet()) {
        if (waits.containsKey(target)) {
          return target;
        }
      }
    }
    throw new AssertionError(task + " is stuck, and waits for none that is");
  }

  /** A circle as text, a line for each task with what it waits for, and where. */
  public static String describe(List<Task<?>> cycle) {
    StringBuilder text = new StringBuilder();
    int told = Math.min(cycle.size(), MAX_LINKS_TOLD);
    for (int i = 0; i < told; i++) {
      describe(cycle.get(i), cycle.get((i + 1) % cycle.size()), text);
    }
    if (told < cycle.size()) {
      text.append("\n    ... and ").append(cycle.size() - told).append(" more");
    }
    return text.toString();
  }

  private static void describe(Task<?> task, Task<?> next, StringBuilder text) {
    LoopAccess loops = LoopAccess.get();
    text.append("\n    ").append(task.getName());
    if (loops.holder(task) == next) {
      text.append(" waits for ").append(loops.waitsFor(task)).append(", which ");
      text.append(next.getName()).append(" has taken");
    } else {
      text.append(" awaits ").append(next.getName());
    }
    StackTraceElement place = TaskStacks.place(task);
    if (place != null) {
      text.append(", at ").append(place);
    }
  }
}
