package negative;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;

import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.Task;
import java.time.Duration;
import java.util.concurrent.Future;

class NotAwaitable {
  static String name() {
    return "a";
  }

  @Coroutine
  static void body(Future<String> future) {
    // ERROR fermata:not-awaitable at name()
    String s = await(name());
    // ERROR fermata:not-awaitable at future
    String t = await(future);
    // ERROR fermata:not-awaitable at () -> name()
    Task<String> task = createTask(() -> name());
  }
}
