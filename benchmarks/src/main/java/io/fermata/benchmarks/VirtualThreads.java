package io.fermata.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Virtual threads where the JDK has them; found by reflection, for this module is for Java 17. */
public final class VirtualThreads {
  /** Whether the JDK has them. */
  public static final boolean AVAILABLE = Runtime.version().feature() >= 21;

  private VirtualThreads() {}

  /** An executor that starts a virtual thread for each task. */
  public static ExecutorService executor() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new UnsupportedOperationException(
          "JDK " + Runtime.version().feature() + " has no virtual threads.", e);
    }
  }

  /** Runs the action in a virtual thread, and waits for it. */
  public static <T> T call(ExecutorService executor, Callable<T> action) {
    return get(executor.submit(action));
  }

  static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Many times, starts as many threads that end at once, and sums up what they give. */
  static int sumOfChildren(ExecutorService executor, int times, int children) {
    return call(
        executor,
        () -> {
          int sum = 0;
          for (int i = 0; i < times; i++) {
            List<Future<Integer>> futures = new ArrayList<>(children);
            for (int child = 0; child < children; child++) {
              Integer result = child;
              futures.add(executor.submit(() -> result));
            }
            for (Future<Integer> future : futures) {
              sum += future.get();
            }
          }
          return sum;
        });
  }

  /** Gives the carrier to another virtual thread. */
  @SuppressWarnings("ThreadPriorityCheck") // what it costs is what is measured
  public static void yieldThread() {
    Thread.yield();
  }
}
