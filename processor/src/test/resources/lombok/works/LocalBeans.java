// PRINTS s2
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.*;

class LocalBeans {
  @Coroutine
  static String go(String start) {
    @AllArgsConstructor
    @Getter
    class Pair {
      String a;
      int b;
    }
    Pair pair = new Pair(start, 2);
    await(sleep(Duration.ZERO));
    return pair.getA() + pair.getB();
  }

  static String result() {
    return run(LocalBeansAsync.go("s"));
  }
}
