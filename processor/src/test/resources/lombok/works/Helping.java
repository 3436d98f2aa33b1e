// PRINTS hhs
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.experimental.Helper;

class Helping {
  @Coroutine
  static String go(String start) {
    @Helper
    class Texts {
      String twice(String text) {
        return text + text + start;
      }
    }
    await(sleep(Duration.ZERO));
    return twice("h");
  }

  static String result() {
    return run(HelpingAsync.go("s"));
  }
}
