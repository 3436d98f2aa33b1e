package io.fermata.internal.net.simulated;

import org.jspecify.annotations.Nullable;

/** The way from one machine to another, or to itself: how long it takes, and what is amiss. */
final class Route {
  private static final double NANOS_PER_SECOND = 1e9;

  /** At which byte connections are cut, and how. */
  record Cut(long bytes, Fate how) {}

  final Simulation simulation;
  final Machine from;
  final Machine to;

  /** Of this route alone, or null. */
  private @Nullable Latency latency;

  /** Bytes a second, 0 for any number; as set, and while it is slow. */
  private long bandwidth;

  private long slowed;

  private boolean partitioned;
  private @Nullable Cut cut;

  /** When all that was sent before has left. */
  private long freeAt;

  /** The datagrams on their way. */
  final Datagrams datagrams;

  Route(Simulation simulation, Machine from, Machine to) {
    this.simulation = simulation;
    this.from = from;
    this.to = to;
    this.datagrams = new Datagrams(this);
  }

  void latency(Latency newLatency) {
    latency = newLatency;
  }

  void bandwidth(long bytesPerSecond) {
    bandwidth = bytesPerSecond;
  }

  void slow(long bytesPerSecond) {
    slowed = bytesPerSecond;
  }

  void partition() {
    partitioned = true;
  }

  void cut(Cut newCut) {
    cut = newCut;
  }

  @Nullable Cut cut() {
    return cut;
  }

  void heal() {
    partitioned = false;
    slowed = 0;
    cut = null;
  }

  /** Whether nothing arrives. */
  boolean isBlocked() {
    return partitioned || (from != to && (from.isDark() || to.isDark()));
  }

  private long bytesPerSecond() {
    if (slowed > 0) {
      return bandwidth > 0 ? Math.min(slowed, bandwidth) : slowed;
    }
    return bandwidth > 0 || from == to ? bandwidth : simulation.bandwidth();
  }

  /** When what is sent now has left the sender. */
  long leaves(int bytes) {
    long now = simulation.now();
    long rate = bytesPerSecond();
    if (rate == 0) {
      return now;
    }
    freeAt = Math.max(now, freeAt) + (long) (bytes * NANOS_PER_SECOND / rate);
    return freeAt;
  }

  /** How long it is on its way then. */
  long delay() {
    if (latency != null) {
      return latency.draw(simulation.draws);
    }
    return from == to ? 0 : simulation.latency().draw(simulation.draws);
  }

  @Override
  public String toString() {
    return from.name() + " -> " + to.name();
  }
}
