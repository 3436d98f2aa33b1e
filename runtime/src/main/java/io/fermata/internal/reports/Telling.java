package io.fermata.internal.reports;

import io.fermata.Coro;
import io.fermata.EventLoop;
import io.fermata.codegen.LineTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the traces of a throwable, of its causes and of what it suppresses in the user's terms,
 * each on the same object. A trace that has been told is left as it is.
 */
final class Telling {

  /** So many are told: a group may have a million members. */
  private static final int MOST = 200;

  /** The JVM keeps so many frames of a stack. */
  private static final int TRUNCATED = 1_024;

  private final @Nullable Coro<?> resumed;
  private final UserFrames frames;
  private final @Nullable Supplier<Awaiters> passing;

  /**
   * A telling.
   *
   * @param resumed the frame that a task's driver has resumed, or null if none has
   * @param passing where it passes through a task's code, if it was created elsewhere; null if it
   *     stays there
   */
  Telling(@Nullable Coro<?> resumed, UserFrames frames, @Nullable Supplier<Awaiters> passing) {
    this.resumed = resumed;
    this.frames = frames;
    this.passing = passing;
  }

  void tell(Throwable thrown) {
    tellAlone(thrown);
    if (ThrowableAccess.causeOf(thrown) != null || thrown.getSuppressed().length > 0) {
      tellWhatIsIn(thrown);
    }
  }

  private void tellWhatIsIn(Throwable thrown) {
    Set<Throwable> met = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> left = new ArrayDeque<>();
    met.add(thrown);
    for (Throwable at = thrown; at != null && met.size() <= MOST; at = left.poll()) {
      if (at != thrown) {
        tellAlone(at);
      }
      Throwable cause = ThrowableAccess.causeOf(at);
      if (cause != null && met.add(cause)) {
        left.add(cause);
      }
      for (Throwable suppressed : at.getSuppressed()) {
        if (met.size() <= MOST && met.add(suppressed)) {
          left.add(suppressed);
        }
      }
    }
  }

  private void tellAlone(Throwable thrown) {
    StackTraceElement[] raw = ThrowableAccess.traceOf(thrown);
    if (isRaw(thrown, raw)) {
      ThrowableAccess.setTrace(thrown, told(raw).toArray(StackTraceElement[]::new));
    } else if (raw.length >= TRUNCATED && passing != null) {
      ThrowableAccess.setTrace(thrown, passing.get().after(raw));
    }
  }

  private boolean isRaw(Throwable thrown, StackTraceElement[] trace) {
    EventLoop loop = LoopAccess.loopHere();
    if (loop == null || trace.length == 0 || LineTable.haveNamesakes()) {
      return frames.isRaw(trace);
    }
    TraceMemory memory = LoopAccess.get().memory(loop);
    ToldTrace known = memory.told;
    if (known != null && known.isOf(thrown, trace)) {
      return false;
    }
    if (frames.isRaw(trace)) {
      return true;
    }
    memory.told = new ToldTrace(thrown, trace);
    return false;
  }

  private List<StackTraceElement> told(StackTraceElement[] raw) {
    int driver = UserFrames.firstDriver(raw);
    if (driver < 0) {
      return frames.translate(raw);
    }
    List<StackTraceElement> told = new ArrayList<>(frames.translate(raw, 0, driver));
    if (resumed != null) {
      told.addAll(awaiting(resumed, driver == 0 ? "" : raw[driver - 1].getClassName()));
    }
    told.addAll(frames.translate(raw, UserFrames.lastDriver(raw) + 1, raw.length));
    return told;
  }

  /** Those who await the frame of this class: the one that runs, or one that awaits it. */
  private List<StackTraceElement> awaiting(Coro<?> running, String driven) {
    LoopAccess loops = LoopAccess.get();
    int most = MOST;
    for (Coro<?> at = running; at != null && most > 0; at = loops.awaiter(at), most--) {
      if (isOf(at.getClass(), driven)) {
        return Awaiters.of(at);
      }
    }
    if (passing == null) {
      return List.of();
    }
    Awaiters here = passing.get();
    List<StackTraceElement> all = new ArrayList<>(here.at());
    all.addAll(here.awaiting());
    return all;
  }

  private static boolean isOf(Class<?> type, String name) {
    for (Class<?> at = type; at != null && at != Coro.class; at = at.getSuperclass()) {
      if (at.getName().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
