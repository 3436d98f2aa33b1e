package io.fermata;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks a task or a gather to end: the request goes along what they wait for, through tasks and the
 * children of gathers in their order, to what is no task, which is cancelled at once. By a loop,
 * since a million tasks may wait for each other.
 */
final class Cancellation {
  private final @Nullable Object message;

  /** The gathers whose children are being cancelled, the innermost first. */
  private final Deque<Level> levels = new ArrayDeque<>(2);

  private Cancellation(@Nullable Object message) {
    this.message = message;
  }

  /** Cancels a task that is not done; what it waits for decides where it is told. */
  static void of(Task<?> task, @Nullable Object message) {
    Waitable waiting = task.waitingFor();
    if (waiting instanceof Task<?> || waiting instanceof GatherPromise<?>) {
      new Cancellation(message).run(task);
    } else {
      task.countCancelRequest();
      task.deliverCancel(message);
    }
  }

  /** Cancels the children of a gather that is not done; false if none of them took it. */
  static boolean of(GatherPromise<?> gather, @Nullable Object message) {
    return new Cancellation(message).run(gather);
  }

  private boolean run(Promise<?> first) {
    for (Promise<?> next = first; ; ) {
      boolean taken = enter(next);
      while (!levels.isEmpty() && !levels.element().children.hasNext()) {
        taken = levels.remove().leave(message);
        if (!levels.isEmpty()) {
          levels.element().any |= taken;
        }
      }
      if (levels.isEmpty()) {
        return taken;
      }
      next = levels.element().children.next();
    }
  }

  /** Goes down to the next gather, or to the end. */
  private boolean enter(Promise<?> promise) {
    if (promise.isDone()) {
      return note(promise.cancel(message));
    }
    if (promise instanceof Task<?> task) {
      return enterTasks(task);
    }
    if (promise instanceof GatherPromise<?> gather) {
      levels.push(new Level(gather, null, null));
      return false;
    }
    return note(promise.cancel(message));
  }

  /** Along tasks that wait for each other. */
  private boolean enterTasks(Task<?> first) {
    if (first.isBeingCancelled()) {
      return breakCircle(levels.element().waiter());
    }
    Task<?> last = first;
    last.beginCancel();
    for (Task<?> next = awaited(last); next != null; next = awaited(next)) {
      if (next.isBeingCancelled()) {
        endCancel(first, last);
        return breakCircle(last);
      }
      next.beginCancel();
      last = next;
    }
    if (!(last.waitingFor() instanceof GatherPromise<?> gather) || gather.isDone()) {
      last.deliverCancel(message);
      endCancel(first, last);
      return note(true);
    }
    if (gather.isBeingCancelled()) {
      endCancel(first, last);
      return breakCircle(last);
    }
    levels.push(new Level(gather, first, last));
    return false;
  }

  /** The task waits for one that waits for it: it is told, and so will be all the others. */
  private boolean breakCircle(Task<?> task) {
    task.breakOffWait(message);
    return note(true);
  }

  private boolean note(boolean taken) {
    if (!levels.isEmpty()) {
      levels.element().any |= taken;
    }
    return taken;
  }

  /** The task that this one waits for, and that is not done. */
  private static @Nullable Task<?> awaited(Task<?> task) {
    return task.waitingFor() instanceof Task<?> next && !next.isDone() ? next : null;
  }

  private static void endCancel(Task<?> first, Task<?> last) {
    Task<?> at = first;
    for (Task<?> next = awaited(at); at != last && next != null; next = awaited(at)) {
      at.endCancel();
      at = next;
    }
    at.endCancel();
  }

  /** A gather whose children are being cancelled, and the tasks that led to it. */
  private static final class Level {
    final Iterator<Promise<?>> children;
    private final GatherPromise<?> gather;
    private final @Nullable Task<?> first;
    private final @Nullable Task<?> last;
    boolean any;

    Level(GatherPromise<?> gather, @Nullable Task<?> first, @Nullable Task<?> last) {
      this.gather = gather;
      this.first = first;
      this.last = last;
      this.children = gather.beginCancel().iterator();
    }

    /** The task that waits for the gather. */
    Task<?> waiter() {
      return Objects.requireNonNull(last);
    }

    /** Whether somebody took the request: a task does in any case. */
    boolean leave(@Nullable Object message) {
      gather.endCancel(any);
      if (first == null || last == null) {
        return any;
      }
      Cancellation.endCancel(first, last);
      if (!any) {
        last.cancelAtNextStep(message);
      }
      return true;
    }
  }
}
