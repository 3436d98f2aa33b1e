package io.fermata.internal.observing;

import io.fermata.Task;
import io.fermata.codegen.LineTable;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what one loop does, on the loop's thread, between the steps of its tasks. It reads
 * the time itself, throws nothing, and keeps no task.
 *
 * <p>A task goes by its number, from 1 on, which no other task of the loop has. Whose code did
 * something is told by such a number too, or by one of the constants here. An observer may come
 * while the loop runs: it then meets tasks whose creation it has not seen, and may be told the end
 * of a wait first.
 */
public interface LoopObserver {

  /** Code that runs in no task: before the run, in a factory, at the end of a pass. */
  int OUTSIDE = 0;

  /** A deadline that has passed: a sleep, a timeout, a callback of {@code callLater}. */
  int TIMER = -1;

  /** A channel that is ready. */
  int CHANNEL = -2;

  /** Another thread, or what it has handed over. */
  int THREAD = -3;

  /** A callback of {@code callSoon}, or of a promise. */
  int CALLBACK = -4;

  /** The loop starts to run; once for each of its runs. */
  default void runBegins() {}

  /** It runs no more. */
  default void runEnds() {}

  /**
   * A pass begins.
   *
   * @param ready how many entries of the ready queue it runs
   */
  default void passBegins(int ready) {}

  /** Nothing is ready: the loop sleeps. */
  default void idleBegins() {}

  /** It is awake. */
  default void idleEnds() {}

  /**
   * Timers were found due.
   *
   * @param lag how many nanoseconds ago the first of them was
   */
  default void timersDue(long lag) {}

  /**
   * A task was made.
   *
   * @param name what the user calls it; null for {@code Task-<number>}
   * @param coroutine where its code stands
   * @param by whose code made it
   */
  default void taskCreated(int number, @Nullable String name, LineTable coroutine, int by) {}

  /**
   * A task goes on in its turn, for the first time or because what it waited for is there.
   *
   * @param by whose code, or what, has brought that about
   */
  default void taskReady(int number, int by) {}

  /** A task's step begins; an eager one within a step of the task that makes it. */
  default void stepBegins(Task<?> task, int number) {}

  /**
   * A step ends, and the task waits.
   *
   * @param coroutine that of the user's innermost coroutine; of the runtime's where there is none
   * @param state the state in which it waits
   * @param called what of the runtime's it awaits, as {@code Async.sleep}; null for a promise or a
   *     task
   * @param awaited the number of the task that it awaits; 0 if it waits for something else
   */
  default void stepWaits(
      Task<?> task,
      int number,
      LineTable coroutine,
      int state,
      @Nullable LineTable called,
      int awaited) {}

  /**
   * A step ends, and with it the task.
   *
   * @param name what the user calls it by now; null for {@code Task-<number>}
   * @param cancelled whether it was cancelled
   * @param failure what it has failed with; null for a value and for a cancellation
   */
  default void stepEndsTask(
      int number, @Nullable String name, boolean cancelled, @Nullable Throwable failure) {}

  /**
   * A user's callback begins, or the handler of a channel.
   *
   * @param kind {@link #TIMER}, {@link #CHANNEL} or {@link #CALLBACK}
   */
  default void callbackBegins(int kind) {}

  /** It ends. */
  default void callbackEnds() {}

  /**
   * The user marks this moment.
   *
   * @param by whose code does
   */
  default void mark(String text, int by) {}

  /**
   * The user begins a span, which {@link #spanEnds} ends in whatever step.
   *
   * @param by whose code does
   */
  default void spanBegins(String text, int span, int by) {}

  /** A span ends. */
  default void spanEnds(int span) {}
}
