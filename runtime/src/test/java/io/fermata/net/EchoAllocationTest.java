package io.fermata.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fermata.JavaProcess;
import io.fermata.JavaProcess.Ended;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a request allocates, in a JVM that only interprets: nothing depends on what the compiler
 * finds out not to be needed.
 */
final class EchoAllocationTest {
  /** What the JVM and its selector do now and then, over 1,500 messages. */
  private static final double NOW_AND_THEN = 1;

  @ParameterizedTest
  @CsvSource({"buffers, 64, 0", "buffers, 8192, 0", "arrays, 64, 80", "arrays, 8192, 8208"})
  void aRequestAllocatesTheArrayThatItGivesAndNothingElse(String kind, int size, int array)
      throws IOException, InterruptedException {
    Ended ended =
        new JavaProcess("-Xint", "-XX:+UseSerialGC")
            .run(EchoAllocation.class, (process, line) -> {}, kind, Integer.toString(size));
    assertEquals(0, ended.exitCode(), ended.output().toString());
    double perEnd = Double.parseDouble(ended.output().get(0)) / 2;
    assertTrue(perEnd < array + NOW_AND_THEN, perEnd + " bytes for " + kind + " of " + size);
  }
}
