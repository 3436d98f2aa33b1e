package io.fermata.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for blocking work: a pool of daemon threads that grows up to a bound, as asyncio's does.
 * From JDK 21 on, the class of the same name under {@code META-INF/versions/21} stands in its place
 * and gives virtual threads.
 */
public final class Workers {
  private static final int MOST = 32;
  private static final int IDLE_SECONDS = 60;
  private static final AtomicInteger MADE = new AtomicInteger();

  private Workers() {}

  /**
   * An executor that runs so many jobs at once as there are processors and four more, 32 at most,
   * and further ones in their turn.
   */
  public static ExecutorService newExecutor() {
    return newExecutor(Math.min(MOST, Runtime.getRuntime().availableProcessors() + 4));
  }

  /** An executor that runs so many jobs at once, and further ones in their turn. */
  public static ExecutorService newExecutor(int limit) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            limit,
            limit,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "fermata-worker-" + MADE.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
