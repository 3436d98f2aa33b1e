package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.reports.ValueText;
import io.fermata.internal.reports.Wrapping;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The texts of promises and tasks, which may hold each other, and wait for each other in chains.
 */
final class Descriptions {
  private static final int MAX_NESTING = 4;

  private static final ThreadLocal<Set<Object>> IN_PROGRESS =
      ThreadLocal.withInitial(() -> Collections.newSetFromMap(new IdentityHashMap<>()));

  private Descriptions() {}

  static String of(Promise<?> promise) {
    Set<Object> inProgress = IN_PROGRESS.get();
    if (inProgress.size() == MAX_NESTING || !inProgress.add(promise)) {
      return "...";
    }
    try {
      return promise instanceof Task<?> task ? describeTask(task) : describePromise(promise);
    } finally {
      inProgress.remove(promise);
      if (inProgress.isEmpty()) {
        IN_PROGRESS.remove();
      }
    }
  }

  /** What is told of a failed promise when it can't be asked any more. */
  static String ofFailed(Promise<?> promise) {
    if (!(promise instanceof Task<?> task)) {
      return promise.getClass().getSimpleName();
    }
    Coro<?> coro = task.getCoro();
    return task.getName() + (coro == null ? "" : ", coroutine " + nameOf(coro));
  }

  private static String nameOf(Coro<?> coro) {
    LineTable wrapped = coro instanceof Wrapping wrapping ? wrapping.wrapped() : null;
    return (wrapped == null ? coro.lines() : wrapped).shortName();
  }

  private static String describePromise(Promise<?> promise) {
    StringBuilder text = new StringBuilder(promise.getClass().getSimpleName());
    text.append('[').append(state(promise));
    appendOutcome(text, promise);
    return text.append(']').toString();
  }

  private static String describeTask(Task<?> task) {
    StringBuilder text = new StringBuilder("Task[").append(task.getName()).append(' ');
    text.append(!task.isDone() && task.cancelling() > 0 ? "cancelling" : state(task));
    Coro<?> coro = task.getCoro();
    if (coro != null) {
      text.append(", coroutine ").append(nameOf(coro));
    }
    Waitable waitingFor = task.waitingFor();
    if (waitingFor != null) {
      text.append(", waiting for ").append(waitingFor);
    }
    appendOutcome(text, task);
    return text.append(']').toString();
  }

  private static String state(Promise<?> promise) {
    return switch (promise.state()) {
      case PENDING -> "pending";
      case CANCELLED -> "cancelled";
      case SUCCEEDED, FAILED -> "finished";
    };
  }

  private static void appendOutcome(StringBuilder text, Promise<?> promise) {
    switch (promise.state()) {
      case PENDING -> appendCallbacks(text, promise.waiting());
      case SUCCEEDED -> text.append(", result=").append(ValueText.of(promise.peekOutcome()));
      case FAILED -> text.append(", exception=").append(ValueText.of(promise.peekOutcome()));
      case CANCELLED -> {
        Object reason = promise.peekOutcome();
        if (reason != null) {
          text.append(", reason=").append(ValueText.of(reason));
        }
      }
    }
    Throwable createdAt = promise.createdAt();
    if (createdAt != null && createdAt.getStackTrace().length > 0) {
      text.append(", created at ").append(createdAt.getStackTrace()[0]);
    }
  }

  private static void appendCallbacks(StringBuilder text, List<Object> waiting) {
    if (waiting.isEmpty()) {
      return;
    }
    text.append(", callbacks=[").append(describeWaiter(waiting.get(0)));
    if (waiting.size() > 2) {
      text.append(", <").append(waiting.size() - 2).append(" more>");
    }
    if (waiting.size() > 1) {
      text.append(", ").append(describeWaiter(waiting.get(waiting.size() - 1)));
    }
    text.append(']');
  }

  private static String describeWaiter(Object waiter) {
    return waiter instanceof Task<?> task
        ? task.getName()
        : waiter instanceof DoneCallback<?> user
            ? ValueText.of(user.callback)
            : waiter.getClass().getSimpleName();
  }
}
