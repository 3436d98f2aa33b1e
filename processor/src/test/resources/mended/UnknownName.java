// MENDS unknown-name
// PRINTS a
package mended;

import io.fermata.Coroutine;
import java.time.Duration;

class UnknownName {
  @Coroutine
  static String all() {
    await(sleep(Duration.ZERO));
    return await(wait_for(sleep(Duration.ZERO, "a"), Duration.ofSeconds(9)));
  }

  static String result() {
    return io.fermata.Async.run(UnknownNameAsync.all());
  }
}
