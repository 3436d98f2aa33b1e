package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.TimerHeap;
import io.fermata.internal.observing.LoopObserver;
import io.fermata.internal.reports.RuntimeClasses;
import io.fermata.internal.reports.RuntimeLines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a loop's observers what it does, and who brings it about. A loop has one as long as it has
 * observers; without one, all that is left of this is a look at a field.
 *
 * <p>{@link #begins} and {@link #ends} stand around each entry of the ready queue and each handler
 * of a channel; what is made and woken in between is that entry's doing. A callback of the
 * runtime's own only passes on what the one has done who settled the promise.
 */
final class Observation {
  private static final LineTable GATHER = RuntimeLines.of(Observation.class, "gather");

  private LoopObserver[] observers = {};

  /** The number of the task whose code runs, or one of the constants of {@link LoopObserver}. */
  private int running = LoopObserver.OUTSIDE;

  private boolean idle;
  private int spans;

  void add(LoopObserver observer) {
    observers = Arrays.copyOf(observers, observers.length + 1);
    observers[observers.length - 1] = observer;
  }

  void remove(LoopObserver observer) {
    List<LoopObserver> rest = new ArrayList<>(Arrays.asList(observers));
    rest.remove(observer);
    observers = rest.toArray(new LoopObserver[0]);
  }

  boolean isOver() {
    return observers.length == 0;
  }

  void runBegins() {
    for (LoopObserver observer : observers) {
      observer.runBegins();
    }
  }

  void runEnds() {
    for (LoopObserver observer : observers) {
      observer.runEnds();
    }
  }

  void passBegins(int ready) {
    for (LoopObserver observer : observers) {
      observer.passBegins(ready);
    }
  }

  void idleBegins() {
    idle = true;
    for (LoopObserver observer : observers) {
      observer.idleBegins();
    }
  }

  /** Also when a channel's handler is called from within the sleep. */
  void idleEnds() {
    if (idle) {
      idle = false;
      for (LoopObserver observer : observers) {
        observer.idleEnds();
      }
    }
  }

  void timersDue(long lag) {
    for (LoopObserver observer : observers) {
      observer.timersDue(lag);
    }
  }

  void created(Task<?> task, Coro<?> coroutine) {
    LineTable lines = coroutine.lines();
    for (LoopObserver observer : observers) {
      observer.taskCreated(task.number(), task.givenName(), lines, running);
    }
  }

  /** An entry was put into the ready queue. */
  void ready(Object entry) {
    if (entry instanceof Task<?> task) {
      for (LoopObserver observer : observers) {
        observer.taskReady(task.number(), running);
      }
    } else if (entry instanceof Notification notification) {
      notification.settledBy = running;
    }
  }

  /** An entry runs from now on; gives whose code ran before, for {@link #ends}. */
  int begins(Object entry) {
    int around = running;
    if (entry instanceof Task<?> task) {
      running = task.number();
      for (LoopObserver observer : observers) {
        observer.stepBegins(task, running);
      }
      return around;
    }
    running = kind(entry);
    if (entry instanceof Sleep<?> sleep && sleep.sleeper() != null) {
      ready(sleep.sleeper());
    }
    if (isOfUser(entry)) {
      idleEnds();
      for (LoopObserver observer : observers) {
        observer.callbackBegins(running);
      }
    }
    return around;
  }

  void ends(Object entry, int around) {
    running = around;
    if (entry instanceof Task<?> task) {
      stepEnds(task);
    } else if (isOfUser(entry)) {
      for (LoopObserver observer : observers) {
        observer.callbackEnds();
      }
    }
  }

  private static int kind(Object entry) {
    if (entry instanceof Notification notification) {
      return notification.isOfUser() ? LoopObserver.CALLBACK : notification.settledBy;
    }
    if (entry instanceof TimerHandle || entry instanceof TimerHeap.Entry) {
      return LoopObserver.TIMER;
    }
    if (entry instanceof Handle) {
      return LoopObserver.CALLBACK;
    }
    return entry instanceof ChannelWatch ? LoopObserver.CHANNEL : LoopObserver.THREAD;
  }

  private static boolean isOfUser(Object entry) {
    return entry instanceof Handle
        || entry instanceof ChannelWatch
        || (entry instanceof Notification notification && notification.isOfUser());
  }

  private void stepEnds(Task<?> task) {
    if (task.isDone()) {
      Throwable failure =
          task.state() == Promise.State.FAILED && task.peekOutcome() instanceof Throwable thrown
              ? thrown
              : null;
      for (LoopObserver observer : observers) {
        observer.stepEndsTask(task.number(), task.givenName(), task.isCancelled(), failure);
      }
      return;
    }
    Coro<?> innermost = task.frame();
    if (innermost != null) {
      tellWait(task, innermost);
    }
  }

  private void tellWait(Task<?> task, Coro<?> innermost) {
    Coro<?> at = innermost;
    LineTable called = null;
    LineTable lines = innermost.lines();
    while (RuntimeClasses.contain(lines.className()) && at.awaiter != null) {
      called = lines;
      at = at.awaiter;
      lines = at.lines();
    }
    Waitable waitable = task.waitingFor();
    if (called == null && at == innermost) {
      called = calledDirectly(waitable);
    }
    int awaited = waitable instanceof Task<?> other ? other.number() : 0;
    for (LoopObserver observer : observers) {
      observer.stepWaits(task, task.number(), lines, at.state, called, awaited);
    }
  }

  /** What has no frame of its own where it is awaited. */
  private static @Nullable LineTable calledDirectly(@Nullable Waitable waitable) {
    if (waitable == null) {
      return SharedCoro.YIELD.lines();
    }
    if (waitable instanceof GatherPromise) {
      return GATHER;
    }
    return waitable instanceof Suspension suspension ? suspension.lines() : null;
  }

  void mark(String text) {
    for (LoopObserver observer : observers) {
      observer.mark(text, running);
    }
  }

  /** Gives the number of the span, for {@link #spanEnds}. */
  int spanBegins(String text) {
    int span = ++spans;
    for (LoopObserver observer : observers) {
      observer.spanBegins(text, span, running);
    }
    return span;
  }

  void spanEnds(int span) {
    for (LoopObserver observer : observers) {
      observer.spanEnds(span);
    }
  }
}
