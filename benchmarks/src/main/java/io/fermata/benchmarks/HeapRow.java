package io.fermata.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How many bytes live in the heap.
 *
 * @param heap has a method for each peer, which gives them
 */
record HeapRow(Class<?> heap, String work) implements Row {
  @Override
  public String name() {
    return heap.getSimpleName();
  }

  @Override
  public List<Peer> peers() {
    return Arrays.stream(Peer.values())
        .filter(peer -> peer.isPresent() && Work.exists(heap, peer))
        .toList();
  }

  @Override
  public Sample measure(Peer peer, Setting setting) throws IOException, InterruptedException {
    String bytes = setting.run(HeapMeasurement.class, heap.getName(), peer.name());
    return new Sample(Double.parseDouble(bytes), OptionalDouble.empty(), "");
  }
}
