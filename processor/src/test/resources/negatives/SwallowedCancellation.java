package negative;

import static io.fermata.Async.async;
import static io.fermata.Async.await;
import static io.fermata.Async.sleep;
import static io.fermata.Async.toThread;

import io.fermata.CancelledError;
import io.fermata.Coroutine;
import io.fermata.Task;
import java.time.Duration;

class SwallowedCancellation {
  static int failures;

  @Coroutine
  static void swallowed(Task<String> task) {
    try {
      await(sleep(Duration.ZERO));
      // WARNING fermata:swallowed-cancellation at Throwable
    } catch (Throwable t) {
      failures++;
    }
    try {
      await(sleep(Duration.ZERO));
    } catch (RuntimeException e) {
      failures++;
      // WARNING fermata:swallowed-cancellation at java.lang.Error
    } catch (java.lang.Error e) {
    }
    while (true) {
      try {
        await(sleep(Duration.ZERO));
        // WARNING fermata:swallowed-cancellation at CancelledError
      } catch (IllegalStateException | CancelledError e) {
        continue;
      }
      try {
        await(task);
        // WARNING fermata:swallowed-cancellation at Throwable
      } catch (Throwable t) {
        Runnable later =
            () -> {
              throw new IllegalStateException();
            };
        return;
      }
    }
  }

  @Coroutine
  static void seen(Task<String> task) throws Exception {
    try {
      await(sleep(Duration.ZERO));
    } catch (Throwable t) {
      throw t;
    }
    try {
      await(sleep(Duration.ZERO));
    } catch (Throwable t) {
      System.out.println(t);
    }
    try {
      await(sleep(Duration.ZERO));
    } catch (CancelledError e) {
      throw e;
    } catch (Throwable t) {
      failures++;
    }
    try {
      await(sleep(Duration.ZERO));
    } catch (Exception e) {
    }
    try {
      failures++;
    } catch (Throwable t) {
    }
    try {
      await(sleep(Duration.ZERO));
    } finally {
      try {
        failures++;
      } catch (Error e) {
      }
    }
    try {
      Object inner = async(() -> await(sleep(Duration.ZERO)));
    } catch (Throwable t) {
    }
    // Another's cancellation is no more than an outcome.
    try {
      await(task);
    } catch (CancelledError e) {
    }
    task.cancel();
    try {
      await(task);
    } catch (Throwable t) {
    }
  }

  @Coroutine
  @SuppressWarnings("fermata:swallowed-cancellation")
  static void silenced() {
    try {
      await(sleep(Duration.ZERO));
    } catch (Throwable t) {
    }
  }
}
