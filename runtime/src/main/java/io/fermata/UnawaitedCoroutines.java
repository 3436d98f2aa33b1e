package io.fermata;

import io.fermata.codegen.LineTable;
import io.fermata.internal.reports.RuntimeLines;
import io.fermata.internal.reports.StackTraces;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In debug mode, the coroutines that were created and not started: each is reported once, when it
 * is collected or at the latest when its loop is closed. One per loop; only coroutines created
 * while a loop in debug mode runs are watched, and no others pay for it.
 */
final class UnawaitedCoroutines {
  /** How many loops in debug mode run. Read without a lock: a loop sees its own writes. */
  private static int loopsWatching;

  private static final Object LOCK = new Object();

  private final EventLoop loop;
  private final Set<Birth> open = new LinkedHashSet<>();
  private final ReferenceQueue<Coro<?>> collected = new ReferenceQueue<>();

  UnawaitedCoroutines(EventLoop loop) {
    this.loop = loop;
  }

  static boolean isWatching() {
    return loopsWatching > 0;
  }

  static void changeWatching(int difference) {
    synchronized (LOCK) {
      loopsWatching += difference;
    }
  }

  /** A coroutine is being created. */
  static void watch(Coro<?> coro) {
    EventLoop loop = EventLoop.runningOrNull();
    if (loop == null || !loop.getDebug() || coro instanceof Origin || coro instanceof SharedCoro) {
      return;
    }
    UnawaitedCoroutines watcher = loop.reports.unawaitedCoroutines();
    Birth birth = new Birth(coro, watcher);
    watcher.open.add(birth);
    coro.awaiter = new Origin(birth);
    coro.state = Coro.WATCHED;
  }

  /** A watched coroutine is started, or closed. */
  static void started(Coro<?> coro) {
    if (coro.awaiter instanceof Origin origin) {
      origin.birth.watcher.open.remove(origin.birth);
      origin.birth.clear();
      coro.awaiter = null;
    }
  }

  void reportCollected() {
    for (Reference<?> gone; (gone = collected.poll()) != null; ) {
      if (gone instanceof Birth birth && open.remove(birth)) {
        birth.report(loop);
      }
    }
  }

  void reportAll() {
    List<Birth> left = List.copyOf(open);
    open.clear();
    left.forEach(birth -> birth.report(loop));
  }

  /** Where and when a coroutine was created. */
  private static final class Birth extends PhantomReference<Coro<?>> {
    final UnawaitedCoroutines watcher;
    private final String name;
    private final Throwable createdAt;

    Birth(Coro<?> coro, UnawaitedCoroutines watcher) {
      super(coro, watcher.collected);
      this.watcher = watcher;
      this.createdAt = StackTraces.here("coroutine created here", coro.getClass());
      @Nullable LineTable lines = coro.lines(); // one of the runtime's own has none yet
      this.name = lines == null ? coro.getClass().getSimpleName() : lines.shortName();
    }

    void report(EventLoop loop) {
      loop.callExceptionHandler(
          new ExceptionContext(
              "coroutine " + name + " was never awaited", null, null, null, name, createdAt));
    }
  }

  /** Stands in a watched coroutine's link to its awaiter, which it has none of yet. */
  private static final class Origin extends RuntimeCoro<Void> {
    private static final LineTable LINES = RuntimeLines.of(Origin.class, "origin");

    final Birth birth;

    Origin(Birth birth) {
      super(LINES);
      this.birth = birth;
    }

    @Override
    protected @Nullable Object resume(Task<?> task, @Nullable Object sent, int depth) {
      throw new AssertionError("never resumed");
    }
  }
}
