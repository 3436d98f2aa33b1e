package io.fermata.internal.net.simulated;

import java.util.List;
import java.util.Random;

/** All that is left to chance; by methods of {@link Random} whose results Java's API fixes. */
final class Draws {
  private final Random random;

  Draws(long seed) {
    random = new Random(seed);
  }

  /** From {@code min} to {@code max}, both included; nothing is drawn if they are the same. */
  long between(long min, long max) {
    return min == max ? min : min + (long) (random.nextDouble() * (max - min + 1));
  }

  /** Whether something happens; nothing is drawn if it never does. */
  boolean happens(double rate) {
    return rate > 0 && random.nextDouble() < rate;
  }

  <T> T oneOf(List<T> several) {
    return several.get(several.size() == 1 ? 0 : random.nextInt(several.size()));
  }
}
