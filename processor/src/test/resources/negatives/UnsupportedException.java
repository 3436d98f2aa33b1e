package negative;

import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import java.time.Duration;
import java.util.List;

class UnsupportedException {
  @Coroutine
  static <T> T firstOf(List<T> all) {
    class Missing extends RuntimeException {
      // ERROR fermata:unsupported-method at T
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

  @Coroutine
  static String throughAnother() {
    var mixed = List.of(1, "a");
    await(sleep(Duration.ZERO));
    return new RuntimeException() {
      String first() {
        // ERROR fermata:unsupported-method at mixed.get(0)
        return "" + mixed.get(0);
      }
    }.first();
  }

  @Coroutine
  static <T> T helped(List<T> all) {
    class Help {
      T given() {
        return all.get(0);
      }
    }
    RuntimeException e =
        new RuntimeException() {
          @Override
          public String getMessage() {
            // ERROR fermata:unsupported-method at new Help().given()
            return "" + new Help().given();
          }
        };
    await(sleep(Duration.ZERO));
    throw e;
  }

  @Coroutine
  static <T> void ofEach(List<?> all) {
    await(sleep(Duration.ZERO));
    all.forEach(
        each ->
            new RuntimeException() {
              @Override
              public String getMessage() {
                // ERROR fermata:unsupported-method at each
                return "" + each;
              }
            }.printStackTrace());
  }
}
