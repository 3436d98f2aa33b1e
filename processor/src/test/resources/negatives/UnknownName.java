package negative;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;

import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.Task;
import java.time.Duration;
import java.util.concurrent.Future;

class UnknownName {
  static String name() {
    return "a";
  }

  @Coroutine
  static void body() {
    // ERROR fermata:unknown-name at UnknownNameAsync.name
    String s = await(UnknownNameAsync.name());
    // ERROR fermata:unknown-name at create_task
    create_task(sleep(Duration.ZERO));
  }

  @Coroutine
  // ERROR fermata:unsupported-method at Coro<String>
  static Coro<String> declared() {
    return "a";
  }
}
