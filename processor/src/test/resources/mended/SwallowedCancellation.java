// MENDS swallowed-cancellation
// PRINTS cancelled, failures 1
package mended;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import io.fermata.Coroutine;
import io.fermata.Task;
import java.time.Duration;

class SwallowedCancellation {
  static int failures;

  @Coroutine
  static void polling() {
    String e = "e";
    while (true) {
      try {
        await(sleep(Duration.ofHours(1)));
      } catch (IllegalStateException failed) {
        failures--;
      } catch (Throwable t) {
        failures++;
      }
    }
  }

  @Coroutine
  static void failing() {
    try {
      await(sleep(Duration.ZERO));
      throw new AssertionError();
    } catch (java.lang.Error e) { failures++; }
  }

  @Coroutine
  static String all() {
    Task<Void> task = createTask(SwallowedCancellationAsync.polling());
    await(SwallowedCancellationAsync.failing());
    await(sleep(Duration.ofMillis(1)));
    task.cancel();
    try {
      await(task);
    } catch (io.fermata.CancelledError cancelled) {
      return "cancelled, failures " + failures;
    }
    return "not cancelled";
  }

  static String result() {
    return run(SwallowedCancellationAsync.all());
  }
}
