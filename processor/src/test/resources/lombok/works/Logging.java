// PRINTS lombokcases.Logging
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.AccessLevel;
import lombok.extern.java.Log;

@Log(access = AccessLevel.PACKAGE)
class Logging {
  @Coroutine
  static String go() {
    await(sleep(Duration.ZERO));
    log.fine("logged");
    return log.getName();
  }

  static String result() {
    return run(LoggingAsync.go());
  }
}
