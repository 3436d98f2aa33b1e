package io.fermata.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for blocking work: virtual ones. */
public final class Workers {
  private static final int IDLE_SECONDS = 60;

  private Workers() {}

  /** An executor that runs each job at once. */
  public static ExecutorService newExecutor() {
    return Executors.newThreadPerTaskExecutor(
        Thread.ofVirtual().name("fermata-worker-", 1).factory());
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
            Thread.ofVirtual().name("fermata-worker-", 1).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
