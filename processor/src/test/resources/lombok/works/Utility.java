// PRINTS 13
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.experimental.UtilityClass;

@UtilityClass
class Utility {
  int count = 1;

  @Coroutine
  int go(int n) {
    await(sleep(Duration.ZERO));
    count += n;
    return count + twice(n);
  }

  int twice(int n) {
    return 2 * n;
  }

  static String result() {
    return "" + run(UtilityAsync.go(4));
  }
}
