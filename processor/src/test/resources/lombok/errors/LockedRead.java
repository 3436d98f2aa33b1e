package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.Locked;

class LockedRead {
  // ERROR fermata:unsupported-method
  @Locked.Read
  @Coroutine
  void read() {
    await(sleep(Duration.ZERO));
  }
}
