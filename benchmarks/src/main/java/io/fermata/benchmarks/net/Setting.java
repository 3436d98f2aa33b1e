package io.fermata.benchmarks.net;

import java.io.IOException;
import java.time.Duration;

/**
 * How it is measured.
 *
 * @param rounds how often each server has its turn
 * @param window how long a turn is
 * @param cores who runs where
 */
record Setting(int rounds, Duration window, Cores cores) {
  /** So much CPU time has a server had at least that is measured: then its code is compiled. */
  private static final Duration WARM = Duration.ofSeconds(3);

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final int MAX_STEPS = 20;

  /** Asks a server something for a time. */
  @FunctionalInterface
  interface Asking {
    void askFor(Duration time) throws IOException, InterruptedException;
  }

  /** Asks until the server is warm, and once at least. */
  void warmUp(ServerProcess server, Asking asking) throws IOException, InterruptedException {
    int steps = 0;
    do {
      asking.askFor(STEP);
      steps++;
    } while (steps < MAX_STEPS && server.cpuTime().compareTo(WARM) < 0);
  }
}
