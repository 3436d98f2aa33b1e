package io.fermata.internal.flight;

import io.fermata.EventLoop;
import io.fermata.internal.observing.LoopObserver;
import io.fermata.internal.reports.LoopAccess;
import io.fermata.internal.reports.RuntimeLog;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import org.jspecify.annotations.Nullable;

/**
 * Has the loops that run observed while Flight Recorder records. A recording that is there when a
 * loop starts is seen at once, a first one that comes later only after {@link #watch}, so that
 * short programs do not pay for the recorder's classes. The recorder holds its listener, and that
 * this class's loader, so it is taken back when the last loop has ended. Thread-safe; the recorder
 * is never called under the lock, since it calls the listener under its own.
 */
public final class FlightRecording {
  private static final Object LOCK = new Object();

  /** The loops that run, with who observes them; null for nobody. By identity. */
  private static final IdentityHashMap<EventLoop, @Nullable LoopObserver> LOOPS =
      new IdentityHashMap<>();

  /** The recordings that run. */
  private static final Set<Long> RECORDINGS = new HashSet<>();

  /** Whether recordings are to be seen, as long as loops run. Written under the lock. */
  private static volatile boolean watching;

  /** Whether this JVM has no module jdk.jfr. */
  private static volatile boolean absent;

  private FlightRecording() {}

  /** A loop starts to run on this thread. */
  public static void runBegins(EventLoop loop) {
    synchronized (LOCK) {
      LOOPS.put(loop, null);
    }
    if (!watching && !absent) {
      try {
        if (Recorder.isInUse() && beginsToWatch()) {
          Recorder.watch();
        }
      } catch (LinkageError e) {
        isAbsent(e);
      }
    }
    LoopObserver begun = adapt(loop);
    if (begun != null) {
      LoopAccess.get().tellNewTasks(loop, begun); // the main one above all
    }
  }

  /** It runs no more. On its thread. */
  public static void runEnds(EventLoop loop) {
    LoopObserver observer;
    boolean last;
    synchronized (LOCK) {
      observer = LOOPS.remove(loop);
      last = watching && LOOPS.isEmpty();
      if (last) {
        watching = false;
        RECORDINGS.clear();
      }
    }
    if (observer != null) {
      LoopAccess.get().stopObserving(loop, observer);
    }
    if (last) {
      Recorder.unwatch();
    }
  }

  /** Has recordings seen that start from now on. */
  public static void watch() {
    if (!watching && !absent && beginsToWatch()) {
      Thread thread = new Thread(FlightRecording::watchIfThereIsARecorder, "fermata-jfr");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static boolean beginsToWatch() {
    synchronized (LOCK) {
      boolean begins = !watching && !LOOPS.isEmpty();
      watching |= begins;
      return begins;
    }
  }

  private static void watchIfThereIsARecorder() {
    try {
      Recorder.watch();
    } catch (LinkageError e) {
      isAbsent(e);
    }
  }

  private static void isAbsent(LinkageError e) {
    absent = true;
    synchronized (LOCK) {
      watching = false;
    }
    RuntimeLog.log(Level.DEBUG, "no events for Flight Recorder: this JVM has no module jdk.jfr", e);
  }

  private static void recordingChanged(long id, boolean runs) {
    List<EventLoop> loops;
    synchronized (LOCK) {
      if (!watching) {
        return;
      }
      boolean recordedBefore = !RECORDINGS.isEmpty();
      if (runs) {
        RECORDINGS.add(id);
      } else {
        RECORDINGS.remove(id);
      }
      if (recordedBefore != RECORDINGS.isEmpty()) {
        return;
      }
      loops = List.copyOf(LOOPS.keySet());
    }
    for (EventLoop loop : loops) {
      try {
        loop.callSoonThreadsafe(() -> adapt(loop));
      } catch (IllegalStateException e) {
        RuntimeLog.log(Level.DEBUG, loop + " was closed when a recording started or ended", e);
      }
    }
  }

  /** Has a loop observed, or not any more; gives who begins to. On its thread. */
  private static @Nullable LoopObserver adapt(EventLoop loop) {
    LoopObserver begins = null;
    LoopObserver ends = null;
    synchronized (LOCK) {
      if (!LOOPS.containsKey(loop)) {
        return null;
      }
      LoopObserver observer = LOOPS.get(loop);
      if (RECORDINGS.isEmpty()) {
        ends = observer;
        LOOPS.put(loop, null);
      } else if (observer == null) {
        begins = new LoopFlight();
        LOOPS.put(loop, begins);
      }
    }
    if (begins != null) {
      LoopAccess.get().observe(loop, begins);
    }
    if (ends != null) {
      LoopAccess.get().stopObserving(loop, ends);
    }
    return begins;
  }

  /** Apart from the rest, which must load on a JVM without the module jdk.jfr. */
  private static final class Recorder implements FlightRecorderListener {
    private static @Nullable Recorder listening;

    /** Whether the program was started with a recording, say. */
    static boolean isInUse() {
      return FlightRecorder.isInitialized();
    }

    static void watch() {
      Recorder listener = new Recorder();
      FlightRecorder.addListener(listener);
      boolean wanted;
      synchronized (LOCK) {
        wanted = watching && listening == null;
        if (wanted) {
          listening = listener;
        }
      }
      if (!wanted) { // the last loop has ended meanwhile
        FlightRecorder.removeListener(listener);
      } else if (FlightRecorder.isInitialized()) {
        FlightRecorder.getFlightRecorder().getRecordings().forEach(Recorder::addIfItRuns);
      }
    }

    private static void addIfItRuns(Recording recording) {
      if (recording.getState() == RecordingState.RUNNING) {
        recordingChanged(recording.getId(), true);
        if (recording.getState() != RecordingState.RUNNING) { // ended meanwhile
          recordingChanged(recording.getId(), false);
        }
      }
    }

    static void unwatch() {
      Recorder listener;
      synchronized (LOCK) {
        listener = listening;
        listening = null;
      }
      if (listener != null) {
        FlightRecorder.removeListener(listener);
      }
    }

    @Override
    public void recordingStateChanged(Recording recording) {
      recordingChanged(recording.getId(), recording.getState() == RecordingState.RUNNING);
    }
  }
}
