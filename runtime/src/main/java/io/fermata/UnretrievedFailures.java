package io.fermata;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The failures on a loop that nobody has looked at. Each is reported once to the loop's exception
 * handler: when its promise is collected, or at the latest when the loop is closed.
 */
final class UnretrievedFailures {
  private final EventLoop loop;
  private final Set<UnretrievedFailure> open = new LinkedHashSet<>();
  private final ReferenceQueue<Promise<?>> collected = new ReferenceQueue<>();

  UnretrievedFailures(EventLoop loop) {
    this.loop = loop;
  }

  ReferenceQueue<Promise<?>> collected() {
    return collected;
  }

  void add(UnretrievedFailure failure) {
    open.add(failure);
  }

  void remove(UnretrievedFailure failure) {
    open.remove(failure);
  }

  /** Reports those whose promise nobody can ask any more. */
  void reportCollected() {
    if (open.isEmpty()) {
      return;
    }
    for (Reference<?> gone; (gone = collected.poll()) != null; ) {
      if (gone instanceof UnretrievedFailure failure && open.remove(failure)) {
        report(failure);
      }
    }
  }

  /** Reports all that are left: the loop ends. */
  void reportAll() {
    List<UnretrievedFailure> left = List.copyOf(open);
    open.clear();
    left.forEach(this::report);
  }

  private void report(UnretrievedFailure failure) {
    loop.reports.tell(
        new ExceptionContext(
            failure.message(), failure.failure(), null, failure.get(), failure.promise(), null),
        failure.context());
  }
}
