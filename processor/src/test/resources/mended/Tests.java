// MENDS unsupported-method
// PRINTS ok
package mended;

import io.fermata.Coroutine;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class Tests {
  @Coroutine
  @Test private void privately() {}

  @Coroutine
  @RepeatedTest(2)
  static final void statically() {}

  static String result() {
    return "ok";
  }
}
