package io.fermata.internal.reports;

import io.fermata.Async;
import io.fermata.Coro;
import io.fermata.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who awaits at a place, in the user's frames: the coroutine that stands there, those that await
 * it, and who runs the loop. What a stack trace goes on with when a failure comes from elsewhere:
 *
 * <pre>
 *  app.Client.connect(Client.java:30)                 what failed, in a thread, say
 *  java.base/java.lang.Thread.run(Thread.java:840)
 *  app.Hello.load(Hello.java:12)                      at
 *  app.Hello.page(Hello.java:20)                      awaiting
 *  app.Hello.main(Hello.java:31)                      callers
 * </pre>
 *
 * @param at the frames that wait, or run, innermost first
 * @param awaiting those that await them
 * @param callers those under which the loop runs
 */
record Awaiters(
    List<StackTraceElement> at, List<StackTraceElement> awaiting, List<StackTraceElement> callers) {

  /** So many awaiting frames are told; a recursion may be a million deep. */
  static final int MOST = 200;

  /** A trace of so many frames grows no more. */
  private static final int LONGEST_TRACE = 2_000;

  /** Stands for those that are left out. */
  static final StackTraceElement LEFT_OUT =
      new StackTraceElement(Async.class.getName(), "await", "more coroutines, left out here", -1);

  /** Those at a frame that is suspended, or at its last resume point. */
  static Awaiters ofSuspended(Coro<?> frame, List<StackTraceElement> callers) {
    List<StackTraceElement> at =
        UserFrames.isOurs(frame) ? List.of() : List.of(LoopAccess.get().place(frame));
    return new Awaiters(at, of(frame), callers);
  }

  /** Those at the code that runs. */
  static Awaiters ofRunning(Task<?> task) {
    Coro<?> frame = LoopAccess.get().frame(task);
    UserFrames frames = UserFrames.standing(frame);
    StackTraceElement[] raw = new Throwable().getStackTrace();
    return new Awaiters(
        running(frames, raw),
        frame == null ? List.of() : of(frame),
        StackTraces.callersOf(task.loop(), raw));
  }

  /** The user's frames on the Java stack, up to the task's driver. */
  static List<StackTraceElement> running(UserFrames frames, StackTraceElement[] raw) {
    int driver = UserFrames.firstDriver(raw);
    int end = driver < 0 ? raw.length : driver;
    int from = 0;
    while (from < end && UserFrames.isOurs(raw[from])) {
      from++;
    }
    return frames.translate(Arrays.copyOfRange(raw, from, end));
  }

  /** The user's coroutines that await this one, innermost first. */
  static List<StackTraceElement> of(Coro<?> frame) {
    LoopAccess loops = LoopAccess.get();
    List<StackTraceElement> frames = new ArrayList<>();
    for (Coro<?> at = loops.awaiter(frame); at != null; at = loops.awaiter(at)) {
      if (frames.size() == MOST) {
        frames.add(LEFT_OUT);
        break;
      }
      if (!UserFrames.isOurs(at)) {
        frames.add(loops.place(at));
      }
    }
    return frames;
  }

  /**
   * A trace that goes on with these: once, and before the callers of the loop, with which a trace
   * ends if it began on the loop.
   */
  StackTraceElement[] after(StackTraceElement[] trace) {
    List<StackTraceElement> all = Arrays.asList(trace);
    int end = endsWith(all, all.size(), callers) ? all.size() - callers.size() : all.size();
    List<StackTraceElement> whole = concat(at, awaiting);
    if (whole.isEmpty() || contains(all.subList(0, end), whole)) {
      return trace;
    }
    List<StackTraceElement> body = all.subList(0, end);
    List<StackTraceElement> told;
    if (end >= LONGEST_TRACE) {
      told = concat(body, body.get(end - 1).equals(LEFT_OUT) ? List.of() : List.of(LEFT_OUT));
    } else {
      int same = sameEnd(body, whole);
      told =
          same > 0
              ? concat(body.subList(0, end - same), whole)
              : concat(body, whole.subList(overlap(body, whole), whole.size()));
    }
    return concat(told, callers).toArray(StackTraceElement[]::new);
  }

  /** With how many frames both end: those are of the task in which the failure began. */
  private static int sameEnd(List<StackTraceElement> body, List<StackTraceElement> whole) {
    int most = Math.min(body.size(), whole.size());
    int same = 0;
    while (same < most
        && body.get(body.size() - 1 - same).equals(whole.get(whole.size() - 1 - same))) {
      same++;
    }
    return same;
  }

  /** How many frames at the end of one are those at the beginning of the other. */
  private static int overlap(List<StackTraceElement> body, List<StackTraceElement> whole) {
    int length = Math.min(body.size(), whole.size());
    while (length > 0 && !endsWith(body, body.size(), whole.subList(0, length))) {
      length--;
    }
    return length;
  }

  private static List<StackTraceElement> concat(
      List<StackTraceElement> first, List<StackTraceElement> second) {
    List<StackTraceElement> all = new ArrayList<>(first.size() + second.size());
    all.addAll(first);
    all.addAll(second);
    return all;
  }

  private static boolean endsWith(
      List<StackTraceElement> frames, int end, List<StackTraceElement> part) {
    return end >= part.size() && frames.subList(end - part.size(), end).equals(part);
  }

  private static boolean contains(List<StackTraceElement> frames, List<StackTraceElement> part) {
    StackTraceElement first = part.get(0);
    for (int i = 0; i + part.size() <= frames.size(); i++) {
      if (frames.get(i).equals(first) && frames.subList(i, i + part.size()).equals(part)) {
        return true;
      }
    }
    return false;
  }
}
