// PRINTS aabb1cc
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.experimental.ExtensionMethod;

@ExtensionMethod({Extended.Extensions.class, java.util.Arrays.class})
class Extended {
  static class Extensions {
    public static String twice(String text) {
      return text + text;
    }

    public static <T> T orElse(T value, T other) {
      return value != null ? value : other;
    }
  }

  @Coroutine
  static String text(String text) {
    await(sleep(Duration.ZERO));
    return text;
  }

  @Coroutine
  static String go(String none) {
    String twice = "a"
        .twice();
    int[] numbers = {3, 1};
    numbers.sort();
    await(sleep(Duration.ZERO));
    return twice + none.orElse("b").twice() + numbers[0] + await(ExtendedAsync.text("c")).twice();
  }

  static String result() {
    return run(ExtendedAsync.go(null));
  }
}
