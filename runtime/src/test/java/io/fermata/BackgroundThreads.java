package io.fermata;

import java.util.Arrays;

/** Threads that the runtime starts beside a loop's. */
final class BackgroundThreads {
  private BackgroundThreads() {}

  /**
   * Waits for the end of the threads of this name. {@code Thread.getAllStackTraces} may leave out
   * one that has only just been started.
   */
  static void join(String name) throws InterruptedException {
    Thread[] threads = new Thread[1_000];
    for (Thread thread : Arrays.copyOf(threads, Thread.enumerate(threads))) {
      if (thread.getName().equals(name)) {
        thread.join();
      }
    }
  }
}
