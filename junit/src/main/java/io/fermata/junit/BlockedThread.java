package io.fermata.junit;

import io.fermata.codegen.LineTable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then at what the thread of a loop does: code that it finds at the same place for
 * long holds the loop up. Runs that are over at once pay next to nothing.
 */
final class BlockedThread {
  private static final int PERIOD = 25;
  private static final int WAITING_LIMIT = 100;
  private static final int COMPUTING_LIMIT = 500;

  private static final Pattern INPUT_OUTPUT = Pattern.compile("java\\.(io|net)\\.|sun\\.nio\\.");

  /** Modules and packages: some classes that the JVM makes are in no module. */
  private static final Pattern PLATFORM = Pattern.compile("(java|jdk|sun)\\.");

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final Set<Watch> WATCHES = ConcurrentHashMap.newKeySet();

  static {
    Thread watcher = new Thread(BlockedThread::lookAgainAndAgain, "fermata-junit-watch");
    watcher.setDaemon(true);
    watcher.start();
  }

  /**
   * Where the loop was held.
   *
   * @param millis how long at least
   * @param frames the code that was met there, innermost first
   */
  record Place(int millis, List<StackTraceElement> frames) {}

  private final List<Place> places = new ArrayList<>();
  private volatile int steps;

  private static void lookAgainAndAgain() {
    while (true) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PERIOD));
      WATCHES.forEach(Watch::look);
    }
  }

  /** A task goes on: what held the thread is over. To be called by the thread that is watched. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // there is one writer
  void stepBegins() {
    steps++;
  }

  /** Watches from now on, until it is closed. */
  Watch watch(Thread thread) {
    Watch watch = new Watch(thread);
    WATCHES.add(watch);
    return watch;
  }

  /** The places where the thread was held, in the order of time. */
  List<Place> places() {
    synchronized (places) {
      return List.copyOf(places);
    }
  }

  /** For the time in which a loop runs. */
  final class Watch implements AutoCloseable {
    private final Thread thread;
    private final Streak waiting = new Streak();
    private final Streak computing = new Streak();

    private Watch(Thread thread) {
      this.thread = thread;
    }

    private void look() {
      int step = steps;
      Thread.State state = thread.getState();
      StackTraceElement[] stack = thread.getStackTrace();
      List<StackTraceElement> code = codeOf(stack, thread.getContextClassLoader());
      boolean runs = state == Thread.State.RUNNABLE && !isInputOutput(stack);
      Object waits = code.isEmpty() || runs ? null : List.of(code, step);
      if (waiting.lasts(waits, WAITING_LIMIT, System.nanoTime())) {
        add(new Place(WAITING_LIMIT, code));
      }
      Object computes = code.isEmpty() || !runs ? null : methodOf(code, step);
      if (computing.lasts(computes, COMPUTING_LIMIT, cpuTime())) {
        add(new Place(COMPUTING_LIMIT, code));
      }
    }

    /** On a busy machine, a thread that only could run computes nothing. */
    private long cpuTime() {
      long nanos =
          THREADS.isThreadCpuTimeSupported() ? THREADS.getThreadCpuTime(thread.getId()) : -1;
      return nanos < 0 ? System.nanoTime() : nanos;
    }

    /** To the JVM, a thread that waits for the system runs. */
    private static boolean isInputOutput(StackTraceElement[] stack) {
      return stack.length > 0
          && stack[0].isNativeMethod()
          && INPUT_OUTPUT.matcher(stack[0].getClassName()).lookingAt();
    }

    /** A step computes in many lines and methods, all of them called by one. */
    private static Object methodOf(List<StackTraceElement> code, int step) {
      StackTraceElement outermost = code.get(code.size() - 1);
      return List.of(outermost.getClassName(), outermost.getMethodName(), step);
    }

    private void add(Place place) {
      if (!isDebugged()) {
        synchronized (places) {
          places.add(place);
        }
      }
    }

    /** To hold a thread is what a debugger is for. */
    private static boolean isDebugged() {
      return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .anyMatch(each -> each.startsWith("-agentlib:jdwp") || each.startsWith("-Xrunjdwp"));
    }

    @Override
    public void close() {
      WATCHES.remove(this);
    }
  }

  /** What was seen again and again, without a break. */
  private static final class Streak {
    private @Nullable Object seen;
    private long since;
    private boolean told;

    /** Whether this has been seen for so long now, in nanoseconds of a clock; true once. */
    boolean lasts(@Nullable Object now, int millis, long clock) {
      if (now == null || !now.equals(seen)) {
        seen = now;
        since = clock;
        told = false;
        return false;
      }
      boolean lasts = !told && clock - since >= TimeUnit.MILLISECONDS.toNanos(millis);
      told |= lasts;
      return lasts;
    }
  }

  /**
   * The frames of the user's code that a loop runs, in his own lines; none while the loop itself is
   * at work.
   */
  private static List<StackTraceElement> codeOf(
      StackTraceElement[] stack, @Nullable ClassLoader loader) {
    List<StackTraceElement> inner = new ArrayList<>();
    for (StackTraceElement each : stack) {
      if (each.getClassName().equals("io.fermata.Passes")) {
        return each.getMethodName().equals("waitForWork") ? List.of() : inner;
      }
      if (!RuntimeFrames.isOne(each) && !isPlatform(each)) {
        LineTable table = LineTable.ofGeneratedClass(each.getClassName(), loader);
        inner.add(table == null ? plain(each) : table.userFrame(each));
      }
    }
    return List.of();
  }

  /** Without the class loader, which JDK 17 names in the frames of other threads' stacks. */
  private static StackTraceElement plain(StackTraceElement frame) {
    return new StackTraceElement(
        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber());
  }

  private static boolean isPlatform(StackTraceElement frame) {
    String module = frame.getModuleName();
    boolean isInPlatform = module != null && PLATFORM.matcher(module).lookingAt();
    return isInPlatform || PLATFORM.matcher(frame.getClassName()).lookingAt();
  }
}
