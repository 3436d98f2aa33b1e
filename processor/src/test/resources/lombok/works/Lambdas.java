// PRINTS l1block
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.*;

class Lambdas {
  @Coroutine
  @SneakyThrows
  static String go(@NonNull String text) {
    val first = await(async(() -> {
      val inner = text + "1";
      await(sleep(Duration.ZERO));
      return inner;
    }));
    Runnable checked = () -> {
      val n = 1;
      if (n > 1) {
        throw new IllegalStateException();
      }
    };
    checked.run();
    return switch (first.length()) {
      case 2 -> {
        await(sleep(Duration.ZERO));
        yield first + """
            block
            """.strip();
      }
      default -> "none";
    };
  }

  static String result() {
    return run(LambdasAsync.go("l"));
  }
}
