package negative;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.sleep;

import io.fermata.Async;
import io.fermata.AsyncCallable;
import io.fermata.AsyncRunnable;
import io.fermata.Coroutine;
import io.fermata.ThrowingCoro;
import java.time.Duration;
import java.util.function.Function;

class AsyncArgument {
  static final AsyncCallable<Integer, RuntimeException> FIELD = () -> 1;

  static AsyncCallable<Integer, RuntimeException> body() {
    return FIELD;
  }

  static Integer one() {
    return 1;
  }

  @Coroutine
  static void all(AsyncCallable<Integer, RuntimeException> body, boolean flag, int n) {
    // ERROR fermata:async-argument at body
    await(async(body));
    // ERROR fermata:async-argument at body
    await(async(((AsyncCallable<Integer, RuntimeException>) (body))));
    // ERROR fermata:async-argument at AsyncArgument.FIELD
    await(Async.async(AsyncArgument.FIELD));
    // ERROR fermata:async-argument at body()
    await(async(body()));
    // ERROR fermata:async-argument at AsyncArgument::one
    await(Async.<Integer, RuntimeException>async(AsyncArgument::one));
    // ERROR fermata:async-argument at null
    await(async((AsyncRunnable<RuntimeException>) null));
    // ERROR fermata:async-argument at body
    await(async(flag ? () -> await(sleep(Duration.ZERO, 1)) : body));
    await(
        async(
            switch (n) {
              case 1 -> () -> {
                return await(sleep(Duration.ZERO, 1));
              };
              // ERROR fermata:async-argument at body()
              case 2 -> body();
              // ERROR fermata:async-argument at body
              case 3 -> { yield body; }
              default -> throw new IllegalStateException();
            }));
    // ERROR fermata:async-argument at body = () -> 1
    await(async(body = () -> 1));
    Object anonymous =
        async(
            // ERROR fermata:async-argument
            new AsyncCallable<Integer, RuntimeException>() {
              @Override
              public Integer call() {
                return 1;
              }
            });
    // ERROR fermata:async-argument at Async::async
    Function<AsyncCallable<Integer, RuntimeException>, ThrowingCoro<Integer, RuntimeException>> f = Async::async;
  }
}
