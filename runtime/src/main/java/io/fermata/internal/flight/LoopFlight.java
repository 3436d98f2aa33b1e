package io.fermata.internal.flight;

import io.fermata.Task;
import io.fermata.codegen.LineTable;
import io.fermata.internal.observing.LoopObserver;
import io.fermata.internal.reports.TaskStacks;
import org.jspecify.annotations.Nullable;

/** Commits the events of one loop. An event that is off costs a look at whether it is. */
final class LoopFlight implements LoopObserver {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private SlowStep step = new SlowStep();
  private @Nullable StackTraceElement resumedAt;
  private int callbackKind;

  /** How many steps and callbacks run, one within the other, since a step may start a task. */
  private int depth;

  private LoopStatistics statistics = new LoopStatistics();
  private long statisticsBegan = System.nanoTime();
  private long sleptSince;

  LoopFlight() {
    statistics.begin();
  }

  @Override
  public void taskCreated(int number, @Nullable String name, LineTable coroutine, int by) {
    TaskStart start = new TaskStart();
    if (start.shouldCommit()) {
      start.number = number;
      start.task = nameOf(number, name);
      start.coroutine = coroutine.className() + "." + coroutine.method();
      start.madeBy = by;
      start.commit();
    }
  }

  @Override
  public void stepBegins(Task<?> task, int number) {
    if (depth++ == 0 && step.isEnabled()) {
      resumedAt = TaskStacks.place(task);
      step.begin();
    }
  }

  @Override
  public void stepWaits(
      Task<?> task,
      int number,
      LineTable coroutine,
      int state,
      @Nullable LineTable called,
      int awaited) {
    if (isSlow()) {
      commitStep(task.getName(), textOf(resumedAt), coroutine.atState(state).toString());
    }
  }

  @Override
  public void stepEndsTask(
      int number, @Nullable String name, boolean cancelled, @Nullable Throwable failure) {
    if (isSlow()) {
      commitStep(nameOf(number, name), textOf(resumedAt), null);
    }
    TaskEnd end = new TaskEnd();
    if (end.shouldCommit()) {
      end.number = number;
      end.task = nameOf(number, name);
      end.outcome = failure != null ? "failed" : cancelled ? "cancelled" : "succeeded";
      end.failure = failure == null ? null : failure.getClass().getName();
      end.commit();
    }
  }

  private static String nameOf(int number, @Nullable String name) {
    return name == null ? "Task-" + number : name;
  }

  @Override
  public void callbackBegins(int kind) {
    if (depth++ == 0) {
      step.begin();
      callbackKind = kind;
    }
  }

  @Override
  public void callbackEnds() {
    if (isSlow()) {
      String from =
          switch (callbackKind) {
            case TIMER -> "a timer";
            case CHANNEL -> "a channel";
            default -> "a callback";
          };
      commitStep(null, from, null);
    }
  }

  /** Whether the outermost of those that run has ended, and was slow. */
  private boolean isSlow() {
    if (--depth > 0) {
      return false;
    }
    depth = 0; // it may have come in the middle of a step
    step.end();
    return step.shouldCommit();
  }

  private void commitStep(@Nullable String task, @Nullable String from, @Nullable String to) {
    step.task = task;
    step.from = from;
    step.to = to;
    step.commit();
    step = new SlowStep();
    resumedAt = null;
  }

  private static @Nullable String textOf(@Nullable StackTraceElement place) {
    return place == null ? null : place.toString();
  }

  @Override
  public void passBegins(int ready) {
    statistics.passes++;
    statistics.longestReadyQueue = Math.max(statistics.longestReadyQueue, ready);
    long now = System.nanoTime();
    if (now - statisticsBegan >= SECOND_NANOS) {
      commitStatistics(now);
    }
  }

  @Override
  public void timersDue(long lag) {
    statistics.greatestLag = Math.max(statistics.greatestLag, lag);
  }

  @Override
  public void idleBegins() {
    sleptSince = System.nanoTime();
  }

  @Override
  public void idleEnds() {
    statistics.asleep += System.nanoTime() - sleptSince;
  }

  @Override
  public void runEnds() {
    commitStatistics(System.nanoTime());
  }

  private void commitStatistics(long now) {
    statistics.commit();
    statistics = new LoopStatistics();
    statistics.begin();
    statisticsBegan = now;
  }
}
