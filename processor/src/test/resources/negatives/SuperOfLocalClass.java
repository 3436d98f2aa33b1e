package negative;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coro;
import io.fermata.Coroutine;
import java.time.Duration;
import java.util.ArrayList;

class SuperOfLocalClass {
  @Coroutine
  static String superCall() {
    class Named {
      Coro<String> name() {
        return async(
            () -> {
              await(sleep(Duration.ZERO));
              // ERROR fermata:private-access at super.toString
              return super.toString();
            });
      }
    }
    return await(new Named().name());
  }

  @Coroutine
  static int protectedElsewhere() {
    class Changes extends ArrayList<String> {
      Coro<Integer> count() {
        return async(
            () -> {
              await(sleep(Duration.ZERO));
              // ERROR fermata:private-access at modCount
              return modCount;
            });
      }
    }
    return await(new Changes().count());
  }
}
