package io.fermata;

import io.fermata.internal.Inbox;
import io.fermata.internal.ReadyQueue;
import io.fermata.internal.TimerHeap;
import io.fermata.internal.reports.ValueText;
import io.fermata.testing.FaultInjector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The passes of a loop: each takes what is ready at its start and runs it, and sleeps before if
 * there is nothing.
 */
final class Passes {
  private final EventLoop loop;
  private final RunningCode code;
  private final ReadyQueue ready;
  private final TimerHeap timers;
  private final Inbox inbox;
  private final WatchedChannels channels;
  private final LifeCycle lifeCycle;
  private final int callbacksPerClockReading;

  /** What runs at the end of this pass; null until somebody asks for that. */
  private @Nullable List<Runnable> atPassEnd;

  private @Nullable RandomGenerator shuffle;
  private @Nullable FaultInjector faultInjector;
  private int callbacksSinceClock;

  /** Whether debug mode, observers, fault injection or thread-locals ask for more at each entry. */
  private boolean watched;

  /** It has just slept in the selector: there is no need to look at it again. */
  private boolean selected;

  /** The passes of a loop that has made all of its other parts. */
  Passes(EventLoop loop, int callbacksPerClockReading) {
    this.loop = loop;
    this.code = loop.code;
    this.ready = loop.ready;
    this.timers = loop.timers;
    this.inbox = loop.inbox;
    this.channels = loop.channels;
    this.lifeCycle = loop.lifeCycle;
    this.callbacksPerClockReading = callbacksPerClockReading;
    settingsChanged();
  }

  /** To be called whenever one of the settings changes that a pass looks at. */
  void settingsChanged() {
    watched =
        loop.getDebug()
            || loop.observation != null
            || faultInjector != null
            || loop.threadLocals != null;
  }

  void shuffleWith(RandomGenerator random) {
    shuffle = random;
  }

  void interfereWith(@Nullable FaultInjector injector) {
    faultInjector = injector;
    settingsChanged();
  }

  void callAtEnd(Runnable callback) {
    List<Runnable> callbacks = atPassEnd;
    if (callbacks == null) {
      callbacks = new ArrayList<>();
      atPassEnd = callbacks;
    }
    callbacks.add(Objects.requireNonNull(callback, "callback"));
  }

  /** Has the loop look at its channels before the next callback. */
  void pollSoon() {
    callbacksSinceClock = callbacksPerClockReading;
    selected = false;
  }

  /** Runs the next one, on this thread. */
  void pass(Thread here) {
    if (ready.isEmpty()) {
      waitForWork();
    }
    if (!inbox.isEmpty()) {
      inbox.drainTo(ready);
    }
    if (callbacksSinceClock >= callbacksPerClockReading) {
      lookAround();
    }
    if (here.isInterrupted()) {
      code.leaveTask();
      lifeCycle.interrupted();
    }
    if (shuffle != null) {
      code.leaveTask();
      ready.shuffle(shuffle);
    }
    int count = ready.size();
    callbacksSinceClock += count;
    if (watched) {
      runWatched(count);
    } else {
      for (; count > 0; count--) {
        runEntry(ready.take());
      }
    }
  }

  private void waitForWork() {
    code.leaveTask();
    callbacksSinceClock = callbacksPerClockReading;
    reportCollected();
    if (lifeCycle.isStopping() || !ready.isEmpty()) {
      return; // also when an exception handler has made work
    }
    long nanos = nanosToNextTimer();
    if (nanos > 0 && inbox.fallAsleep()) {
      selected = true;
      if (loop.observation != null) {
        loop.observation.idleBegins();
      }
      try {
        loop.idle(nanos);
      } finally {
        inbox.awake();
        if (loop.observation != null) {
          loop.observation.idleEnds();
        }
      }
    }
  }

  /** {@link Long#MAX_VALUE} if there is no timer; zero or less if one is due. */
  private long nanosToNextTimer() {
    if (timers.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, timers.firstDeadline()) - loop.time();
  }

  /** Looks for ready channels and due timers: after each sleep, and now and then while busy. */
  private void lookAround() {
    code.leaveTask();
    callbacksSinceClock = 0;
    if (!selected) {
      channels.poll();
    }
    selected = false;
    reportCollected();
    if (!timers.isEmpty()) {
      collectDueTimers();
    }
  }

  private void reportCollected() {
    loop.reports.reportCollected();
    loop.generators.endCollected(loop);
  }

  private void collectDueTimers() {
    long now = loop.time();
    if (loop.observation != null && timers.firstDeadline() <= now) {
      loop.observation.timersDue(now - timers.firstDeadline());
    }
    while (!timers.isEmpty() && timers.firstDeadline() <= now) {
      TimerHeap.Entry due = timers.takeFirst();
      ready.add(due instanceof TimerHandle.Timer timer ? timer.handle : due);
    }
  }

  /** With all that debug mode, observers, fault injection and thread-locals ask for. */
  private void runWatched(int count) {
    code.leaveTask();
    if (loop.observation != null) {
      loop.observation.passBegins(count);
    }
    for (int left = count; left > 0; left--) {
      long start =
          loop.getDebug() ? loop.time() : -1; // before the entry is taken, which must not be lost
      runWatched(ready.take(), start);
    }
  }

  private void runWatched(Object entry, long start) {
    FaultInjector injector = faultInjector;
    if (injector != null && entry instanceof Task<?> task && task.isSuspended()) {
      Throwable fault;
      try {
        fault = injector.beforeResume(task);
      } catch (Throwable t) {
        fault = t;
      }
      if (fault == FaultInjector.LATER) {
        ready.add(task);
        return;
      }
      if (fault != null) {
        task.failNextStep(fault);
      }
    }
    Observation observation = loop.observation;
    if (observation == null) {
      runTimed(entry, start);
    } else {
      int around = observation.begins(entry);
      try {
        runTimed(entry, start);
      } finally {
        observation.ends(entry, around);
      }
    }
  }

  private void runTimed(Object entry, long start) {
    if (start >= 0) {
      DebugMode.runTimed(loop, entry, start);
    } else {
      runReady(entry);
    }
  }

  /** Runs an entry of the ready queue, or a channel that is ready, with the thread-locals. */
  void runReady(Object entry) {
    CarriedThreadLocals threadLocals = loop.threadLocals;
    if (threadLocals == null) {
      runAndLeave(entry);
    } else {
      runCarrying(entry, threadLocals);
    }
  }

  private void runCarrying(Object entry, CarriedThreadLocals carried) {
    Context context =
        entry instanceof Task<?> task
            ? task.getContext()
            : entry instanceof Ready waiting ? waiting.runsIn() : null;
    if (context == null) {
      runAndLeave(entry);
    } else {
      carried.runStep(loop, entry, context, () -> runAndLeave(entry));
    }
  }

  /** For where code of users runs between the entries. */
  private void runAndLeave(Object entry) {
    runEntry(entry);
    code.leaveTask();
  }

  private void runEntry(Object entry) {
    try {
      if (entry instanceof Task<?> task) {
        code.enter(task);
        task.step();
      } else if (entry instanceof Sleep<?> sleep) {
        sleep.wake();
      } else {
        code.leaveTask();
        ((Ready) entry).run(loop);
      }
    } catch (Throwable t) {
      escaped(t, entry);
    }
  }

  /** What escapes an entry concerns that one alone, unless it is fatal. */
  private void escaped(Throwable t, Object entry) {
    if (entry instanceof Task<?> task) {
      code.leaveTask();
      task.failStep(t);
    } else {
      loop.reports.callbackFailed(t, "Exception in " + (Ready) entry, null, null);
    }
  }

  void endPass() {
    List<Runnable> callbacks = atPassEnd;
    if (callbacks != null && !callbacks.isEmpty()) {
      runAtEnd(callbacks);
    }
  }

  /** Those that come while it runs, run too. */
  private void runAtEnd(List<Runnable> callbacks) {
    code.leaveTask();
    for (int i = 0; i < callbacks.size(); i++) {
      Runnable callback = callbacks.get(i);
      try {
        callback.run();
      } catch (Throwable t) {
        String what = "Exception in " + ValueText.of(callback) + " at the end of a pass";
        loop.reports.callbackFailed(t, what, null, null);
      }
    }
    callbacks.clear();
  }
}
