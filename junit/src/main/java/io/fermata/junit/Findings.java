package io.fermata.junit;

import io.fermata.ExceptionContext;
import io.fermata.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** What was found when the coroutines of a test had ended, and is not tolerated. */
final class Findings {
  private final Settings settings;
  private final List<String> texts = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();

  Findings(Settings settings) {
    this.settings = settings;
  }

  void tasksLeft(List<Task<?>> tasks) {
    StringBuilder text =
        new StringBuilder(
            tasks.size() == 1
                ? "a task is left running:"
                : tasks.size() + " tasks are left running:");
    for (Task<?> task : tasks) {
      text.append("\n  ").append(task);
      List<StackTraceElement> stack = new ArrayList<>(task.getStack());
      Collections.reverse(stack);
      frames(stack, text);
    }
    text.append("\nAwait or cancel what the test starts, or use a TaskGroup.");
    add(Finding.TASK_LEFT_RUNNING, text.toString(), null);
  }

  /** Something that the loop had nobody to tell. */
  void reported(ExceptionContext context, @Nullable Throwable thrown) {
    Throwable failure = context.exception();
    if (failure == null && thrown != null) {
      return;
    }
    StringBuilder text = new StringBuilder(context.message());
    if (failure != null) {
      text.append(": ").append(failure);
      if (context.subject() != null) {
        text.append("\n  ").append(context.subject());
      }
      frames(List.of(failure.getStackTrace()).stream().limit(1).toList(), text);
    }
    if (context.createdAt() != null) {
      text.append("\n  created");
      frames(List.of(context.createdAt().getStackTrace()), text);
    }
    Finding kind =
        failure != null
            ? Finding.FAILURE_NEVER_RETRIEVED
            : context.promise() == null
                ? Finding.COROUTINE_NEVER_AWAITED
                : Finding.TASK_LEFT_RUNNING;
    add(kind, text.toString(), failure);
  }

  void blocked(BlockedThread.Place place) {
    StringBuilder text = new StringBuilder("the loop's thread was held for ");
    text.append(place.millis()).append(" ms and more");
    frames(place.frames(), text);
    text.append("\nAwait instead, or leave what blocks to toThread.");
    add(Finding.LOOP_BLOCKED, text.toString(), null);
  }

  private static void frames(List<StackTraceElement> innermostFirst, StringBuilder text) {
    for (StackTraceElement each : innermostFirst) {
      text.append("\n    at ").append(each);
    }
  }

  private void add(Finding kind, String text, @Nullable Throwable failure) {
    if (!settings.isTolerated(kind)) {
      texts.add(text);
      if (failure != null) {
        failures.add(failure);
      }
    }
  }

  /** Throws them, if there are any. */
  void throwIfAny() {
    if (!texts.isEmpty()) {
      throw toError();
    }
  }

  /** What they make; null if there are none. */
  @Nullable AssertionFailedError toErrorOrNull() {
    return texts.isEmpty() ? null : toError();
  }

  /** Adds them to what the test has thrown: it is what has to be mended first. */
  void addTo(Throwable thrown) {
    if (!texts.isEmpty()) {
      thrown.addSuppressed(toError());
    }
  }

  private AssertionFailedError toError() {
    AssertionFailedError error =
        failures.isEmpty()
            ? new AssertionFailedError(String.join("\n\n", texts))
            : new AssertionFailedError(String.join("\n\n", texts), failures.get(0));
    failures.stream().skip(1).forEach(error::addSuppressed);
    return error;
  }
}
