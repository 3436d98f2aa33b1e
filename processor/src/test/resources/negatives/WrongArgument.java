package negative;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;

import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.Task;
import java.time.Duration;
import java.util.concurrent.Future;

class WrongArgument {
  @Coroutine
  String greet(String name) {
    return name;
  }

  @Coroutine
  static void body() {
    // ERROR fermata:wrong-argument at 1
    await(sleep(1));
    // ERROR fermata:wrong-argument at WrongArgumentAsync.greet
    String s = await(WrongArgumentAsync.greet("a"));
  }
}
