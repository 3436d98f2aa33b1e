// MENDS unsupported-method
// PRINTS a
package mended;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coro;
import io.fermata.Coroutine;
import java.time.Duration;

class UnsupportedMethod {
  @Coroutine
  static Coro<String> all() {
    await(sleep(Duration.ZERO));
    return "a";
  }

  static Object result() {
    return io.fermata.Async.run(UnsupportedMethodAsync.all());
  }
}
