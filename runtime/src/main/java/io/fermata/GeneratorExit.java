package io.fermata;

import io.fermata.internal.Suppression;
import io.fermata.internal.Unchecked;

/**
 * Thrown at the resume point where a generator stands when it is closed, for its finally blocks.
 */
final class GeneratorExit extends Error {
  private static final long serialVersionUID = 1L;

  GeneratorExit() {
    super("the generator is closed", null, true, false);
  }

  /** The generator has ended: what its resources failed with on the way goes on. */
  void throwSuppressed() {
    Throwable[] failures = getSuppressed();
    if (failures.length > 0) {
      for (int i = 1; i < failures.length; i++) {
        Suppression.add(failures[0], failures[i]);
      }
      throw Unchecked.<RuntimeException>sneak(failures[0]);
    }
  }
}
