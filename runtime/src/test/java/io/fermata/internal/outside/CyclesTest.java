package io.fermata.internal.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CyclesTest {

  @Test
  void groups_areTheTasksThatReachEachOther() {
    for (int seed = 0; seed < 3_000; seed++) {
      Map<Long, List<Long>> awaits = graph(new Random(seed));
      Map<Long, Set<Long>> reached = new HashMap<>();
      awaits.keySet().forEach(task -> reached.put(task, reached(task, awaits)));
      Set<Set<Long>> expected = new HashSet<>();
      for (Long task : awaits.keySet()) {
        Set<Long> group = new HashSet<>(reached.get(task));
        group.removeIf(other -> !reached.getOrDefault(other, Set.of()).contains(task));
        if (!group.isEmpty()) {
          expected.add(group);
        }
      }
      List<Set<Long>> groups = Cycles.groups(awaits);
      assertEquals(expected, new HashSet<>(groups), "seed " + seed);
      assertEquals(expected.size(), groups.size(), "seed " + seed);
      groups.forEach(group -> assertIsCycle(Cycles.oneOf(group, awaits), group, awaits));
    }
  }

  private static void assertIsCycle(
      List<Long> cycle, Set<Long> group, Map<Long, List<Long>> awaits) {
    assertTrue(group.containsAll(cycle), cycle::toString);
    assertEquals(cycle.size(), Set.copyOf(cycle).size(), cycle::toString);
    assertEquals(cycle.stream().min(Long::compare).orElseThrow(), cycle.get(0));
    for (int i = 0; i < cycle.size(); i++) {
      Long next = cycle.get((i + 1) % cycle.size());
      assertTrue(awaits.get(cycle.get(i)).contains(next), cycle::toString);
    }
  }

  /** No task awaits itself. */
  private static Map<Long, List<Long>> graph(Random random) {
    int tasks = 2 + random.nextInt(8);
    Map<Long, List<Long>> awaits = new LinkedHashMap<>();
    for (int edges = random.nextInt(2 * tasks); edges > 0; edges--) {
      long from = random.nextInt(tasks);
      long to = (from + 1 + random.nextInt(tasks - 1)) % tasks;
      awaits.computeIfAbsent(from, key -> new ArrayList<>()).add(to);
    }
    return awaits;
  }

  private static Set<Long> reached(Long from, Map<Long, List<Long>> awaits) {
    Set<Long> reached = new HashSet<>();
    List<Long> left = new ArrayList<>(awaits.get(from));
    while (!left.isEmpty()) {
      Long next = left.remove(left.size() - 1);
      if (reached.add(next)) {
        left.addAll(awaits.getOrDefault(next, List.of()));
      }
    }
    return reached;
  }

  @Test
  void groups_ofALongChainAreFound() {
    Map<Long, List<Long>> awaits = new LinkedHashMap<>();
    for (long i = 0; i < 20_000; i++) {
      awaits.put(i, List.of((i + 1) % 20_000));
    }
    List<Set<Long>> groups = Cycles.groups(awaits);
    assertEquals(1, groups.size());
    assertEquals(20_000, groups.get(0).size());
    assertEquals(20_000, Cycles.oneOf(groups.get(0), awaits).size());
  }
}
