package io.fermata;

import io.fermata.internal.reports.RuntimeLog;
import io.fermata.internal.reports.TaskStacks;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Debug mode: the loop reports callbacks and task steps that hold its thread for long, refuses
 * calls from other threads, and remembers where tasks, promises, handles and coroutines were made.
 *
 * <p>It is on where {@link RunOptions} or {@link EventLoop#setDebug} says so; the default for new
 * loops is the system property {@code fermata.debug}, else the environment variable {@code
 * FERMATA_DEBUG}. Empty, {@code 0} and {@code false} count as off.
 */
final class DebugMode {
  private DebugMode() {}

  static boolean isDefault() {
    String property = System.getProperty("fermata.debug");
    return isOn(property == null ? System.getenv("FERMATA_DEBUG") : property);
  }

  static boolean isOn(@Nullable String setting) {
    return setting != null
        && !setting.isEmpty()
        && !setting.equals("0")
        && !setting.equalsIgnoreCase("false");
  }

  /** Runs an entry of the ready queue, and reports one that takes too long from the start on. */
  static void runTimed(EventLoop loop, Object entry, long start) {
    StackTraceElement before = entry instanceof Task<?> task ? TaskStacks.place(task) : null;
    loop.passes.runReady(entry);
    Duration taken = Duration.ofNanos(loop.time() - start);
    if (taken.compareTo(loop.getSlowCallbackDuration()) >= 0) {
      String seconds = String.format("%.3f", taken.toNanos() / 1e9);
      String place = before == null ? "" : ", resumed at " + before;
      String text = entry + place + " held the loop for " + seconds + " s";
      RuntimeLog.log(Level.WARNING, text, null);
    }
  }
}
