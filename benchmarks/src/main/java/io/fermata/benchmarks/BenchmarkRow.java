package io.fermata.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What an operation of a benchmark takes.
 *
 * @param benchmark has a method for each peer
 * @param measure which time
 */
record BenchmarkRow(Class<?> benchmark, Measure measure, String work) implements Row {
  /** Which of the times that {@link Measurement} prints. */
  enum Measure {
    TIME,
    CPU_TIME
  }

  static BenchmarkRow time(Class<?> benchmark, String work) {
    return new BenchmarkRow(benchmark, Measure.TIME, work);
  }

  /** For work that sleeps. */
  static BenchmarkRow cpuTime(Class<?> benchmark, String work) {
    return new BenchmarkRow(benchmark, Measure.CPU_TIME, work + ", CPU");
  }

  @Override
  public String name() {
    return benchmark.getSimpleName();
  }

  @Override
  public List<Peer> peers() {
    return Arrays.stream(Peer.values()).filter(peer -> peer.isPresent() && isDoneBy(peer)).toList();
  }

  private boolean isDoneBy(Peer peer) {
    return peer == Peer.ASYNCIO ? Asyncio.ROWS.contains(name()) : Work.exists(benchmark, peer);
  }

  @Override
  public Sample measure(Peer peer, Setting setting) throws IOException, InterruptedException {
    String warmUp = String.valueOf(setting.warmUp());
    String seconds = String.valueOf(setting.seconds());
    String output =
        peer == Peer.ASYNCIO
            ? Asyncio.run(name(), String.valueOf(Work.operations(benchmark)), warmUp, seconds)
            : setting.run(Measurement.class, benchmark.getName(), peer.name(), warmUp, seconds);
    String[] told = output.split(" ", 4);
    double bytes = Double.parseDouble(told[2]);
    return new Sample(
        Double.parseDouble(measure == Measure.TIME ? told[0] : told[1]),
        Double.isNaN(bytes) ? OptionalDouble.empty() : OptionalDouble.of(bytes),
        told[3]);
  }
}
