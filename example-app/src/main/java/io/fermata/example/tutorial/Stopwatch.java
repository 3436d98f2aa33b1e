package io.fermata.example.tutorial;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.fermata.EventLoop;
import java.util.Locale;

/** The seconds since it was started, by the clock of the running loop. */
final class Stopwatch {
  private final EventLoop loop = EventLoop.running();
  private final long started = loop.time();

  static Stopwatch start() {
    return new Stopwatch();
  }

  /** As in {@code 2.0 s}. */
  @Override
  public String toString() {
    return format(loop.time() - started);
  }

  static String format(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / (double) SECONDS.toNanos(1));
  }
}
