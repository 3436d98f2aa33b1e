package negative;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;
import java.util.List;

class UnsupportedException {
  @Coroutine
  static <T> T firstOf(List<T> all) {
    // ERROR fermata:unsupported-method
    class Missing extends RuntimeException {
      T given() {
        return all.get(0);
      }
    }
    try {
      await(sleep(Duration.ZERO));
      throw new Missing();
    } catch (Missing e) {
      return e.given();
    }
  }
}
