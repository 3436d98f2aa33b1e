package negative;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;

import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.Task;
import java.time.Duration;
import java.util.concurrent.Future;

class MissingAwait {
  @Coroutine
  static String fetch() {
    return "a";
  }

  static void print(String text) {}

  @Coroutine
  static String body() {
    // ERROR fermata:missing-await at MissingAwaitAsync.fetch()
    String s = MissingAwaitAsync.fetch();
    // ERROR fermata:missing-await at MissingAwaitAsync.fetch()
    int n = MissingAwaitAsync.fetch().length();
    // ERROR fermata:missing-await at MissingAwaitAsync.fetch()
    print(MissingAwaitAsync.fetch());
    Coro<String> kept = MissingAwaitAsync.fetch();
    Object anything = MissingAwaitAsync.fetch();
    Runnable lambda =
        () -> {
          // ERROR fermata:missing-await at MissingAwaitAsync.fetch()
          String inLambda = MissingAwaitAsync.fetch();
        };
    return await(kept);
  }

  static void plain() {
    // ERROR fermata:missing-await at MissingAwaitAsync.fetch()
    String s = MissingAwaitAsync.fetch();
  }
}
