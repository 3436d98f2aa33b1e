package io.fermata.internal;

import java.time.Duration;

/** Durations as the loop counts them. */
public final class Durations {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
  private static final Duration SHORTEST = Duration.ofNanos(Long.MIN_VALUE);

  private Durations() {}

  /** Nanoseconds; what is too long for them (292 years) is taken for the longest there is. */
  public static long toNanos(Duration duration) {
    if (duration.compareTo(LONGEST) > 0) {
      return Long.MAX_VALUE;
    }
    return duration.compareTo(SHORTEST) < 0 ? Long.MIN_VALUE : duration.toNanos();
  }
}
