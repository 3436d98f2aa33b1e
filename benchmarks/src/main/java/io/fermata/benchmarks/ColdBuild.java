package io.fermata.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds with javac, each in a process of its own.
 *
 * @param jvm options of the JVM that javac runs in
 */
record ColdBuild(List<String> jvm) {

  /** Compiles the sources; gives the milliseconds that it took. */
  double milliseconds(Path output, List<String> sources, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.addAll(jvm);
    command.addAll(List.of("-d", output.toString()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.addAll(sources);
    try {
      Files.createDirectories(output);
      long start = System.nanoTime();
      Process javac = new ProcessBuilder(command).inheritIO().start();
      int code = javac.waitFor();
      double milliseconds = (System.nanoTime() - start) / 1e6;
      if (code != 0) {
        throw new IllegalStateException("javac ended with " + code);
      }
      return milliseconds;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
