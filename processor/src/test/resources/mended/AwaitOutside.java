// MENDS await-outside, not-awaitable
// PRINTS done done
package mended;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.Task;
import java.time.Duration;

class AwaitOutside {
  static String done() {
    return "done";
  }

  @Coroutine
  static String all() {
    Task<String> task =
        createTask(
            () -> {
              await(sleep(Duration.ZERO));
              await(sleep(Duration.ZERO));
              return done();
            });
    Coro<String> later = () -> await(sleep(Duration.ZERO, "done"));
    return await(task) + " " + await(later);
  }

  static String result() {
    return run(AwaitOutsideAsync.all());
  }
}
