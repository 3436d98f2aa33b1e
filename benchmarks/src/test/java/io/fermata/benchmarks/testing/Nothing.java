package io.fermata.benchmarks.testing;

import io.fermata.Coroutine;
import io.fermata.junit.CoroutineExtension;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of nothing. */
final class Nothing {
  static final int TESTS = 500;

  private Nothing() {}

  /** As JUnit runs them alone. */
  static class Plain {
    @RepeatedTest(TESTS)
    void nothing() {}
  }

  /** Each a coroutine on a loop of its own. */
  @ExtendWith(CoroutineExtension.class)
  static class OfCoroutines {
    @RepeatedTest(TESTS)
    @Coroutine
    void nothing() {}
  }
}
