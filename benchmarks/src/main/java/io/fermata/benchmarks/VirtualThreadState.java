package io.fermata.benchmarks;

import java.util.concurrent.ExecutorService;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Holds the executor of the benchmarks on virtual threads. */
@State(Scope.Benchmark)
public class VirtualThreadState {
  final ExecutorService executor = VirtualThreads.executor();

  @TearDown
  public void shutdown() {
    executor.shutdown();
  }
}
