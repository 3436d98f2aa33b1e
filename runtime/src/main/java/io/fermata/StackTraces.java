package io.fermata;

import io.fermata.codegen.Continuation;
import io.fermata.codegen.LineTable;
import io.fermata.testing.VirtualTimeLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns stack traces into the user's: generated frames become those of the user's methods, the
 * runtime's frames in between go, and the frames that await the failed one follow it.
 *
 * <pre>
 *  app.HelloAsync$Inner.resume(HelloAsync.java:57)       app.Hello.inner(Hello.java:12)
 *  io.fermata.Coro.awaitHere(Coro.java:120)
 *  app.HelloAsync$Outer.resume(HelloAsync.java:91)  -&gt;  app.Hello.outer(Hello.java:20)
 *  io.fermata.Task.drive(Task.java:300)                  app.Hello.main(Hello.java:31)  (suspended)
 *  io.fermata.EventLoop.pass(EventLoop.java:400)
 *  app.Hello.main(Hello.java:36)                         app.Hello.main(Hello.java:36)
 * </pre>
 *
 * <p>A trace that has been rewritten holds no frame of a task's driver any more, so that a second
 * time nothing happens.
 */
final class StackTraces {
  /** So many awaiting frames are told; a recursion may be a million deep. */
  private static final int MAX_AWAITERS = 200;

  private static final String TASK = Task.class.getName();

  /** The classes of ours that stand between the user's frames. */
  private static final Set<String> MACHINERY =
      Set.of(
          TASK,
          Async.class.getName(),
          Context.class.getName(),
          Continuation.class.getName(),
          Coro.class.getName(),
          DebugMode.class.getName(),
          EventLoop.class.getName(),
          Generator.class.getName(),
          Handle.class.getName(),
          MainRun.class.getName(),
          Notification.class.getName(),
          RuntimeLines.class.getName(),
          Runner.class.getName(),
          SelectorLoop.class.getName(),
          ThrowingCoro.class.getName(),
          VirtualTimeLoop.class.getName());

  private StackTraces() {}

  /**
   * Rewrites the trace of what was thrown out of a frame.
   *
   * @param thrower the frame that a task's driver had resumed, or null if none had
   */
  static void rewrite(Throwable thrown, @Nullable Coro<?> thrower) {
    StackTraceElement[] raw = ThrowableAccess.traceOf(thrown);
    if (raw.length == 0 || !holdsMachinery(raw)) {
      return;
    }
    List<StackTraceElement> awaiting = thrower == null ? List.of() : awaiting(thrower);
    ThrowableAccess.setTrace(thrown, translate(raw, awaiting).toArray(new StackTraceElement[0]));
  }

  private static boolean holdsMachinery(StackTraceElement[] raw) {
    for (StackTraceElement frame : raw) {
      if (isDriver(frame) || LineTable.ofGeneratedClass(frame.getClassName()) != null) {
        return true;
      }
    }
    return false;
  }

  /** The frames that await this one, innermost first. */
  private static List<StackTraceElement> awaiting(Coro<?> frame) {
    List<StackTraceElement> frames = new ArrayList<>();
    for (Coro<?> at = frame.awaiter; at != null && frames.size() < MAX_AWAITERS; at = at.awaiter) {
      frames.add(at.lines().atState(at.state));
    }
    return frames;
  }

  /** The user's frames of the running code, innermost first, up to its task's driver. */
  static List<StackTraceElement> ofRunningCode(Task<?> task) {
    Coro<?> frame = task.frame();
    StackTraceElement[] raw = new Throwable().getStackTrace();
    int driver = 0;
    while (driver < raw.length && !isDriver(raw[driver])) {
      driver++;
    }
    int from = 0;
    while (from < driver && isOurs(raw[from])) {
      from++;
    }
    StackTraceElement[] upToDriver = Arrays.copyOfRange(raw, from, driver);
    List<StackTraceElement> frames = new ArrayList<>(translate(upToDriver, List.of()));
    if (frame != null) {
      frames.addAll(awaiting(frame));
    }
    return frames;
  }

  /** The frames of a suspended coroutine and of those that await it, innermost first. */
  static List<StackTraceElement> ofSuspended(Coro<?> frame) {
    List<StackTraceElement> frames = new ArrayList<>();
    frames.add(frame.lines().atState(frame.state));
    frames.addAll(awaiting(frame));
    return frames;
  }

  private static List<StackTraceElement> translate(
      StackTraceElement[] raw, List<StackTraceElement> awaiting) {
    List<StackTraceElement> frames = new ArrayList<>(raw.length + awaiting.size());
    boolean atTop = true;
    boolean driverSeen = false;
    for (StackTraceElement frame : raw) {
      LineTable table = LineTable.ofGeneratedClass(frame.getClassName());
      if (table != null) {
        atTop = false;
        addOnce(frames, table.atGeneratedLine(frame.getLineNumber()));
      } else if (isDriver(frame) && !driverSeen) {
        driverSeen = true;
        atTop = false;
        frames.addAll(awaiting);
      } else if (!isOurs(frame) || (atTop && !isMachinery(frame))) {
        atTop &= isOurs(frame);
        frames.add(frame);
      }
    }
    return frames;
  }

  /** A generated method cut in two gives two frames of one line. */
  private static void addOnce(List<StackTraceElement> frames, StackTraceElement frame) {
    if (frames.isEmpty() || !frames.get(frames.size() - 1).equals(frame)) {
      frames.add(frame);
    }
  }

  private static boolean isDriver(StackTraceElement frame) {
    return frame.getMethodName().equals("drive") && frame.getClassName().equals(TASK);
  }

  private static boolean isMachinery(StackTraceElement frame) {
    return MACHINERY.contains(topLevelName(frame));
  }

  /** Whether a frame is the runtime's: of a class that stands in its packages. */
  private static boolean isOurs(StackTraceElement frame) {
    return isMachinery(frame)
        || (LineTable.ofGeneratedClass(frame.getClassName()) == null
            && RuntimeClasses.contain(topLevelName(frame)));
  }

  private static String topLevelName(StackTraceElement frame) {
    String name = frame.getClassName();
    int dollar = name.indexOf('$');
    return dollar < 0 ? name : name.substring(0, dollar);
  }

  /** A trace as text, each frame on a line of its own, the runtime's left out. */
  static String describe(Throwable createdAt) {
    StringBuilder text = new StringBuilder(64);
    text.append(System.lineSeparator()).append(createdAt.getMessage()).append(':');
    for (StackTraceElement frame : createdAt.getStackTrace()) {
      text.append(System.lineSeparator()).append("\tat ").append(frame);
    }
    return text.toString();
  }

  /** A thread's stack in the user's lines. */
  static List<StackTraceElement> forUsers(StackTraceElement[] raw) {
    return translate(raw, List.of());
  }

  /** Where the caller's user code stands, for debug mode. */
  static Throwable here(String message) {
    Throwable here = new Throwable(message);
    StackTraceElement[] raw = here.getStackTrace();
    int from = 0;
    while (from < raw.length - 1 && isOurs(raw[from])) {
      from++;
    }
    here.setStackTrace(
        translate(Arrays.copyOfRange(raw, from, raw.length), List.of())
            .toArray(new StackTraceElement[0]));
    return here;
  }
}
