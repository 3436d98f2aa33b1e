package io.fermata.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for blocking work: a pool of daemon threads that grows. From JDK 21 on, the class of the
 * same name under {@code META-INF/versions/21} stands in its place and gives virtual threads.
 */
public final class Workers {
  private static final AtomicInteger MADE = new AtomicInteger();

  private Workers() {}

  /** An executor that runs each job at once. */
  public static ExecutorService newExecutor() {
    return Executors.newCachedThreadPool(
        work -> {
          Thread thread = new Thread(work, "fermata-worker-" + MADE.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
