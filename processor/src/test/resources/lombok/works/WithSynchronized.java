// PRINTS 3
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.*;

class WithSynchronized {
  int n;

  @Synchronized
  int next() {
    return ++n;
  }

  @Coroutine
  int go() {
    await(sleep(Duration.ZERO));
    return next() + next();
  }

  static String result() {
    return "" + run(WithSynchronizedAsync.go(new WithSynchronized()));
  }
}
