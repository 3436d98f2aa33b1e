package io.fermata.benchmarks;

/** How much of a work is done at once: all of it to measure, a part to see that it is right. */
final class Size {
  /** The system property that tells by how much sizes are divided. */
  static final String DIVISOR = "fermata.benchmarks.divisor";

  private static final int BY = Integer.getInteger(DIVISOR, 1);

  private Size() {}

  static int of(int whole) {
    return whole / BY;
  }
}
