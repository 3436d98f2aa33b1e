package io.fermata.conformance.lang;

import io.fermata.Async;
import io.fermata.Awaitable;
import io.fermata.EventLoop;
import io.fermata.Promise;
import io.fermata.Task;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes objects and knows which of them can still be reached while the coroutine waits. */
final class Probe {

  /** How pauses end. */
  enum Pauses {
    LATER,
    AT_ONCE,
    LAST_FAILS,
    LAST_IS_CANCELLED
  }

  private final Pauses kind;

  /** The number of the last pause, if it ends differently from the others. */
  private final int last;

  private final Map<String, WeakReference<Object>> made = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private int pauses;

  /** Pauses that end when it was found out what can be reached. */
  Probe() {
    this(Pauses.LATER, 0);
  }

  Probe(Pauses kind, int last) {
    this.kind = kind;
    this.last = last;
  }

  /** An object that a name stands for. */
  Object make(String name) {
    Object[] object = {name};
    made.put(name, new WeakReference<>(object));
    return object;
  }

  /** An exception that a name stands for. */
  RuntimeException failure(String name) {
    RuntimeException failure = new RuntimeException(name);
    made.put(name, new WeakReference<>(failure));
    return failure;
  }

  /** Uses an object. */
  void use(@Nullable Object... objects) {}

  /** Ends when it was found out what can be reached; that should be {@code expected}. */
  Awaitable<Integer> pause(String... expected) {
    EventLoop loop = EventLoop.running();
    Promise<Integer> promise = loop.createPromise();
    int number = ++pauses;
    if (kind == Pauses.AT_ONCE) {
      return Async.completed(number);
    }
    Task<?> waiting = Objects.requireNonNull(Async.currentTask());
    loop.callSoon(
        () -> {
          TreeSet<String> wanted = new TreeSet<>(List.of(expected));
          Set<String> reached = reached(wanted);
          if (!reached.equals(wanted)) {
            faults.add("pause " + number + " holds " + reached + ", needs " + wanted);
          }
          if (number == last && kind == Pauses.LAST_FAILS) {
            promise.fail(new AssertionError("injected"));
          } else if (number == last && kind == Pauses.LAST_IS_CANCELLED) {
            waiting.cancel();
          } else {
            promise.complete(number);
          }
        });
    return promise;
  }

  /** Finds out, in the middle of the code, what can be reached; that should be {@code expected}. */
  void now(String... expected) {
    TreeSet<String> wanted = new TreeSet<>(List.of(expected));
    Set<String> reached = reached(wanted);
    if (!reached.equals(wanted)) {
      faults.add("behind pause " + pauses + " holds " + reached + ", needs " + wanted);
    }
  }

  /** What went wrong. */
  List<String> faults() {
    return faults;
  }

  int pauses() {
    return pauses;
  }

  /** What can be reached from what is kept. */
  Set<String> heldBy(Set<String> wanted, Object... kept) {
    try {
      return reached(wanted);
    } finally {
      Reference.reachabilityFence(kept);
    }
  }

  private Set<String> reached(Set<String> wanted) {
    Set<String> reached = new TreeSet<>();
    for (int attempt = 0; attempt < 5; attempt++) {
      System.gc();
      reached.clear();
      made.forEach(
          (name, reference) -> {
            if (reference.get() != null) {
              reached.add(name);
            }
          });
      if (wanted.containsAll(reached)) {
        break;
      }
    }
    return reached;
  }
}
