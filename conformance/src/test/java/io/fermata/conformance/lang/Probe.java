package io.fermata.conformance.lang;

import io.fermata.Awaitable;
import io.fermata.EventLoop;
import io.fermata.Promise;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes objects and knows which of them can still be reached while the coroutine waits. */
final class Probe {
  private final Map<String, WeakReference<Object>> made = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private int pauses;

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
    loop.callSoon(
        () -> {
          TreeSet<String> wanted = new TreeSet<>(List.of(expected));
          Set<String> reached = reached(wanted);
          if (!reached.equals(wanted)) {
            faults.add("pause " + number + " holds " + reached + ", needs " + wanted);
          }
          promise.complete(number);
        });
    return promise;
  }

  /** What went wrong. */
  List<String> faults() {
    return faults;
  }

  int pauses() {
    return pauses;
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
