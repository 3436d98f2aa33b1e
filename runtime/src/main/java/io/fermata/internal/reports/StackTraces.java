package io.fermata.internal.reports;

import io.fermata.CancelledError;
import io.fermata.Coro;
import io.fermata.EventLoop;
import io.fermata.ExceptionGroup;
import io.fermata.Task;
import io.fermata.codegen.LineTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
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
 *  io.fermata.Passes.pass(Passes.java:100)
 *  app.Hello.main(Hello.java:36)                         app.Hello.main(Hello.java:36)
 * </pre>
 *
 * <p>That happens where a throwable leaves the frame that a task resumed, and where a coroutine
 * catches it. A failure that is awaited goes on with the frames that await it, each time from the
 * trace with which it came: so each of several who await it sees its own. Nothing that a throwable
 * of the user's does while its trace is told is of any consequence.
 */
public final class StackTraces {
  private StackTraces() {}

  /**
   * A throwable leaves a frame.
   *
   * @param resumed the frame that a task's driver has resumed
   */
  public static void leaves(Throwable thrown, Coro<?> resumed) {
    tell(thrown, resumed, UserFrames.near(resumed), () -> Awaiters.ofSuspended(resumed, List.of()));
  }

  /**
   * A throwable leaves a frame for the one that called it directly. Where classes have namesakes,
   * its frames are told while it is known whose they are.
   */
  public static void leavesFor(Throwable thrown, Coro<?> child, Coro<?> parent) {
    ClassLoader loader = child.getClass().getClassLoader();
    if (!LineTable.haveNamesakes() || loader == parent.getClass().getClassLoader()) {
      return;
    }
    StackTraceElement[] raw = ThrowableAccess.traceOf(thrown);
    String type = child.getClass().getName();
    int end = 0;
    while (end < raw.length && !raw[end].getClassName().equals(type)) {
      end++;
    }
    while (end < raw.length && raw[end].getClassName().equals(type)) {
      end++;
    }
    List<StackTraceElement> told = UserFrames.near(loader).translate(raw, 0, end);
    told.addAll(Arrays.asList(raw).subList(end, raw.length));
    ThrowableAccess.setTrace(thrown, told.toArray(StackTraceElement[]::new));
  }

  /**
   * A throwable was caught by code of the task at hand, or by code that no task runs.
   *
   * @param near the class loader of the code; null if it is not known
   */
  public static void caught(Throwable thrown, @Nullable ClassLoader near) {
    Task<?> task = LoopAccess.taskInHand();
    tell(
        thrown,
        task == null ? null : LoopAccess.get().frame(task),
        UserFrames.standing(near),
        task == null ? null : () -> Awaiters.ofRunning(task));
  }

  /** A throwable is handed over to a promise, and to whoever awaits that. */
  public static void handedOver(Throwable failure) {
    Coro<?> running = running();
    tell(failure, running, UserFrames.standing(running), null);
  }

  private static @Nullable Coro<?> running() {
    Task<?> task = LoopAccess.taskInHand();
    return task == null ? null : LoopAccess.get().frame(task);
  }

  private static void tell(
      Throwable thrown,
      @Nullable Coro<?> resumed,
      UserFrames frames,
      @Nullable Supplier<Awaiters> passing) {
    if (thrown instanceof CancelledError && thrown.getSuppressed().length == 0) {
      return; // has neither a trace nor a cause
    }
    try {
      new Telling(resumed, frames, passing).tell(thrown);
    } catch (StackOverflowError | OutOfMemoryError failed) {
      // There is no room to tell it: what was thrown is of more use than this.
    }
  }

  /**
   * A failure is about to be thrown at the resume point where a frame waits.
   *
   * @param trace that of the failure when the promise got it
   */
  public static void arrives(
      Throwable failure, StackTraceElement[] trace, Coro<?> frame, EventLoop loop) {
    if (trace.length > 0) {
      goOn(failure, trace, UserFrames.near(frame), Awaiters.ofSuspended(frame, callersOf(loop)));
    }
  }

  /**
   * {@return a failure that the running code is about to throw, since it asked for the outcome that
   * this is}
   *
   * @param trace that of the failure when the promise got it
   */
  public static Throwable asked(Throwable failure, StackTraceElement[] trace) {
    Task<?> task = LoopAccess.taskInHand();
    if (trace.length > 0) {
      if (task == null) {
        ThrowableAccess.setTrace(failure, trace);
      } else {
        goOn(
            failure,
            trace,
            UserFrames.near(LoopAccess.get().frame(task)),
            Awaiters.ofRunning(task));
      }
    }
    return failure;
  }

  private static void goOn(
      Throwable failure, StackTraceElement[] trace, UserFrames frames, Awaiters awaiters) {
    StackTraceElement[] told =
        frames.isRaw(trace) ? frames.translate(trace).toArray(StackTraceElement[]::new) : trace;
    ThrowableAccess.setTrace(failure, awaiters.after(told));
  }

  /**
   * {@return a group that the running code has made, told with those members that came from
   * elsewhere}
   *
   * @param own what the running code has thrown itself, or null
   */
  public static ExceptionGroup grouped(
      ExceptionGroup group, @Nullable Throwable own, Task<?> task) {
    handedOver(group);
    Awaiters awaiters = Awaiters.ofRunning(task);
    for (Throwable member : group.exceptions()) {
      StackTraceElement[] trace = ThrowableAccess.traceOf(member);
      if (member != own && trace.length > 0) {
        ThrowableAccess.setTrace(member, awaiters.after(trace));
      }
    }
    return group;
  }

  /** The user's frames under which a loop runs on this thread. */
  static List<StackTraceElement> callersOf(EventLoop loop) {
    List<StackTraceElement> known = LoopAccess.get().memory(loop).callers;
    return known == null ? callersOf(loop, new Throwable().getStackTrace()) : known;
  }

  /** The same, given the stack of this thread. */
  static List<StackTraceElement> callersOf(EventLoop loop, StackTraceElement[] stack) {
    TraceMemory memory = LoopAccess.get().memory(loop);
    List<StackTraceElement> callers = memory.callers;
    int run = callers == null ? UserFrames.lastOfLoop(stack) : -1;
    if (run >= 0) {
      callers = UserFrames.standing((ClassLoader) null).translate(stack, run + 1, stack.length);
      memory.callers = callers;
    }
    return callers == null ? List.of() : callers;
  }

  /** The user's frames of the running code, innermost first, up to its task's driver. */
  static List<StackTraceElement> ofRunningCode(Task<?> task) {
    Coro<?> frame = LoopAccess.get().frame(task);
    StackTraceElement[] raw = new Throwable().getStackTrace();
    List<StackTraceElement> frames =
        new ArrayList<>(Awaiters.running(UserFrames.standing(frame), raw));
    if (frame != null) {
      addAwaiting(frame, frames);
    }
    return frames;
  }

  /** The frames of a suspended coroutine and of those that await it, innermost first. */
  static List<StackTraceElement> ofSuspended(Coro<?> frame) {
    List<StackTraceElement> frames = new ArrayList<>();
    frames.add(LoopAccess.get().place(frame));
    addAwaiting(frame, frames);
    return frames;
  }

  /** All of them, the runtime's own too: who looks at a task wants to know what it waits for. */
  private static void addAwaiting(Coro<?> frame, List<StackTraceElement> frames) {
    LoopAccess loops = LoopAccess.get();
    int most = frames.size() + Awaiters.MOST;
    for (Coro<?> at = loops.awaiter(frame); at != null; at = loops.awaiter(at)) {
      if (frames.size() == most) {
        frames.add(Awaiters.LEFT_OUT);
        return;
      }
      frames.add(loops.place(at));
    }
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
  public static List<StackTraceElement> forUsers(StackTraceElement[] raw) {
    List<StackTraceElement> frames = UserFrames.near((ClassLoader) null).translate(raw);
    frames.replaceAll(UserFrames::plain);
    return frames;
  }

  /** Where the caller's user code stands, for debug mode. */
  public static Throwable here(String message) {
    return here(message, null);
  }

  /**
   * The same, for a coroutine that is being made: where its twin is called.
   *
   * @param coroutine its class, nested in that of its twin
   */
  public static Throwable here(String message, @Nullable Class<?> coroutine) {
    Throwable here = new Throwable(message);
    StackTraceElement[] raw = here.getStackTrace();
    Coro<?> running = running();
    UserFrames frames = UserFrames.standing(running);
    int from = 0;
    while (from < raw.length - 1 && (UserFrames.isOurs(raw[from]) || makes(raw[from], coroutine))) {
      from++;
    }
    here.setStackTrace(Arrays.copyOfRange(raw, from, raw.length));
    tell(here, running, frames, null);
    return here;
  }

  private static boolean makes(StackTraceElement frame, @Nullable Class<?> coroutine) {
    if (coroutine == null) {
      return false;
    }
    String type = frame.getClassName();
    return type.equals(coroutine.getName())
        ? frame.getMethodName().equals("<init>")
        : type.equals(coroutine.getNestHost().getName());
  }
}
