package io.fermata.conformance.soak;

import static io.fermata.Async.await;
import static io.fermata.Async.createTask;
import static io.fermata.Async.run;
import static io.fermata.Async.sleep;

import com.sun.management.UnixOperatingSystemMXBean;
import io.fermata.Coro;
import io.fermata.Coroutine;
import io.fermata.EventLoop;
import io.fermata.Task;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Does each kind of work so many times, and once more as often: whatever kept something of each
 * time would have grown in between, by at least the 16 bytes of the smallest object.
 *
 * <p>Arguments: how many times, and how the names of the work that is done begin; all without it.
 * Run in a heap of 64 MB, in which a leak of a payload ends early.
 */
final class Soak {
  /** Half of what the smallest object takes. */
  private static final int MAX_GROWTH_PER_TIME = 8;

  /** What classes, compiled code's data and the like may take in between, whatever the count. */
  private static final int MAX_GROWTH = 300_000;

  /** Failures that go to the exception handler, which no other work may have. */
  private static final String UNRETRIEVED = "failures, never retrieved";

  static final Duration PATIENCE = Duration.ofSeconds(30);

  int reported;

  private Soak() {}

  static Map<String, IntFunction<Coro<Integer>>> work() {
    Map<String, IntFunction<Coro<Integer>>> work = new LinkedHashMap<>();
    work.put("tasks", WorkAsync::tasks);
    work.put("groups", WorkAsync::groups);
    work.put("gathers", WorkAsync::gathers);
    work.put("failed gathers", WorkAsync::failedGathers);
    work.put("cancellations", WorkAsync::cancellations);
    work.put("timers", WorkAsync::timers);
    work.put("timeouts", WorkAsync::timeouts);
    work.put("stages", WorkAsync::stages);
    work.put("shields", WorkAsync::shields);
    work.put("shields, of a stage", WorkAsync::shieldedStages);
    work.put("asCompleted, left", WorkAsync::asCompletedLeft);
    work.put("queues", WorkAsync::queues);
    work.put("queue gets, given up", WorkAsync::queueGetsGivenUp);
    work.put("locks", WorkAsync::locks);
    work.put("generators, left", WorkAsync::generators);
    work.put("generators, dropped", WorkAsync::droppedGenerators);
    work.put("threads", WorkAsync::threads);
    work.put("connections", ConnectionsAsync::opened);
    work.put("connections, Unix domain", ConnectionsAsync::unixDomain);
    work.put("connections, reads given up", ConnectionsAsync::readsGivenUp);
    work.put("datagrams", ConnectionsAsync::datagrams);
    work.put(UNRETRIEVED, WorkAsync::unretrieved);
    return work;
  }

  @Coroutine
  static void spin() {
    while (true) {
      await(sleep(Duration.ZERO));
    }
  }

  @Coroutine
  void main(String which, int times) {
    EventLoop.running().setExceptionHandler((loop, context) -> reported++);
    Work.never = EventLoop.running().createPromise();
    Task<Void> spinning = createTask(SoakAsync.spin());
    for (Map.Entry<String, IntFunction<Coro<Integer>>> each : work().entrySet()) {
      String name = each.getKey();
      if (!name.startsWith(which)) {
        continue;
      }
      check(name, await(each.getValue().apply(times)), times);
      long before = await(SoakAsync.usedWhenAtRest());
      int open = await(SoakAsync.openDescriptorsAtRest());
      check(name, await(each.getValue().apply(times)), times);
      long grown = await(SoakAsync.usedWhenAtRest()) - before;
      System.out.printf("%s: %,d times, grown by %,d bytes%n", name, times, grown);
      if (grown > MAX_GROWTH + (long) times * MAX_GROWTH_PER_TIME) {
        throw new AssertionError(name + " leaves something behind: " + grown + " bytes");
      }
      check(name + ", descriptors", await(SoakAsync.openDescriptorsAtRest()), open);
    }
    int failures = UNRETRIEVED.startsWith(which) ? 2 * times : 0;
    long patience = EventLoop.running().time() + PATIENCE.toNanos();
    while (reported < failures && EventLoop.running().time() < patience) {
      System.gc();
      await(sleep(Duration.ofMillis(100)));
    }
    check("failures that were reported", reported, failures);
    spinning.cancel();
  }

  /** What is collected may have to be noticed by the loop before it is free. */
  @Coroutine
  static long usedWhenAtRest() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      await(sleep(Duration.ofMillis(20)));
      Runtime runtime = Runtime.getRuntime();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }

  /**
   * How many files and sockets this process keeps open; 0 where the system does not tell. The JVM's
   * own threads open files for a moment, to read the limits of their container: what is open at
   * every look counts.
   */
  @Coroutine
  static int openDescriptorsAtRest() {
    if (!(ManagementFactory.getOperatingSystemMXBean()
        instanceof UnixOperatingSystemMXBean system)) {
      return 0;
    }
    long open = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      open = Math.min(open, system.getOpenFileDescriptorCount());
      await(sleep(Duration.ofMillis(2)));
    }
    return (int) open;
  }

  static void check(String name, int count, int expected) {
    if (count != expected) {
      throw new AssertionError(name + ": " + count + " instead of " + expected);
    }
  }

  public static void main(String[] arguments) {
    int times = Integer.parseInt(arguments[0]);
    String which = arguments.length > 1 ? arguments[1] : "";
    run(SoakAsync.main(new Soak(), which, times));
    System.out.println("nothing was left behind");
  }
}
