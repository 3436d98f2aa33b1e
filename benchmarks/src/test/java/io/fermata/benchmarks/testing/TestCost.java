package io.fermata.benchmarks.testing;

import java.util.Locale;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Measures what a test of nothing takes as a coroutine and without, and a test in many orders: the
 * first time in this process, and then the least of some. Prints a table.
 */
public final class TestCost {
  private static final int RUNS = 8;

  private final Launcher launcher = LauncherFactory.create();

  private TestCost() {}

  public static void main(String[] args) {
    TestCost cost = new TestCost();
    System.out.println("| | first run | later |");
    System.out.println("| --- | ---: | ---: |");
    cost.row("a test of nothing, plain `@Test`, us", Nothing.Plain.class, Nothing.TESTS, 1e3);
    cost.row(
        "a test of nothing, `@CoroutineTest`, us", Nothing.OfCoroutines.class, Nothing.TESTS, 1e3);
    cost.row("1,000 schedules of a program of 20 resume points, ms", Orders.class, 1, 1e6);
  }

  /**
   * Prints a row.
   *
   * @param tests how many there are in the class
   * @param unit in nanoseconds
   */
  private void row(String work, Class<?> tests, int count, double unit) {
    double first = run(tests, count);
    double least = Double.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      least = Math.min(least, run(tests, count));
    }
    System.out.printf(Locale.ROOT, "| %s | %.0f | %.0f |%n", work, first / unit, least / unit);
  }

  /** Gives the nanoseconds for each test. */
  private double run(Class<?> tests, int count) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(tests))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    long start = System.nanoTime();
    launcher.execute(request, listener);
    long taken = System.nanoTime() - start;
    if (listener.getSummary().getTestsSucceededCount() != count) {
      throw new AssertionError(tests + " did not pass: " + listener.getSummary().getFailures());
    }
    return (double) taken / count;
  }
}
