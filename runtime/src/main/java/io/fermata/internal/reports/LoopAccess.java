package io.fermata.internal.reports;

import io.fermata.Coro;
import io.fermata.EventLoop;
import io.fermata.Promise;
import io.fermata.Task;
import io.fermata.codegen.LineTable;
import io.fermata.internal.observing.LoopObserver;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What reports look at in loops, tasks and frames that is not for users. The class of the loops
 * gives it when it is initialised: before that, there is no task to look at.
 */
public abstract class LoopAccess {
  private static @Nullable LoopAccess given;

  /** For the one that gives it. */
  protected LoopAccess() {}

  /** Has this one used from now on. */
  public static void give(LoopAccess access) {
    given = access;
  }

  public static LoopAccess get() {
    LoopAccess access = given;
    if (access == null) {
      throw new AssertionError("there is a task, and no class of loops");
    }
    return access;
  }

  /** The loop that runs on this thread, or null. */
  static @Nullable EventLoop loopHere() {
    LoopAccess access = given;
    return access == null ? null : access.running();
  }

  /** The task whose code the loop of this thread runs; null if there is none. */
  static @Nullable Task<?> taskInHand() {
    EventLoop loop = loopHere();
    return loop == null ? null : get().running(loop);
  }

  /** The loop that runs on this thread, or null. */
  protected abstract @Nullable EventLoop running();

  /** The task whose code a loop runs, or null. Another thread sees one of a moment ago, maybe. */
  protected abstract @Nullable Task<?> running(EventLoop loop);

  /** The thread that runs a loop, or null. */
  protected abstract @Nullable Thread thread(EventLoop loop);

  /** Has somebody told what a loop does; before it runs, or on its thread. */
  public abstract void observe(EventLoop loop, LoopObserver observer);

  /** Tells one of them no more. */
  public abstract void stopObserving(EventLoop loop, LoopObserver observer);

  /** Whether a loop's thread sleeps until there is work. From any thread. */
  protected abstract boolean asleep(EventLoop loop);

  /** What stands in a loop's ready queue: tasks, and other entries. */
  protected abstract List<Object> ready(EventLoop loop);

  /** Tells an observer, as of now, of the tasks that were made and have not run yet. */
  public abstract void tellNewTasks(EventLoop loop, LoopObserver observer);

  /** What a loop remembers for the traces that it tells. */
  protected abstract TraceMemory memory(EventLoop loop);

  /**
   * The innermost frame that is suspended; while the task runs, the one resumed; null at its end.
   */
  protected abstract @Nullable Coro<?> frame(Task<?> task);

  /** Which of its loop's tasks it is, in order of creation. */
  protected abstract int number(Task<?> task);

  /** What a task has failed with, which counts as seen by nobody; null if it has not failed. */
  protected abstract @Nullable Throwable failure(Task<?> task);

  /** The tasks that wait for a promise, straight or through gathers, groups and shields. */
  protected abstract List<Task<?>> awaiters(Promise<?> promise);

  /** The same, each with whether it may go on before the promise is done. */
  protected abstract Map<Task<?>, Boolean> waiters(Promise<?> promise);

  /** The task that holds the lock for which this one waits; null if it waits for none. */
  protected abstract @Nullable Task<?> holder(Task<?> task);

  /** What a task waits for that tells its purpose; null for what does not. */
  protected abstract @Nullable String waitsFor(Task<?> task);

  /** The frame that awaits this one, or null. */
  protected abstract @Nullable Coro<?> awaiter(Coro<?> frame);

  /** Where a frame's code stands in the user's source. */
  protected abstract LineTable lines(Coro<?> frame);

  /** Where a frame stands, or stood last. */
  protected abstract int state(Coro<?> frame);

  /** The same, in the user's source. */
  final StackTraceElement place(Coro<?> frame) {
    return lines(frame).atState(state(frame));
  }
}
