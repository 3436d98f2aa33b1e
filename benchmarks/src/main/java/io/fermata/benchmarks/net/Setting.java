package io.fermata.benchmarks.net;

import java.time.Duration;

/**
 * How it is measured.
 *
 * @param rounds how often each server has its turn
 * @param window how long a turn is
 * @param cores who runs where
 */
record Setting(int rounds, Duration window, Cores cores) {

  /** How long a server is asked before it is measured. */
  Duration warmUp() {
    return Duration.ofSeconds(3);
  }
}
