package io.fermata;

import io.fermata.internal.observing.LoopObserver;
import org.jspecify.annotations.Nullable;

/** The tasks of a loop that run their first step inside the code that creates them. */
final class EagerStarts {
  /** Eager tasks that start eager tasks: past this depth they wait for their turn. */
  private static final int MAX_DEPTH = 32;

  /** Where an eager task's frames start to count, which leaves 16 direct calls for each. */
  private static final int FRAMES_START_AT = Coro.MAX_DEPTH - 16;

  private final EventLoop loop;
  private int depth;

  EagerStarts(EventLoop loop) {
    this.loop = loop;
  }

  boolean mayStart() {
    return loop.lifeCycle.runsHere() && depth < MAX_DEPTH;
  }

  void start(Task<?> task) {
    RunningCode code = loop.code;
    Task<?> creator = code.task;
    @Nullable Context entered = code.enteredContext;
    code.task = task;
    code.enteredContext = null;
    depth++;
    Observation observation = loop.observation;
    int around = observation == null ? LoopObserver.OUTSIDE : observation.begins(task);
    try {
      CarriedThreadLocals threadLocals = loop.threadLocals;
      if (threadLocals == null) {
        task.stepEagerly(FRAMES_START_AT);
      } else {
        Context own = task.getContext();
        threadLocals.runStep(loop, task, own, () -> task.stepEagerly(FRAMES_START_AT));
      }
    } catch (Throwable t) {
      task.failStep(t);
    } finally {
      if (observation != null) {
        observation.ends(task, around);
      }
      depth--;
      code.enteredContext = entered;
      code.task = creator;
    }
  }

  void runEnds() {
    depth = 0;
  }
}
