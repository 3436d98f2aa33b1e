package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.extern.java.Log;

@Log
class PrivateLog {
  @Coroutine
  static void go() {
    await(sleep(Duration.ZERO));
    // ERROR fermata:private-access at log
    log.fine("x");
  }
}
