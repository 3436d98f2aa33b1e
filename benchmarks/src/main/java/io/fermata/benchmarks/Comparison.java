package io.fermata.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and prints what one operation takes, in nanoseconds (medians): ours, the
 * floor's, virtual threads', and how many times the floor ours is. Arguments choose rows by a part
 * of their class's name.
 */
public final class Comparison {
  private static final List<Row> ROWS =
      List.of(
          new Row(YieldBenchmark.class, "yield to the loop and come back"),
          new Row(PingPongBenchmark.class, "ping-pong between two tasks, queue of one"),
          new Row(CreateTaskBenchmark.class, "create a task and await it"),
          new Row(GatherBenchmark.class, "gather 100,000 tasks that sleep 10 ms"),
          new Row(DoneBenchmark.class, "await what is already done"),
          new Row(CallBenchmark.class, "call a coroutine that suspends once"),
          new Row(DeepResumeBenchmark.class, "resume under 1,000 suspended callers"),
          new Row(FailureBenchmark.class, "an exception through 1,000 suspended callers"),
          new Row(SkynetBenchmark.class, "skynet, 1,000,000 leaves"));

  private record Row(Class<?> benchmark, String work) {
    boolean isChosenBy(String[] parts) {
      String name = benchmark.getSimpleName().toLowerCase(Locale.ROOT);
      return parts.length == 0
          || Arrays.stream(parts).anyMatch(part -> name.contains(part.toLowerCase(Locale.ROOT)));
    }
  }

  private Comparison() {}

  public static void main(String[] parts) throws RunnerException {
    List<Row> rows = ROWS.stream().filter(row -> row.isChosenBy(parts)).toList();
    print(rows, medians(rows));
    if (parts.length == 0) {
      printDeepestChains();
    }
  }

  /** The median of each benchmark by its name, as in {@code YieldBenchmark.floor}. */
  private static Map<String, Double> medians(List<Row> rows) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .warmupIterations(5)
            .warmupTime(TimeValue.milliseconds(500))
            .measurementIterations(9)
            .measurementTime(TimeValue.milliseconds(500))
            .jvmArgs(jvmArgs());
    for (Row row : rows) {
      options.include("\\." + row.benchmark().getSimpleName() + "\\.");
    }
    if (!VirtualThreads.AVAILABLE) {
      options.exclude("\\.virtualThreads$");
    }
    Map<String, Double> medians = new HashMap<>();
    for (RunResult result : run(options)) {
      String name = result.getParams().getBenchmark();
      medians.put(
          name.substring(Comparison.class.getPackageName().length() + 1),
          result.getPrimaryResult().getStatistics().getPercentile(50));
    }
    return medians;
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).run();
  }

  /** A heap that is there from the start, and one carrier for the virtual threads. */
  private static String[] jvmArgs() {
    List<String> args = new ArrayList<>(List.of("-Xms3g", "-Xmx3g", "-XX:+AlwaysPreTouch"));
    if (VirtualThreads.AVAILABLE) {
      args.add("-Djdk.virtualThreadScheduler.parallelism=1");
      args.add("-Djdk.virtualThreadScheduler.maxPoolSize=1");
    }
    if (Runtime.version().feature() >= 24) {
      args.add("--sun-misc-unsafe-memory-access=allow"); // for JMH
    }
    return args.toArray(new String[0]);
  }

  private static void print(List<Row> rows, Map<String, Double> medians) {
    System.out.printf(
        "%nJDK %s, ns per operation, medians%n%n", System.getProperty("java.version"));
    System.out.println("| work | Fermata | floor | Fermata / floor | virtual threads |");
    System.out.println("| --- | ---: | ---: | ---: | ---: |");
    for (Row row : rows) {
      String name = row.benchmark().getSimpleName();
      Double ours = medians.get(name + ".fermata");
      Double floor = medians.get(name + ".floor");
      String ratio = ours == null || floor == null ? "-" : number(ours / floor);
      System.out.printf(
          "| %s | %s | %s | %s | %s |%n",
          row.work(),
          number(ours),
          number(floor),
          ratio,
          number(medians.get(name + ".virtualThreads")));
    }
  }

  private static void printDeepestChains() {
    System.out.printf(
        "%ndeepest chain of awaits: %,d coroutines (the search ends below %,d)%n",
        DeepestChain.ofCoroutines(), DeepestChain.ENOUGH);
    if (VirtualThreads.AVAILABLE) {
      ExecutorService executor = VirtualThreads.executor();
      System.out.printf(
          "deepest chain of calls on a virtual thread: %,d%n",
          DeepestChain.ofVirtualThreads(executor));
      executor.shutdown();
    }
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.1f", value);
  }
}
