package io.fermata.conformance.world;

import io.fermata.conformance.script.Outcome;
import io.fermata.conformance.script.Recorder;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs a body on a thread of its own, so that one that hangs is an outcome, not a hung build. */
final class Watchdog {
  private static final long SECONDS = 20;

  private Watchdog() {}

  static Outcome run(Recorder recorder, Callable<@Nullable Object> body) {
    FutureTask<@Nullable Object> task = new FutureTask<>(body);
    Thread thread = new Thread(task, "case");
    thread.setDaemon(true);
    thread.start();
    try {
      return Outcome.returned(recorder, task.get(SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      Throwable thrown = e.getCause();
      if (thrown instanceof InvocationTargetException invoked) {
        thrown = invoked.getCause();
      }
      return Outcome.threw(recorder, thrown == null ? e : thrown);
    } catch (TimeoutException e) {
      return new Outcome(
          recorder.trace(), "hangs at " + Arrays.toString(thread.getStackTrace()), 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
