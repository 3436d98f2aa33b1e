package io.fermata.internal.net.simulated;

import java.time.Duration;

/** How long something takes, in nanoseconds: a number between two, by chance. */
record Latency(long min, long max) {
  static final Latency NONE = new Latency(0, 0);

  /**
   * Between two durations.
   *
   * @throws IllegalArgumentException if there is no number between them, or a negative one
   */
  static Latency between(Duration min, Duration max) {
    if (min.isNegative() || max.compareTo(min) < 0) {
      throw new IllegalArgumentException(
          "from " + min + " to " + max + " is no time: give two durations, the shorter one first.");
    }
    return new Latency(min.toNanos(), max.toNanos());
  }

  long draw(Draws draws) {
    return draws.between(min, max);
  }
}
