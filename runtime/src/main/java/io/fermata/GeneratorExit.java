package io.fermata;

/**
 * Thrown at the resume point where a generator stands when it is closed, for its finally blocks.
 */
final class GeneratorExit extends Error {
  private static final long serialVersionUID = 1L;

  GeneratorExit() {
    super("the generator is closed", null, false, false);
  }
}
