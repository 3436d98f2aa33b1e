package negative;

import io.fermata.Coroutine;
import java.time.Duration;

class MissingImport {
  @Coroutine
  static void body() {
    // ERROR fermata:unknown-name at await
    await(sleep(Duration.ZERO));
  }
}
