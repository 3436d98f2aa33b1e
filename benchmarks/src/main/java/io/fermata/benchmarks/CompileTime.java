package io.fermata.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures what the processor adds to a cold build: javac as a process of its own, with the
 * processor and without it in turn, on modules of 50 classes with 2, 4, 8 and 16 coroutines each.
 * In between it compiles the finished twins as if they were sources of the user, and has them
 * written by {@link FinishedTwins}, without and with a look at the types in the bodies: what javac
 * takes for that no processor can save. All of it once as javac comes, and once with the optimising
 * compiler of its JVM off, which on a machine with few cores takes the time from so short a run.
 *
 * <p>Arguments: the processor's jar, and how many pairs of runs (7 if missing).
 */
public final class CompileTime {
  private static final int CLASSES = 50;
  private static final int[] METHODS_PER_CLASS = {2, 4, 8, 16};

  private final Path processor;
  private final int pairs;
  private final List<String> jvm;

  private CompileTime(Path processor, int pairs, List<String> jvm) {
    this.processor = processor;
    this.pairs = pairs;
    this.jvm = jvm;
  }

  /** Prints a line for each module: medians of both builds, and of what the processor adds. */
  public static void main(String[] args) throws IOException {
    int pairs = args.length > 1 ? Integer.parseInt(args[1]) : 7;
    measure(Path.of(args[0]), pairs, List.of());
    measure(Path.of(args[0]), pairs, List.of("-J-XX:TieredStopAtLevel=1"));
  }

  private static void measure(Path processor, int pairs, List<String> jvm) throws IOException {
    System.out.println("javac " + String.join(" ", jvm));
    System.out.println(
        "coroutines  without ms  with ms  added ms  per coroutine  finished twins: as sources, written, and types");
    CompileTime measurement = new CompileTime(processor, pairs, jvm);
    for (int methods : METHODS_PER_CLASS) {
      measurement.module(methods);
    }
  }

  private void module(int methods) throws IOException {
    Path folder = Files.createTempDirectory("compile-time");
    try {
      List<String> sources = new ArrayList<>();
      for (int i = 0; i < CLASSES; i++) {
        Path source = folder.resolve("src/module/Service" + i + ".java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, text(i, methods));
        sources.add(source.toString());
      }
      measure(folder, sources, CLASSES * methods);
    } finally {
      ColdBuild.delete(folder);
    }
  }

  private void measure(Path folder, List<String> sources, int coroutines) throws IOException {
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    List<Double> added = new ArrayList<>();
    List<Double> asSources = new ArrayList<>();
    List<Double> written = new ArrayList<>();
    List<Double> withTypes = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      Path output = folder.resolve("processed" + i);
      double plain = build(folder.resolve("plain" + i), sources, List.of("-proc:none"));
      double processed = build(output, sources, List.of("-processorpath", processor.toString()));
      List<String> all = new ArrayList<>(sources);
      all.addAll(twinsIn(output));
      double twins = build(folder.resolve("twins" + i), all, List.of("-proc:none"));
      without.add(plain);
      with.add(processed);
      added.add(processed - plain);
      asSources.add(twins - plain);
      written.add(build(folder.resolve("written" + i), sources, writing(output)) - plain);
      List<String> writingWithTypes = new ArrayList<>(writing(output));
      writingWithTypes.add("-Atypes=" + System.getProperty("java.class.path"));
      withTypes.add(build(folder.resolve("typed" + i), sources, writingWithTypes) - plain);
    }
    System.out.printf(
        "%10d  %10.0f  %7.0f  %8.0f  %13.2f  %26.0f  %7.0f  %9.0f%n",
        coroutines,
        ColdBuild.median(without),
        ColdBuild.median(with),
        ColdBuild.median(added),
        ColdBuild.median(added) / coroutines,
        ColdBuild.median(asSources),
        ColdBuild.median(written),
        ColdBuild.median(withTypes));
  }

  private static List<String> writing(Path twins) {
    return List.of(
        "-processorpath",
        System.getProperty("java.class.path"),
        "-processor",
        FinishedTwins.class.getName(),
        "-Atwins=" + twins);
  }

  /** Without {@code -s}, javac puts generated sources beside the classes. */
  private static List<String> twinsIn(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files.map(Path::toString).filter(name -> name.endsWith(".java")).toList();
    }
  }

  private double build(Path output, List<String> sources, List<String> options) {
    return new ColdBuild(jvm).milliseconds(output, sources, options);
  }

  // What is compiled

  private static String text(int number, int methods) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        package module;

        import static io.fermata.Async.*;

        import io.fermata.*;
        import java.time.Duration;
        import java.util.*;

        final class Service%d {
          final Map<String, Integer> prices = new HashMap<>();
        """
            .formatted(number));
    for (int i = 0; i < methods; i++) {
      text.append(method(i));
    }
    return text.append("}\n").toString();
  }

  /** Four kinds in turn: a loop, a try, a group, operands. */
  private static String method(int number) {
    String body =
        switch (number % 4) {
          case 0 ->
              """
                int total = 0;
                for (String name : names) {
                  total += await(sleep(Duration.ofMillis(1), prices.getOrDefault(name, 0)));
                }
                return total;
            """;
          case 1 ->
              """
                try {
                  await(sleep(Duration.ofMillis(names.size())));
                  return names.stream().mapToInt(String::length).sum();
                } catch (IllegalStateException e) {
                  System.err.println(e);
                  return 0;
                } finally {
                  await(sleep(Duration.ofMillis(1)));
                }
            """;
          case 2 ->
              """
                List<Task<Integer>> tasks = new ArrayList<>();
                try (TaskGroup group = TaskGroup.open()) {
                  for (String name : names) {
                    tasks.add(group.createTask(async(() -> await(sleep(Duration.ofMillis(1), name.length())))));
                  }
                }
                return tasks.stream().mapToInt(Task::result).sum();
            """;
          default ->
              """
                int first = await(sleep(Duration.ofMillis(1), 1)) + names.size();
                String text = "n" + await(sleep(Duration.ofMillis(2), "x")) + first;
                while (first < 10 && await(sleep(Duration.ZERO, true))) {
                  first += text.length();
                }
                return first;
            """;
        };
    return "\n  @Coroutine\n  int work%d(List<String> names) {\n%s  }\n".formatted(number, body);
  }
}
