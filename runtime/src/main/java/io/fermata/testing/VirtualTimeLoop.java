package io.fermata.testing;

import io.fermata.Async;
import io.fermata.EventLoop;
import io.fermata.Task;
import io.fermata.internal.net.simulated.Simulation;
import io.fermata.internal.reports.WaitCycles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A loop whose time jumps: when nothing is ready, it moves straight to the next timer, so that a
 * test of hours takes milliseconds and gives the same order every time.
 *
 * <pre>{@code
 * VirtualTimeLoop loop = new VirtualTimeLoop();
 * loop.runUntilComplete(HelloAsync.sayAfter(ofHours(1), "hello"));
 * assertEquals(ofHours(1).toNanos(), loop.time());
 * }</pre>
 *
 * <p><b>Deadlocks.</b> When no task can ever run again, because nothing is ready, no timer is set
 * and no result is expected from another thread, {@link DeadlockException} tells who waits for what
 * instead of the test hanging.
 *
 * <p><b>Limits.</b> A test that sleeps for ever ends where {@link #limitTime} says.
 *
 * <p><b>Orders.</b> A loop with a seed runs what is ready in a random order, the same one for the
 * same seed.
 *
 * <p><b>Faults.</b> A {@link FaultInjector} has tasks cancelled, or failing, at chosen resume
 * points.
 *
 * <p><b>Networks.</b> On a {@link SimulatedNetwork}, clients and servers run in virtual time too.
 *
 * <p><b>Other threads.</b> While {@code toThread}, an executor or a {@code CompletionStage} owes a
 * result, and once a channel of the system was watched, time passes as it does on the wall, so that
 * the result has its chance before the next timer. Call {@link #expectOtherThreads} where a thread
 * of your own will call {@code callSoonThreadsafe}.
 */
public final class VirtualTimeLoop extends EventLoop {
  /** So many tasks are told of a deadlock. */
  private static final int MAX_TOLD = 100;

  private long now;
  private boolean otherThreads;
  private final @Nullable Long seed;
  private @Nullable Duration timeLimit;
  private long lastMoment = Long.MAX_VALUE;

  /** The simulated networks that it has used. */
  private final List<Simulation> networks = new ArrayList<>(0);

  /** A loop that runs what is ready first in, first out. */
  public VirtualTimeLoop() {
    super(0);
    this.seed = null;
  }

  /**
   * A loop that shuffles what is ready before each pass.
   *
   * @param seed chooses the orders; the same one replays them
   */
  public VirtualTimeLoop(long seed) {
    super(0);
    this.seed = seed;
    shuffleWith(new Random(seed));
  }

  /**
   * A loop that puts what is ready into an order of the caller's choice before each pass: to try
   * them all, for one.
   *
   * @param orders is asked, by {@link RandomGenerator#nextInt(int)}, for the place of each entry
   *     but the first, last one first: the bound is the number of places that are left
   */
  public VirtualTimeLoop(RandomGenerator orders) {
    super(0);
    this.seed = null;
    shuffleWith(Objects.requireNonNull(orders, "orders"));
  }

  /** Nanoseconds since the loop was made, on its own clock. */
  @Override
  public long time() {
    return now;
  }

  /**
   * Moves the clock, as a callback does that holds the thread for so long.
   *
   * @param duration how far; not negative
   */
  public void advance(Duration duration) {
    if (Objects.requireNonNull(duration, "duration").isNegative()) {
      throw new IllegalArgumentException("time can't move by " + duration + ": only forwards.");
    }
    if (duration.compareTo(Duration.ofNanos(Long.MAX_VALUE - now)) > 0) {
      throw new IllegalArgumentException(
          "time can't move by " + duration + ": the clock ends after 292 years.");
    }
    now += duration.toNanos();
  }

  /**
   * Lets so much virtual time pass from now on, and no more: when everything waits for what comes
   * later, {@link TimeLimitException} comes out of the call that runs the loop.
   *
   * @param limit how long; null for no limit
   */
  public void limitTime(@Nullable Duration limit) {
    timeLimit = limit;
    lastMoment =
        limit == null || limit.compareTo(Duration.ofNanos(Long.MAX_VALUE - now)) > 0
            ? Long.MAX_VALUE
            : now + limit.toNanos();
  }

  /** From now on the loop waits for calls of other threads instead of reporting a deadlock. */
  public void expectOtherThreads() {
    otherThreads = true;
  }

  /**
   * Has the injector stand by from now on; null sends it away. See {@link FaultInjector}.
   *
   * @param injector who stands by, or null for nobody
   */
  public void injectFaults(@Nullable FaultInjector injector) {
    interfereWith(injector);
  }

  /** A simulated network is used by it. */
  void attach(Simulation network) {
    networks.add(network);
  }

  @Override
  protected void release() {
    networks.forEach(Simulation::loopCloses);
  }

  @Override
  protected void idle(long nanos) {
    boolean timer = nanos != Long.MAX_VALUE;
    if (timeLimit != null && (timer ? nanos > lastMoment - now : now > lastMoment)) {
      throw new TimeLimitException(describeLimit(timeLimit));
    }
    if (hasSelector()) {
      long start = System.nanoTime();
      select(nanos);
      now += Math.min(nanos, System.nanoTime() - start);
    } else if (otherThreads && !timer) {
      LockSupport.park(this);
    } else if (awaitedFromOutside() > 0) {
      long start = System.nanoTime();
      if (timer) {
        LockSupport.parkNanos(this, nanos);
        now += Math.min(nanos, System.nanoTime() - start);
      } else {
        LockSupport.park(this);
      }
    } else if (timer) {
      now += nanos;
    } else if (hasTasks()) {
      throw new DeadlockException(describeDeadlock());
    } else {
      LockSupport.park(this);
    }
  }

  @Override
  protected void wakeUp() {
    if (hasSelector()) {
      wakeSelector();
    } else {
      LockSupport.unpark(thread());
    }
  }

  private boolean hasTasks() {
    return !Async.allTasks(this).isEmpty();
  }

  private String describeDeadlock() {
    StringBuilder text =
        new StringBuilder("no task can ever run again: nothing is ready, no timer is set");
    if (seed != null) {
      text.append(" (seed ").append(seed).append(')');
    }
    describeTasks(text);
    for (List<Task<?>> cycle : WaitCycles.among(Async.allTasks(this))) {
      text.append("\nthese tasks wait for each other:").append(WaitCycles.describe(cycle));
    }
    networks.forEach(network -> describe(network, text));
    return text.toString();
  }

  private String describeLimit(Duration limit) {
    String what = "the limit of " + limit.toString().substring(2).toLowerCase(Locale.ROOT);
    StringBuilder text = new StringBuilder(what + " of virtual time has passed");
    describeTasks(text);
    return text.toString();
  }

  private void describeTasks(StringBuilder text) {
    Set<Task<?>> tasks = Async.allTasks(this);
    tasks.stream().limit(MAX_TOLD).forEach(task -> describe(task, text));
    if (tasks.size() > MAX_TOLD) {
      text.append("\n... and ").append(tasks.size() - MAX_TOLD).append(" more tasks");
    }
  }

  private static void describe(Simulation network, StringBuilder text) {
    List<String> open = network.open(null);
    text.append("\nopen sockets of the simulated network: ").append(open.isEmpty() ? "none" : "");
    open.stream().limit(MAX_TOLD).forEach(socket -> text.append("\n    ").append(socket));
    if (open.size() > MAX_TOLD) {
      text.append("\n    ... and ").append(open.size() - MAX_TOLD).append(" more");
    }
    text.append('\n').append(SimulatedTraffic.text(network).stripTrailing());
  }

  private static void describe(Task<?> task, StringBuilder text) {
    text.append("\n").append(task);
    List<StackTraceElement> stack = task.getStack();
    for (int i = stack.size() - 1; i >= 0; i--) {
      text.append("\n    at ").append(stack.get(i));
    }
  }
}
