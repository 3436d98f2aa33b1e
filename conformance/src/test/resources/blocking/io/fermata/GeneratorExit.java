package io.fermata;

/** Thrown in a generator's body when its consumer leaves. */
final class GeneratorExit extends Error {
  GeneratorExit() {
    super("the generator is closed", null, false, false);
  }
}
