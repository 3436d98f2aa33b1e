package io.fermata.benchmarks.net;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One number of each peer in each round. */
final class Series {
  private final Map<Peer, List<Double>> values = new EnumMap<>(Peer.class);

  void add(Peer peer, double value) {
    values.computeIfAbsent(peer, key -> new ArrayList<>()).add(value);
  }

  double median(Peer peer) {
    return quantile(of(peer), 0.5);
  }

  /**
   * How many times the base's number a peer's is, round by round, so that what else the machine
   * does in a round concerns both: the median, and in brackets the quartiles.
   */
  String ratio(Peer peer, Peer base) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < of(peer).size(); round++) {
      ratios.add(of(peer).get(round) / of(base).get(round));
    }
    return String.format(
        Locale.ROOT,
        "%.2f [%.2f-%.2f]",
        quantile(ratios, 0.5),
        quantile(ratios, 0.25),
        quantile(ratios, 0.75));
  }

  private List<Double> of(Peer peer) {
    return values.getOrDefault(peer, List.of());
  }

  private static double quantile(List<Double> values, double part) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.round(part * (sorted.size() - 1)));
  }
}
