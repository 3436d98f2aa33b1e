package negative;

import io.fermata.Coroutine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class UnsupportedTest {
  // ERROR fermata:unsupported-method
  @Coroutine
  @Test
  private void privately() {}

  // ERROR fermata:unsupported-method
  @Coroutine
  @RepeatedTest(2)
  static void statically() {}

  @Coroutine
  @Test
  void asItShouldBe() {}

  @Coroutine
  private void called() {}

  @BeforeAll
  @Coroutine
  static void before() {}

  @Test
  private void noCoroutine() {}
}
