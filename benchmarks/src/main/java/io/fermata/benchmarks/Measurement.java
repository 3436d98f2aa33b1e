package io.fermata.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * A process that does one peer's work again and again and prints what an operation takes: time, CPU
 * time of all threads, both in nanoseconds, bytes allocated, and the result of the work.
 *
 * <p>It first warms up until it has used so many seconds of CPU time, since the compilers need CPU
 * time and not time: on a machine that does other things, warm-ups by the clock are cut short.
 */
final class Measurement {
  private static final int WINDOWS = 5;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Work work;
  private final String result;

  private Measurement(Work work) throws ReflectiveOperationException {
    this.work = work;
    result = work.perform();
  }

  /** Arguments: the class of the row, the peer, and the seconds to warm up and to measure. */
  public static void main(String[] args) throws ReflectiveOperationException {
    Measurement measurement =
        new Measurement(Work.of(Class.forName(args[0]), Peer.valueOf(args[1])));
    measurement.warmUp(nanos(args[2]));
    System.out.println(measurement.measure(nanos(args[3])));
    System.exit(0);
  }

  private static long nanos(String seconds) {
    return (long) (1e9 * Double.parseDouble(seconds));
  }

  private void warmUp(long cpuTime) throws ReflectiveOperationException {
    long end = PROCESS.getProcessCpuTime() + cpuTime;
    while (PROCESS.getProcessCpuTime() < end) {
      perform();
    }
  }

  /** The time is the median of some windows, the others are those of all of them. */
  private String measure(long time) throws ReflectiveOperationException {
    double[] times = new double[WINDOWS];
    long operations = 0;
    long cpuTime = PROCESS.getProcessCpuTime();
    long bytes = allocated();
    for (int window = 0; window < WINDOWS; window++) {
      long count = 0;
      long start = System.nanoTime();
      long now;
      do {
        perform();
        count += work.operations();
        now = System.nanoTime();
      } while (now - start < time / WINDOWS);
      times[window] = (double) (now - start) / count;
      operations += count;
    }
    bytes = allocated() - bytes;
    cpuTime = PROCESS.getProcessCpuTime() - cpuTime;
    Arrays.sort(times);
    return String.format(
        Locale.ROOT,
        "%f %f %f %s",
        times[WINDOWS / 2],
        (double) cpuTime / operations,
        (double) bytes / operations,
        result);
  }

  private static long allocated() {
    return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }

  private void perform() throws ReflectiveOperationException {
    String next = work.perform();
    if (!next.equals(result)) {
      throw new IllegalStateException("the result is " + next + ", and was " + result + ".");
    }
  }
}
