package io.fermata.benchmarks;

import io.fermata.RunOptions;
import io.fermata.Runner;
import java.io.File;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * The requests of {@link ServiceBenchmark} while a trace records them: about 40 events each. The
 * recording is written when the process ends, which is not measured.
 */
public class TracedServiceBenchmark {
  private static final int REQUESTS = 10_000;

  private final Runner runner;

  /** A service whose runs are recorded. */
  public TracedServiceBenchmark() throws IOException {
    File file = File.createTempFile("service", ".html");
    file.deleteOnExit();
    runner = new Runner(RunOptions.DEFAULT.withTrace(file.toPath()));
  }

  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public int fermata() {
    return runner.run(ServiceBenchmark.all());
  }
}
