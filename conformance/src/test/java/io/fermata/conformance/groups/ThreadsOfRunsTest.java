package io.fermata.conformance.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fermata.Async;
import io.fermata.RunOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ThreadsOfRunsTest {
  private final Services services = new Services();

  /** Virtual or not, as the JDK has them. */
  @Test
  void aRunHasSoManyThreadsAsItIsTold() {
    RunOptions options = RunOptions.DEFAULT.withMaxThreads(2);
    assertEquals(30, Async.run(ServicesAsync.usesThreads(services, 30), options));
    assertEquals(2, services.mostInThreads.get());
  }
}
