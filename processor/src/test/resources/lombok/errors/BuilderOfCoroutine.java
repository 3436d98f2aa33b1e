package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.Builder;

class BuilderOfCoroutine {
  // ERROR fermata:direct-call
  @Builder
  @Coroutine
  static void go(int n) {
    await(sleep(Duration.ZERO));
  }
}
