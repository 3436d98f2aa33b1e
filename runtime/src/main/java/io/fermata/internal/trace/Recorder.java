package io.fermata.internal.trace;

import io.fermata.EventLoop;
import io.fermata.Task;
import io.fermata.codegen.LineTable;
import io.fermata.internal.observing.LoopObserver;
import io.fermata.internal.reports.ThrowableAccess;
import io.fermata.testing.VirtualTimeLoop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last events of a loop, in arrays that are made once. It holds numbers, line tables and
 * texts, and no object of the user's.
 *
 * <p>How a task was made is kept for as long as an event of the task is: when its creation is
 * overwritten it goes into {@link #older}, and leaves it when the task's end is overwritten. So
 * what is held is bounded by the ring and the tasks that are alive.
 *
 * <p><b>Threads.</b> Only the loop's writes. Another one may take a {@link #snapshot}: the count is
 * written behind the event that it counts, and read before and after the copy, so that what was
 * overwritten meanwhile is known and left out.
 */
final class Recorder implements LoopObserver {
  /** How many longs an event has: time; kind and number; the rest. */
  static final int LONGS = 3;

  /** And how many objects. */
  static final int OBJECTS = 2;

  /** How a task ended. */
  static final int SUCCEEDED = 0;

  static final int CANCELLED = 1;
  static final int FAILED = 2;

  private static final int MAX_TEXT = 500;
  private static final VarHandle COUNT;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(Recorder.class, "count", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int capacity;
  private final long[] numbers;
  private final @Nullable Object[] objects;
  private final Map<Integer, Creation> older = new ConcurrentHashMap<>();

  /** Whose clock is the axis; null for that of the machine. */
  private final @Nullable VirtualTimeLoop virtual;

  private final CreationSites sites = new CreationSites();
  private final Runnable onFirstFailure;
  private int next;

  /** How many events there were. */
  private long count;

  /** How many there were when the first task failed; -1 as long as none has. */
  private volatile long failedAt = -1;

  /**
   * A recorder for one loop.
   *
   * @param capacity how many events are kept
   * @param onFirstFailure is called when a task has failed, once
   */
  Recorder(EventLoop loop, int capacity, Runnable onFirstFailure) {
    this.capacity = capacity + 1; // the oldest may be half overwritten when a copy is taken
    this.numbers = new long[this.capacity * LONGS];
    this.objects = new @Nullable Object[this.capacity * OBJECTS];
    this.virtual = loop instanceof VirtualTimeLoop own ? own : null;
    this.onFirstFailure = onFirstFailure;
  }

  private long now() {
    return virtual == null ? System.nanoTime() : virtual.time();
  }

  private void add(EventKind kind, int number, long extra) {
    add(now(), kind, number, extra, null, null);
  }

  private void add(
      long time,
      EventKind kind,
      int number,
      long extra,
      @Nullable Object first,
      @Nullable Object second) {
    int at = next;
    int longs = at * LONGS;
    int refs = at * OBJECTS;
    if (count >= capacity) {
      beforeOverwriting(longs, refs);
    }
    numbers[longs] = time;
    numbers[longs + 1] = ((long) kind.code << 32) | (number & 0xFFFF_FFFFL);
    numbers[longs + 2] = extra;
    objects[refs] = first;
    objects[refs + 1] = second;
    next = at + 1 == capacity ? 0 : at + 1;
    COUNT.setRelease(this, count + 1);
  }

  private void beforeOverwriting(int longs, int refs) {
    int kind = (int) (numbers[longs + 1] >>> 32);
    if (kind == EventKind.CREATED.code) {
      if (objects[refs] instanceof Creation creation) {
        older.put((int) numbers[longs + 1], creation);
      }
    } else if (kind == EventKind.STEP_ENDS.code) {
      older.remove((int) numbers[longs + 1]);
    }
  }

  static long pair(int high, int low) {
    return ((long) high << 32) | (low & 0xFFFF_FFFFL);
  }

  @Override
  public void runBegins() {
    add(EventKind.RUN_BEGINS, 0, 0);
  }

  @Override
  public void runEnds() {
    add(EventKind.RUN_ENDS, 0, 0);
  }

  @Override
  public void passBegins(int ready) {
    add(EventKind.PASS, ready, 0);
  }

  @Override
  public void idleBegins() {
    add(EventKind.IDLE_BEGINS, 0, 0);
  }

  @Override
  public void idleEnds() {
    add(EventKind.IDLE_ENDS, 0, 0);
  }

  @Override
  public void timersDue(long lag) {
    add(EventKind.LAG, 0, lag);
  }

  @Override
  public void taskCreated(int number, @Nullable String name, LineTable coroutine, int by) {
    Creation creation = new Creation(cut(name), coroutine, by, sites.here(coroutine));
    add(now(), EventKind.CREATED, number, 0, creation, null);
  }

  @Override
  public void taskReady(int number, int by) {
    add(EventKind.READY, number, by);
  }

  @Override
  public void stepBegins(Task<?> task, int number) {
    add(EventKind.STEP_BEGINS, number, 0);
    tellRealTime();
  }

  @Override
  public void stepWaits(
      Task<?> task,
      int number,
      LineTable coroutine,
      int state,
      @Nullable LineTable called,
      int awaited) {
    add(now(), EventKind.STEP_WAITS, number, pair(state, awaited), coroutine, called);
    tellRealTime();
  }

  @Override
  public void stepEndsTask(
      int number, @Nullable String name, boolean cancelled, @Nullable Throwable failure) {
    int outcome = failure != null ? FAILED : cancelled ? CANCELLED : SUCCEEDED;
    String text = failure == null ? null : textOf(failure);
    add(now(), EventKind.STEP_ENDS, number, outcome, text, cut(name));
    tellRealTime();
    if (failure != null && failedAt < 0) {
      failedAt = count;
      onFirstFailure.run();
    }
  }

  /** When that was on the machine's clock, where the loop's stands still meanwhile. */
  private void tellRealTime() {
    if (virtual != null) {
      add(EventKind.REAL_TIME, 0, System.nanoTime());
    }
  }

  @Override
  public void callbackBegins(int kind) {
    add(EventKind.CALLBACK_BEGINS, kind, 0);
  }

  @Override
  public void callbackEnds() {
    add(EventKind.CALLBACK_ENDS, 0, 0);
  }

  @Override
  public void mark(String text, int by) {
    add(now(), EventKind.MARK, by, 0, cut(text), null);
  }

  @Override
  public void spanBegins(String text, int span, int by) {
    add(now(), EventKind.SPAN_BEGINS, by, span, cut(text), null);
  }

  @Override
  public void spanEnds(int span) {
    add(EventKind.SPAN_ENDS, 0, span);
  }

  private static String textOf(Throwable failure) {
    String message = ThrowableAccess.messageOf(failure);
    String type = failure.getClass().getName();
    return message == null ? type : type + ": " + cut(message);
  }

  /** A text of the user's may be long, and the ring holds many. */
  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }

  /** Whether the ring still holds what came before the first failure; true if there was none. */
  boolean holdsFirstFailure() {
    return failedAt < 0 || (long) COUNT.getAcquire(this) - failedAt < capacity / 2;
  }

  /** A copy of what is there, from any thread. */
  Recording snapshot() {
    long before = (long) COUNT.getAcquire(this);
    long[] copiedNumbers = numbers.clone();
    @Nullable Object[] copiedObjects = objects.clone();
    Map<Integer, Creation> creations = new HashMap<>(older);
    VarHandle.acquireFence();
    long after = (long) COUNT.getAcquire(this);
    long first = Math.max(0, after - capacity + 1);
    return new Recording(
        capacity, copiedNumbers, copiedObjects, first, before, creations, virtual != null);
  }
}
