package io.fermata.processor.machine;

import io.fermata.processor.flow.FlowGraph;
import java.util.BitSet;
import java.util.List;

/** Cuts a large machine into methods that HotSpot will compile. */
final class Sections {
  private final Layout layout;

  private Sections(Layout layout) {
    this.layout = layout;
  }

  static Sections of(FlowGraph graph) {
    return new Sections(new Layout(graph, new BitSet()));
  }

  static FlowGraph splitLargeBlocks(FlowGraph graph) {
    return graph;
  }

  Layout layout() {
    return layout;
  }

  int count() {
    return 1;
  }

  int sectionOf(int block) {
    return 0;
  }

  List<Integer> casesOf(int section) {
    return layout.cases();
  }
}
