// PRINTS 3
package lombokcases;

import static io.fermata.Async.*;

import io.fermata.Coroutine;
import java.time.Duration;
import lombok.Locked;

class Locking {
  int n;

  @Locked
  int next() {
    return ++n;
  }

  @Coroutine
  int go() {
    await(sleep(Duration.ZERO));
    return next() + next();
  }

  static String result() {
    return "" + run(LockingAsync.go(new Locking()));
  }
}
