package negative;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.sleep;

import io.fermata.Coro;
import io.fermata.Coroutine;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

class NeverAwaited {
  @Coroutine
  static void body(Map<String, Coro<Void>> map) {
    // WARNING fermata:never-awaited at sleep(Duration.ZERO)
    sleep(Duration.ZERO);
    // WARNING fermata:never-awaited at NeverAwaitedAsync.body(map)
    NeverAwaitedAsync.body(map);
    await(sleep(Duration.ZERO));
    // WARNING fermata:dropped-task at createTask(sleep(Duration.ZERO))
    createTask(sleep(Duration.ZERO));
    map.put("a", sleep(Duration.ZERO));
  }

  static void plain(Map<String, Coro<Void>> map) {
    // WARNING fermata:never-awaited at NeverAwaitedAsync.body(map)
    NeverAwaitedAsync.body(map);
    // WARNING fermata:never-awaited at NeverAwaitedAsync.body(map)
    Runnable dropped = () -> NeverAwaitedAsync.body(map);
    Supplier<Coro<Void>> kept = () -> NeverAwaitedAsync.body(map);
    // WARNING fermata:never-awaited at NeverAwaitedAsync::reference
    Runnable reference = NeverAwaitedAsync::reference;
    Supplier<Coro<Void>> keptReference = NeverAwaitedAsync::reference;
  }

  @Coroutine
  static void reference() {}

  @SuppressWarnings("fermata:never-awaited")
  static void silenced() {
    sleep(Duration.ZERO);
  }
}
