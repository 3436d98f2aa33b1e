package io.fermata.benchmarks.hello;

import io.fermata.benchmarks.VirtualThreads;
import java.util.concurrent.ExecutorService;

/** A virtual thread. */
public final class VirtualThreadHello {
  private VirtualThreadHello() {}

  public static void main(String[] args) {
    ExecutorService executor = VirtualThreads.executor();
    VirtualThreads.call(
        executor,
        () -> {
          VirtualThreads.yieldThread();
          System.out.println("hello world");
          return true;
        });
    executor.shutdown();
  }
}
