package io.fermata.benchmarks;

import io.fermata.RunOptions;
import io.fermata.Runner;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The requests of {@link ServiceBenchmark} while a trace records them: about 40 events each. The
 * recording is written when the process ends, which is not measured.
 */
@State(Scope.Thread)
public class TracedServiceBenchmark {
  private static final int REQUESTS = 10_000;

  private final Runner runner = new Runner(RunOptions.DEFAULT.withTrace(file()));

  private static Path file() {
    try {
      File file = File.createTempFile("service", ".html");
      file.deleteOnExit();
      return file.toPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public int fermata() {
    return runner.run(ServiceBenchmark.all());
  }
}
