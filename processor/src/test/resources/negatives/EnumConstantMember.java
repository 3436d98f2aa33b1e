package negative;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Coro;
import io.fermata.Coroutine;
import java.time.Duration;

class EnumConstantMember {
  @Coroutine
  static int total() {
    enum Op {
      ADD {
        int mine = 4;

        @Override
        Coro<Integer> apply(int n) {
          return async(
              () -> {
                await(sleep(Duration.ZERO));
                // ERROR fermata:private-access at mine
                return n + mine;
              });
        }
      },
      TWICE {
        @Override
        Coro<Integer> apply(int n) {
          return async(
              () -> {
                await(sleep(Duration.ZERO));
                // ERROR fermata:private-access at this
                return n + this.ordinal();
              });
        }
      };

      abstract Coro<Integer> apply(int n);
    }
    return await(Op.ADD.apply(1)) + await(Op.TWICE.apply(1));
  }
}
