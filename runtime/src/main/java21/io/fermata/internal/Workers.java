package io.fermata.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads for blocking work: virtual ones. */
public final class Workers {
  private Workers() {}

  /** An executor that runs each job at once. */
  public static ExecutorService newExecutor() {
    return Executors.newThreadPerTaskExecutor(
        Thread.ofVirtual().name("fermata-worker-", 1).factory());
  }
}
