package io.fermata.internal.trace;

import io.fermata.EventLoop;
import io.fermata.internal.observing.LoopObserver;
import io.fermata.internal.reports.RuntimeLog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The trace of one run: recorded on the loop's thread, and written when the run ends, when the JVM
 * does, and when its first task fails.
 *
 * <pre>
 *  RECORDING --end of the run--&gt; WRITTEN
 *      | ^
 *      +-+ first failure, end of the JVM: written with what is there so far
 * </pre>
 *
 * <p>Writing takes a tenth of a second or so. At a failure the loop's thread only takes a copy,
 * which another thread writes, and once: a server whose tasks fail by the thousand goes on. What is
 * written when the run ends replaces that file; if it does not hold the failure any more, the file
 * is kept beside it.
 */
public final class Tracing {
  /** How many events are kept, if the property does not say. */
  private static final int EVENTS = 100_000;

  private static final int MOST_EVENTS = 20_000_000;

  private final TraceFiles files;
  private final Recorder recorder;
  private final Thread hook = new Thread(this::jvmEnds, "fermata-trace");

  /** Null as long as no task has failed. */
  private volatile @Nullable Thread failureWriter;

  private boolean written;

  private Tracing(TraceFiles files, EventLoop loop, int events) {
    this.files = files;
    this.recorder = new Recorder(loop, events, this::firstFailure);
  }

  /**
   * Begins to record, for a loop that does not run yet.
   *
   * @throws java.io.UncheckedIOException if the file can't be written
   * @throws IllegalArgumentException if the file's name does not tell a format, or a setting is no
   *     number
   */
  public static Tracing begin(Path path, EventLoop loop) {
    int events = eventsToKeep(System.getProperty("fermata.trace.events"));
    Tracing tracing = new Tracing(TraceFiles.open(path), loop, events);
    try {
      Runtime.getRuntime().addShutdownHook(tracing.hook);
    } catch (IllegalStateException shuttingDown) {
      // Then it is written at the end of the run, if that comes first.
    }
    return tracing;
  }

  static int eventsToKeep(@Nullable String setting) {
    if (setting == null || setting.isEmpty()) {
      return EVENTS;
    }
    try {
      int events = Integer.parseInt(setting);
      if (events >= 1 && events <= MOST_EVENTS) {
        return events;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "fermata.trace.events is "
            + setting
            + ": it is the number of events that a trace keeps, from 1 to "
            + MOST_EVENTS
            + ".");
  }

  /** Who is to be told what the loop does. */
  public LoopObserver observer() {
    return recorder;
  }

  /** On the loop's thread, which goes on whatever becomes of this. */
  private void firstFailure() {
    try {
      Recording recording = recorder.snapshot();
      Thread writer = new Thread(() -> writeUnlessOver(recording), "fermata-trace-writer");
      writer.setDaemon(true); // the hook has the JVM wait
      failureWriter = writer;
      writer.start();
    } catch (Throwable t) {
      tellFailure(t);
    }
  }

  private void jvmEnds() {
    writeUnlessOver(null);
  }

  /** Writes a recording, or what there is now. */
  private synchronized void writeUnlessOver(@Nullable Recording recording) {
    if (!written) {
      write(recording);
    }
  }

  /** The run has ended: writes all that is there. Never throws. */
  public void end() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // It finds that all is written.
    }
    awaitFailureWriter();
    synchronized (this) {
      if (!recorder.holdsFirstFailure()) {
        keepFailure();
      }
      write(null);
      written = true;
    }
  }

  /** What it writes is put aside or replaced next. */
  private void awaitFailureWriter() {
    Thread writer = failureWriter;
    boolean interrupted = false;
    while (writer != null && writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepFailure() {
    try {
      files.keepFailure();
    } catch (IOException e) {
      tellFailure(e);
    }
  }

  private void write(@Nullable Recording taken) {
    boolean interrupted = Thread.interrupted(); // which would have the file closed
    try {
      files.write(Timeline.of(taken == null ? recorder.snapshot() : taken));
    } catch (Throwable t) {
      tellFailure(t);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void tellFailure(Throwable t) {
    RuntimeLog.log(Level.WARNING, "the trace can't be written to " + files, t);
  }
}
