package io.fermata.internal.outside;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds tasks that await each other, and so for ever: the strongly connected parts of the graph of
 * who awaits whom, by Kosaraju's two searches.
 */
final class Cycles {
  private final Map<Long, List<Long>> awaits;

  private Cycles(Map<Long, List<Long>> awaits) {
    this.awaits = awaits;
  }

  /**
   * The groups of tasks that await each other.
   *
   * @param awaits whom each task awaits
   */
  static List<Set<Long>> groups(Map<Long, List<Long>> awaits) {
    Map<Long, List<Long>> awaitedBy = new HashMap<>();
    awaits.forEach(
        (task, awaited) ->
            awaited.forEach(
                other -> awaitedBy.computeIfAbsent(other, key -> new ArrayList<>()).add(task)));
    Set<Long> met = new HashSet<>();
    List<Long> left = new ArrayList<>();
    Cycles forwards = new Cycles(awaits);
    awaits.keySet().forEach(task -> left.addAll(forwards.reached(task, met)));
    Collections.reverse(left);
    met.clear();
    Cycles backwards = new Cycles(awaitedBy);
    List<Set<Long>> groups = new ArrayList<>();
    for (Long task : left) {
      List<Long> group = backwards.reached(task, met);
      if (group.size() > 1) {
        groups.add(Set.copyOf(group));
      }
    }
    return groups;
  }

  /**
   * One cycle in a group, along what is awaited, from the task with the least number in it.
   *
   * @param group tasks that await each other
   */
  static List<Long> oneOf(Set<Long> group, Map<Long, List<Long>> awaits) {
    Map<Long, Integer> path = new LinkedHashMap<>();
    Long at = Collections.min(group);
    while (!path.containsKey(at)) {
      path.put(at, path.size());
      at = awaits.getOrDefault(at, List.of()).stream().filter(group::contains).findFirst().get();
    }
    List<Long> cycle = new ArrayList<>(path.keySet()).subList(path.get(at), path.size());
    Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
    return List.copyOf(cycle);
  }

  /**
   * What is reached from a task, in the order in which the search leaves it. By hand instead of by
   * recursion, since a chain of tasks may be long.
   */
  private List<Long> reached(Long root, Set<Long> met) {
    List<Long> left = new ArrayList<>();
    Deque<Visit> open = new ArrayDeque<>();
    if (met.add(root)) {
      open.push(visit(root));
    }
    while (!open.isEmpty()) {
      Visit visit = open.element();
      if (!visit.next.hasNext()) {
        left.add(visit.task);
        open.remove();
        continue;
      }
      Long next = visit.next.next();
      if (met.add(next)) {
        open.push(visit(next));
      }
    }
    return left;
  }

  private Visit visit(Long task) {
    return new Visit(task, awaits.getOrDefault(task, List.of()).iterator());
  }

  private record Visit(Long task, Iterator<Long> next) {}
}
