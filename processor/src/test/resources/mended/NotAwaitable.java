// MENDS not-awaitable
// PRINTS aabcd
package mended;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.gather;
import static io.fermata.Async.run;

import io.fermata.Coroutine;
import io.fermata.Task;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

class NotAwaitable {
  static String a() {
    return "a";
  }

  @Coroutine
  static String b() {
    return "b";
  }

  @Coroutine
  static String all(Future<String> future) {
    String s = await(a());
    s += await(a());
    Task<String> task = createTask(() -> NotAwaitableAsync.b());
    s += await(task);
    s += await(future);
    Task<String> other = createTask(() -> "d");
    return s + await(other);
  }

  static String result() {
    return run(NotAwaitableAsync.all(CompletableFuture.completedFuture("c")));
  }
}
