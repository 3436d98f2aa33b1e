package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.Locked;

class LockedAwait {
  // ERROR fermata:unsupported-method
  @Locked
  @Coroutine
  void go() {
    await(sleep(Duration.ZERO));
  }
}
