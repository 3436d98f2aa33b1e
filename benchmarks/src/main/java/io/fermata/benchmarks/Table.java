package io.fermata.benchmarks;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has been measured, printed as Markdown; all who do the work of a row give one result. */
final class Table {
  private final Map<Row, Map<Peer, Series>> series = new LinkedHashMap<>();
  private final Map<Row, String> results = new LinkedHashMap<>();

  Table(List<Row> rows) {
    for (Row row : rows) {
      series.put(row, new EnumMap<>(Peer.class));
    }
  }

  void add(Row row, Peer peer, Sample sample) {
    String result = results.computeIfAbsent(row, first -> sample.result());
    if (!sample.result().equals(result)) {
      throw new IllegalStateException(
          String.format(
              "%s of %s gives %s, and another %s.",
              row.name(), peer.title(), sample.result(), result));
    }
    of(row).computeIfAbsent(peer, first -> new Series()).add(sample);
  }

  private Map<Peer, Series> of(Row row) {
    return series.computeIfAbsent(row, missing -> new EnumMap<>(Peer.class));
  }

  @Override
  public String toString() {
    List<Peer> peers =
        Arrays.stream(Peer.values())
            .filter(peer -> series.values().stream().anyMatch(row -> row.containsKey(peer)))
            .toList();
    StringBuilder table = new StringBuilder("| work |");
    peers.forEach(peer -> table.append(' ').append(peer.title()).append(" |"));
    table.append(" Fermata / floor |\n| --- |").append(" ---: |".repeat(peers.size() + 1));
    for (Row row : series.keySet()) {
      table.append("\n| ").append(row.work()).append(" |");
      peers.forEach(peer -> table.append(' ').append(cell(row, peer)).append(" |"));
      table.append(' ').append(ratio(row)).append(" |");
    }
    return table.append('\n').toString();
  }

  private String cell(Row row, Peer peer) {
    Series measured = of(row).get(peer);
    return measured == null ? "–" : measured.toString();
  }

  private String ratio(Row row) {
    Series ours = of(row).get(Peer.FERMATA);
    Series floor = of(row).get(Peer.FLOOR);
    return ours == null || floor == null ? "–" : Series.number(ours.median() / floor.median());
  }
}
