package negative;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;
import static io.fermata.Async.toThread;

import io.fermata.Coroutine;
import io.fermata.Runner;
import java.time.Duration;

class NestedRun {
  @Coroutine
  static void body(Runner runner) {
    // ERROR fermata:nested-run at run
    run(sleep(Duration.ZERO));
    // ERROR fermata:nested-run at runner.run
    runner.run(sleep(Duration.ZERO));
    // ERROR fermata:nested-run at run
    await(async(() -> run(sleep(Duration.ZERO))));
    await(toThread(() -> run(sleep(Duration.ZERO))));
  }

  static void plain() {
    run(sleep(Duration.ZERO));
  }
}
