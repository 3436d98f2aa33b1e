package io.fermata;

import org.jspecify.annotations.Nullable;

/** What code a loop runs at the moment: whose it is, and in which context. */
final class RunningCode {
  /**
   * The task whose step runs. It is left here when the step ends, since often the same one comes
   * next; {@link #leaveTask} is called before any other code of users runs.
   */
  @Nullable Task<?> task;

  /** The context of the callback that runs, null as long as it is an empty one. */
  @Nullable Context callbackContext;

  /** The context that the running code has entered with {@link Context#run}. */
  @Nullable Context enteredContext;

  /** The task's step begins. */
  void enter(Task<?> running) {
    if (task != running) {
      task = running;
    }
  }

  /** What runs now is no task's. */
  void leaveTask() {
    if (task != null) {
      task = null;
    }
  }

  void runEnds() {
    task = null;
    enteredContext = null;
    callbackContext = null;
  }

  /** Null for an empty one that was never asked for. */
  @Nullable Context contextOrNull() {
    if (enteredContext != null) {
      return enteredContext;
    }
    return task != null ? task.context : callbackContext;
  }

  Context context() {
    if (enteredContext != null) {
      return enteredContext;
    }
    if (task != null) {
      return task.getContext();
    }
    Context context = callbackContext;
    if (context == null) {
      context = new Context();
      callbackContext = context;
    }
    return context;
  }
}
