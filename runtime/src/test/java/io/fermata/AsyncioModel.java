package io.fermata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * Futures and tasks as CPython's asyncio has them: its {@code futures.py} and {@code tasks.py},
 * line by line, over a queue of events. Nothing of the runtime is used.
 */
class AsyncioModel {
  static final String CANCELLED = "cancelled";

  /** An exception of the model: {@code cancelled}, the name of a failure, or a group of them. */
  static final class Raised extends Exception {
    private static final long serialVersionUID = 1L;

    Raised(String text) {
      super(text, null, false, false);
    }

    boolean isCancellation() {
      return getMessage().equals(CANCELLED);
    }
  }

  private record Timer(int when, long number, Runnable action) {}

  /** A coroutine: runs up to its next await, and gives what that waits for; null at its end. */
  interface Steps {
    Future step(Raised sent) throws Raised;
  }

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingInt(Timer::when).thenComparingLong(Timer::number));
  final ArrayDeque<Runnable> ready = new ArrayDeque<>();

  /** How the tasks ended that have a name. */
  final TreeSet<String> ended = new TreeSet<>();

  private final Set<Integer> deadlines = new LinkedHashSet<>();
  private long timersMade;
  int now;

  /** Whether two things happened at the same time, and either may be first. */
  boolean tied;

  void runUntilIdle() {
    while (!ready.isEmpty() || !timers.isEmpty()) {
      if (ready.isEmpty()) {
        Timer due = timers.remove();
        now = due.when();
        due.action().run();
      } else {
        ready.remove().run();
      }
    }
  }

  void at(int when, Runnable action) {
    tied |= !deadlines.add(when);
    timers.add(new Timer(when, timersMade++, action));
  }

  Future sleep(int duration) {
    Future future = new Future();
    at(now + duration, future::setResult);
    return future;
  }

  /** futures.py. */
  class Future {
    boolean done;
    Raised exception;
    private final List<Runnable> callbacks = new ArrayList<>();

    boolean cancel() {
      if (done) {
        return false;
      }
      setException(new Raised(CANCELLED));
      return true;
    }

    void setResult() {
      if (!done) {
        finish();
      }
    }

    void setException(Raised raised) {
      exception = raised;
      finish();
    }

    private void finish() {
      done = true;
      ready.addAll(callbacks);
    }

    void addDoneCallback(Runnable callback) {
      callbacks.add(callback);
    }
  }

  /** tasks.py. */
  final class Task extends Future {
    private final String name;
    private Steps coro;
    private boolean started;
    private Future waiter;
    private boolean mustCancel;
    int requests;

    /** A task whose end is noted if it has a name. */
    Task(String name) {
      this.name = name;
    }

    void start(Steps steps) {
      coro = steps;
      ready.add(() -> step(null));
    }

    /** Ours: starts when the future is done. */
    void startAfter(Future turn, Steps steps) {
      coro = steps;
      waiter = turn;
      turn.addDoneCallback(() -> step(turn.exception));
    }

    @Override
    boolean cancel() {
      if (done) {
        return false;
      }
      requests++;
      if (waiter != null && waiter.cancel()) {
        return true;
      }
      mustCancel = true;
      return true;
    }

    int uncancel() {
      if (requests > 0) {
        requests--;
        if (requests == 0) {
          mustCancel = false;
        }
      }
      return requests;
    }

    private void note(String how) {
      if (name != null) {
        ended.add(name + " " + how);
      }
    }

    private void step(Raised given) {
      Raised sent = given;
      if (mustCancel) {
        if (sent == null || !sent.isCancellation()) {
          sent = new Raised(CANCELLED);
        }
        mustCancel = false;
      }
      waiter = null;
      try {
        if (!started && sent != null) {
          throw sent; // thrown in at its beginning
        }
        started = true;
        waiter = coro.step(sent);
      } catch (Raised raised) {
        note(raised.getMessage());
        setException(raised);
        return;
      }
      if (waiter == null) {
        if (mustCancel) {
          mustCancel = false;
          note(CANCELLED);
          super.cancel();
        } else {
          note("returned");
          setResult();
        }
        return;
      }
      Future waitedFor = waiter;
      waitedFor.addDoneCallback(() -> step(waitedFor.exception));
      if (mustCancel && waiter.cancel()) {
        mustCancel = false;
      }
    }
  }
}
