package io.fermata.processor.machine;

import io.fermata.processor.flow.Block;
import io.fermata.processor.flow.FlowGraph;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts a large machine into methods that HotSpot will compile: it never compiles one of more than
 * 8,000 bytes of bytecode.
 *
 * <p>A method holds cases that follow each other. A case that is too large by itself is cut at its
 * blocks, and {@link BlockSplitter} has cut blocks that are too large.
 */
final class Sections {
  private final Layout layout;
  private final List<List<Integer>> cases;
  private final Map<Integer, Integer> sectionOfCase = new HashMap<>();

  private Sections(Layout layout, List<List<Integer>> cases) {
    this.layout = layout;
    this.cases = cases;
    for (int i = 0; i < cases.size(); i++) {
      for (int block : cases.get(i)) {
        sectionOfCase.put(block, i);
      }
    }
  }

  /**
   * Lays the graph out.
   *
   * @param limit the estimated size in bytes that a method may have
   */
  static Sections of(FlowGraph graph, int limit) {
    BitSet cuts = new BitSet();
    Layout layout = new Layout(graph, cuts);
    if (sizes(graph, layout).values().stream().mapToInt(size -> size).sum() <= limit) {
      return new Sections(layout, List.of(layout.cases()));
    }
    while (cutLargeCases(graph, layout, limit, cuts)) {
      layout = new Layout(graph, cuts);
    }
    return new Sections(layout, packed(sizes(graph, layout), limit));
  }

  Layout layout() {
    return layout;
  }

  int count() {
    return cases.size();
  }

  int sectionOf(int block) {
    return sectionOfCase.getOrDefault(layout.caseOf(block), 0);
  }

  List<Integer> casesOf(int section) {
    return cases.get(section);
  }

  private static Map<Integer, Integer> sizes(FlowGraph graph, Layout layout) {
    Map<Integer, Integer> sizes = new TreeMap<>();
    for (Block block : graph.blocks()) {
      sizes.merge(layout.caseOf(block.id()), CodeSize.of(block), Integer::sum);
    }
    return sizes;
  }

  /** Makes a case of the block with which a case becomes too large; tells if there was one. */
  private static boolean cutLargeCases(FlowGraph graph, Layout layout, int limit, BitSet cuts) {
    int before = cuts.cardinality();
    Map<Integer, Integer> sizes = new TreeMap<>();
    for (Block block : graph.blocks()) {
      int size = sizes.merge(layout.caseOf(block.id()), CodeSize.of(block), Integer::sum);
      if (size > limit && !layout.isCase(block.id())) {
        cuts.set(block.id());
        sizes.put(layout.caseOf(block.id()), 0);
      }
    }
    return cuts.cardinality() > before;
  }

  private static List<List<Integer>> packed(Map<Integer, Integer> sizes, int limit) {
    List<List<Integer>> packed = new ArrayList<>();
    int size = 0;
    for (Map.Entry<Integer, Integer> each : sizes.entrySet()) {
      if (packed.isEmpty() || size + each.getValue() > limit) {
        packed.add(new ArrayList<>());
        size = 0;
      }
      packed.get(packed.size() - 1).add(each.getKey());
      size += each.getValue();
    }
    return packed;
  }
}
