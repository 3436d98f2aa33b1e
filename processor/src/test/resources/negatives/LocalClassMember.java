package negative;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coro;
import io.fermata.Coroutine;
import java.time.Duration;
import java.util.function.Supplier;

class LocalClassMember {
  @Coroutine
  static int first() {
    class Maker {
      int mine = 4;

      Coro<Integer> make() {
        return async(
            () -> {
              await(sleep(Duration.ZERO));
              // ERROR fermata:private-access at mine
              return mine;
            });
      }
    }
    return await(new Maker().make());
  }

  @Coroutine
  static int second() {
    Supplier<Coro<Integer>> supplier =
        new Supplier<>() {
          @Override
          public Coro<Integer> get() {
            return async(
                () -> {
                  await(sleep(Duration.ZERO));
                  // ERROR fermata:private-access at this
                  return this.hashCode();
                });
          }
        };
    return await(supplier.get());
  }
}
